package io.invigil.wire;

import java.util.Objects;

/**
 * What a reviewer made of an alert.
 *
 * @param state {@code open}, {@code reviewed} or {@code dismissed}
 * @param note the reviewer's words; empty when none
 * @param by who reviewed; null while open
 * @param at when; null while open
 */
public record ReviewView(String state, String note, String by, String at) {
    /** Not reviewed yet. */
    public static final ReviewView OPEN = new ReviewView("open", "", null, null);

    /** Checks that state and note are there. */
    public ReviewView {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(note, "note");
    }
}
