package io.invigil.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the members of one JSON object and keeps a list of everything that is wrong with them, so that a caller learns of
 * all faults at once. A member that is wrong reads as its default; {@link #throwIfInvalid()} speaks at the end. Unknown
 * members are ignored.
 */
final class BodyFields {
    private final JsonNode node;
    private final List<Object> path;
    private final List<FieldError> errors;

    private BodyFields(JsonNode node, List<Object> path, List<FieldError> errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
    }

    /** Reads a body that must be one JSON object. */
    static BodyFields read(byte[] body) {
        if (body.length == 0) {
            throw ProblemException.invalid(new FieldError("missing", List.of("body"), "Field required", null));
        }
        JsonNode node;
        try {
            node = WireJson.readTree(body);
        } catch (JacksonException malformed) {
            long offset = malformed.getLocation() == null
                    ? 0
                    : Math.max(0, malformed.getLocation().getByteOffset());
            throw ProblemException.invalid(
                    new FieldError("json_invalid", List.of("body", offset), "JSON decode error", Map.of()));
        }
        if (!node.isObject()) {
            throw ProblemException.invalid(new FieldError(
                    "model_attributes_type", List.of("body"), "Input should be a valid object", shown(node)));
        }
        return new BodyFields(node, List.of("body"), new ArrayList<>());
    }

    /** Reads a text message that must be one JSON object. */
    static BodyFields read(String text) {
        return read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The text of a required member, at most this long. */
    String text(String name, int maxLength) {
        JsonNode value = required(name);
        return value == null ? "" : checkedText(name, value, maxLength);
    }

    /** The text of a required member that matches this pattern. */
    String text(String name, int maxLength, String pattern) {
        int before = errors.size();
        String text = text(name, maxLength);
        if (errors.size() == before && !text.matches(pattern)) {
            note("string_pattern_mismatch", name, "String should match pattern '" + pattern + "'", text);
        }
        return text;
    }

    /** The text of a member, or an empty one. */
    String optionalText(String name, int maxLength) {
        JsonNode value = given(name);
        return value == null ? "" : checkedText(name, value, maxLength);
    }

    /** The text of a member; absent when it is. */
    Optional<String> textIfGiven(String name, int maxLength) {
        return Optional.ofNullable(given(name)).map(value -> checkedText(name, value, maxLength));
    }

    /** The raw JSON of a member that is an object, or its text. */
    Optional<String> textOrObject(String name, int maxLength) {
        JsonNode value = given(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(value.isObject() ? value.toString() : checkedText(name, value, maxLength));
    }

    private String checkedText(String name, JsonNode value, int maxLength) {
        if (!value.isString()) {
            note("string_type", name, "Input should be a valid string", shown(value));
            return "";
        }
        String text = value.stringValue();
        if (text.length() > maxLength) {
            note("string_too_long", name, "String should have at most " + maxLength + " characters", null);
            return "";
        }
        if (text.indexOf('\0') >= 0) {
            note("string_type", name, "Input should be a string without the character U+0000", null);
            return "";
        }
        return text;
    }

    /** One of these words, or the default when the member is absent; the default may be null. */
    String choice(String name, List<String> allowed, String absent) {
        JsonNode value = given(name);
        return value == null ? absent : checkedChoice(name, value, allowed, absent);
    }

    /** One of these words. */
    String requiredChoice(String name, List<String> allowed) {
        JsonNode value = required(name);
        return value == null ? allowed.get(0) : checkedChoice(name, value, allowed, allowed.get(0));
    }

    private String checkedChoice(String name, JsonNode value, List<String> allowed, String absent) {
        if (value.isString() && allowed.contains(value.stringValue())) {
            return value.stringValue();
        }
        String quoted =
                String.join(", ", allowed.stream().map(word -> "'" + word + "'").toList());
        note("literal_error", name, "Input should be one of " + quoted, shown(value));
        return absent;
    }

    /** A truth value, or the default. */
    boolean flag(String name, boolean absent) {
        JsonNode value = given(name);
        if (value == null) {
            return absent;
        }
        if (!value.isBoolean()) {
            note("bool_type", name, "Input should be a valid boolean", shown(value));
            return absent;
        }
        return value.booleanValue();
    }

    /** A whole number, or the default. */
    int integer(String name, int least, int most, int absent) {
        JsonNode value = given(name);
        if (value == null) {
            return absent;
        }
        if (!value.isNumber()) {
            note("int_type", name, "Input should be a valid integer", shown(value));
            return absent;
        }
        double number = value.doubleValue();
        if (number != Math.rint(number)) {
            note(
                    "int_from_float",
                    name,
                    "Input should be a valid integer, got a number with a fractional part",
                    shown(value));
            return absent;
        }
        return isIn(name, number, least, most, value) ? (int) number : absent;
    }

    /** A number, or the default. */
    double number(String name, double least, double most, double absent) {
        JsonNode value = given(name);
        return value == null ? absent : checkedNumber(name, value, least, most, absent);
    }

    /** A number. */
    double requiredNumber(String name, double least, double most) {
        JsonNode value = required(name);
        return value == null ? least : checkedNumber(name, value, least, most, least);
    }

    private double checkedNumber(String name, JsonNode value, double least, double most, double absent) {
        if (!value.isNumber()) {
            note("float_type", name, "Input should be a valid number", shown(value));
            return absent;
        }
        return isIn(name, value.doubleValue(), least, most, value) ? value.doubleValue() : absent;
    }

    private boolean isIn(String name, double number, double least, double most, JsonNode value) {
        if (number >= least && number <= most) {
            return true;
        }
        boolean low = number < least;
        note(
                low ? "greater_than_equal" : "less_than_equal",
                name,
                "Input should be " + (low ? "greater" : "less") + " than or equal to " + number(low ? least : most),
                shown(value));
        return false;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** An ISO 8601 time with a zone. */
    Optional<Instant> time(String name) {
        JsonNode value = given(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<Instant> time = value.isString() ? WireTime.parse(value.stringValue()) : Optional.empty();
        if (time.isEmpty()) {
            note("datetime_parsing", name, "Input should be an ISO 8601 time with a zone", shown(value));
        }
        return time;
    }

    /** Objects of a list; each is read by the function. */
    <T> List<T> objects(String name, int most, Function<BodyFields, T> reader) {
        JsonNode value = given(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            note("list_type", name, "Input should be a list of at most " + most + " objects", null);
            return List.of();
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            List<Object> itemPath = new ArrayList<>(path);
            itemPath.add(name);
            itemPath.add(i);
            if (!value.get(i).isObject()) {
                errors.add(new FieldError(
                        "model_attributes_type", itemPath, "Input should be a valid object", shown(value.get(i))));
            } else {
                read.add(reader.apply(new BodyFields(value.get(i), itemPath, errors)));
            }
        }
        return read;
    }

    /** An object whose members are texts. */
    Map<String, String> texts(String name, int most, int maxNameLength, int maxLength) {
        JsonNode value = given(name);
        if (value == null) {
            return Map.of();
        }
        if (!value.isObject() || value.size() > most) {
            note("dict_type", name, "Input should be an object of at most " + most + " texts", null);
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            boolean fits = !member.getKey().isEmpty() && member.getKey().length() <= maxNameLength;
            if (fits
                    && member.getValue().isString()
                    && member.getValue().stringValue().length() <= maxLength) {
                texts.put(member.getKey(), member.getValue().stringValue());
            } else {
                note(
                        "string_type",
                        name,
                        "Names should have 1 to " + maxNameLength + " characters and values be texts of at most "
                                + maxLength,
                        null);
            }
        }
        return texts;
    }

    /**
     * Throws when something was wrong.
     *
     * @throws ProblemException with status 422 and every fault
     */
    void throwIfInvalid() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            note("missing", name, "Field required", null);
        }
        return value;
    }

    private JsonNode given(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private void note(String type, String name, String message, Object input) {
        List<Object> where = new ArrayList<>(path);
        where.add(name);
        errors.add(new FieldError(type, where, message, input));
    }

    /** A short value as it came; anything longer is left out. */
    private static Object shown(JsonNode value) {
        if (value.isNumber()) {
            return Double.isFinite(value.doubleValue()) ? value.numberValue() : null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isString() && value.stringValue().length() <= 100 ? value.stringValue() : null;
    }
}
