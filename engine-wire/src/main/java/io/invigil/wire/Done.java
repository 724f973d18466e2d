package io.invigil.wire;

import java.util.Objects;

/**
 * What was asked for is done.
 *
 * @param view the answer
 * @param kept whether the store has it, and the audit log who asked for it; otherwise it holds all the same, and what is
 *     missing is handed to the store again, but a process that ends before forgets that
 * @param <T> the answer's type
 */
public record Done<T>(T view, boolean kept) {
    /** Checks that there is an answer. */
    public Done {
        Objects.requireNonNull(view, "view");
    }
}
