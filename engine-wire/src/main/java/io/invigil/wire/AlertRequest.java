package io.invigil.wire;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An alert a host reports: the client's alert without its id.
 *
 * @param type wire name of a host-reported kind, or a name of the host's own: 1 to 64 lower-case letters, digits and
 *     underscores, a letter first
 * @param phase {@code moment}, {@code began} or {@code ended}
 * @param severity {@code critical}, {@code high}, {@code medium} or {@code low}; counts for a host's own kinds only
 * @param message one sentence, at most 500 characters
 * @param timestamp when; empty for now
 */
public record AlertRequest(
        String type, String phase, Optional<String> severity, String message, Optional<Instant> timestamp) {
    private static final String NAME = "[a-z][a-z0-9_]{0,63}";
    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
    private static final List<String> PHASES = List.of("moment", "began", "ended");

    /** Checks that everything is there. */
    public AlertRequest {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /** Reads the body of a reported alert. */
    public static AlertRequest read(byte[] body) {
        BodyFields fields = BodyFields.read(body);
        String type = fields.text("type", 64, NAME);
        String message = fields.text("message", 500);
        fields.flag("requires_attention", false);
        return finish(fields, type, message);
    }

    /** Reads a text message {@code {"type":"event","name":...}}. */
    static AlertRequest readEvent(BodyFields fields) {
        String type = fields.text("name", 64, NAME);
        String note = fields.optionalText("note", 500);
        return finish(fields, type, note);
    }

    private static AlertRequest finish(BodyFields fields, String type, String message) {
        String phase = fields.choice("phase", PHASES, "moment");
        Optional<String> severity = Optional.ofNullable(fields.choice("severity", SEVERITIES, null));
        Optional<Instant> timestamp = fields.time("timestamp");
        fields.throwIfInvalid();
        return new AlertRequest(type, phase, severity, message, timestamp);
    }

    /** Without the message: this may be logged. */
    @Override
    public String toString() {
        return "AlertRequest[" + type + ", " + phase + "]";
    }
}
