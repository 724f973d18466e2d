package io.invigil.wire;

import java.util.List;
import java.util.Objects;

/**
 * What is wrong with one value of a request.
 *
 * @param type a fixed word for the kind of fault: {@code missing}, {@code string_type}, {@code int_parsing}, ...
 * @param loc where: {@code body} or {@code query}, then the names down to the value
 * @param msg one English sentence
 * @param input the value as it came
 */
public record FieldError(String type, List<Object> loc, String msg, Object input) {
    /** Checks and copies. */
    public FieldError {
        Objects.requireNonNull(type, "type");
        loc = List.copyOf(loc);
        Objects.requireNonNull(msg, "msg");
    }

    /** Without the value, which may be a name. */
    @Override
    public String toString() {
        return "FieldError[" + type + " at " + loc + "]";
    }
}
