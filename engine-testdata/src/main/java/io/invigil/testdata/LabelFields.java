package io.invigil.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The members of one JSON object of a label file; a member of the wrong type is told with its name and value. */
final class LabelFields {
    private final Map<?, ?> members;
    private final String owner;

    private LabelFields(Map<?, ?> members, String owner) {
        this.members = members;
        this.owner = owner;
    }

    /**
     * Looks at a value.
     *
     * @param value a JSON value
     * @param owner what it is, for messages
     * @throws IllegalArgumentException if it is not an object
     */
    static LabelFields of(Object value, String owner) {
        if (value instanceof Map<?, ?> map) {
            return new LabelFields(map, owner);
        }
        throw new IllegalArgumentException(owner + " must be a JSON object, got " + value);
    }

    /**
     * Reads a file of labels.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not the label format; the message begins with the file
     */
    static <T> List<T> read(Path file, Function<String, List<T>> parser) throws IOException {
        String json = Files.readString(file);
        try {
            return parser.apply(json);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    static List<?> array(String json, String what) {
        if (json.isBlank()) {
            throw new IllegalArgumentException("it is empty, must be a JSON array of " + what);
        }
        if (JsonReader.read(json) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("labels must be a JSON array of " + what);
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    /** A text, empty when it is missing. */
    String text(String name) {
        Object value = members.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, value, "a text");
    }

    /** A text that must be there. */
    String needText(String name) {
        String text = text(name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(owner + ": " + name + " is missing, must be a text");
        }
        return text;
    }

    /** A number of at least 0, or the other when it is missing. */
    double number(String name, double otherwise) {
        Object value = members.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Double number && number >= 0) {
            return number;
        }
        throw wrong(name, value, "a number, 0 or more");
    }

    /** A number of at least 0 that must be there. */
    double needNumber(String name) {
        double value = number(name, Double.NaN);
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(owner + ": " + name + " is missing, must be a number, 0 or more");
        }
        return value;
    }

    int count(String name, int otherwise) {
        return (int) number(name, otherwise);
    }

    /** A count, or {@link LabelledClips#UNLABELLED} where a label says that it is not known. */
    int countIfKnown(String name, int otherwise) {
        return "unknown".equals(members.get(name)) ? LabelledClips.UNLABELLED : count(name, otherwise);
    }

    List<String> words(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    /** An array, empty when it is missing. */
    List<?> list(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(name, value, "an array");
    }

    Map<?, ?> map(String name) {
        return members.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private IllegalArgumentException wrong(String name, Object value, String allowed) {
        return new IllegalArgumentException(owner + ": " + name + " is " + value + ", must be " + allowed);
    }
}
