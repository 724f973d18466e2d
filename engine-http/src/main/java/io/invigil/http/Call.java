package io.invigil.http;

import io.invigil.wire.Caller;
import io.invigil.wire.FieldError;
import io.invigil.wire.ProblemException;
import io.invigil.wire.WireTime;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One call: its path's parts, its query, who makes it and its whole body, empty for a call that takes none. */
record Call(HttpServletRequest request, Map<String, String> parts, Caller caller, byte[] body) {
    String sessionId() {
        return parts.get("session_id");
    }

    String alertId() {
        return parts.get("alert_id");
    }

    /** A text of the query; empty when absent or empty. */
    Optional<String> text(String name, int maxLength) {
        String value = Query.text(request, name);
        if (value != null && value.length() > maxLength) {
            throw invalid("string_too_long", name, "String should have at most " + maxLength + " characters", null);
        }
        return Optional.ofNullable(value).filter(given -> !given.isEmpty());
    }

    /** One of these words of the query. */
    Optional<String> choice(String name, List<String> allowed) {
        Optional<String> value = text(name, 64);
        if (value.isPresent() && !allowed.contains(value.get())) {
            throw invalid("literal_error", name, "Input should be one of " + String.join(", ", allowed), value.get());
        }
        return value;
    }

    /** A whole number of the query. */
    int integer(String name, int least, int most, int absent) {
        Optional<String> value = text(name, 32);
        if (value.isEmpty()) {
            return absent;
        }
        int number;
        try {
            number = Integer.parseInt(value.get().trim());
        } catch (NumberFormatException notANumber) {
            throw invalid(
                    "int_parsing",
                    name,
                    "Input should be a valid integer, unable to parse string as an integer",
                    value.get());
        }
        if (number < least) {
            throw invalid("greater_than_equal", name, "Input should be greater than or equal to " + least, value.get());
        }
        if (number > most) {
            throw invalid("less_than_equal", name, "Input should be less than or equal to " + most, value.get());
        }
        return number;
    }

    /** A time of the query. */
    Optional<Instant> time(String name) {
        Optional<String> value = text(name, 64);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        // A plus sign that was not escaped arrives as a space.
        Optional<Instant> time = WireTime.parse(value.get().replace(' ', '+'));
        if (time.isEmpty()) {
            throw invalid("datetime_parsing", name, "Input should be an ISO 8601 time with a zone", value.get());
        }
        return time;
    }

    private static ProblemException invalid(String type, String name, String message, Object input) {
        return ProblemException.invalid(new FieldError(type, List.of("query", name), message, input));
    }
}
