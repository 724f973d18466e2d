package io.invigil.wire;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reviewer makes of an alert.
 *
 * @param state {@code open}, {@code reviewed} or {@code dismissed}
 * @param note at most 2000 characters; absent, what was noted before stays
 */
public record ReviewRequest(String state, Optional<String> note) {
    /** Checks that both are there. */
    public ReviewRequest {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(note, "note");
    }

    /** Reads a body. */
    public static ReviewRequest read(byte[] body) {
        BodyFields fields = BodyFields.read(body);
        String state = fields.requiredChoice("review_state", List.of("open", "reviewed", "dismissed"));
        Optional<String> note = fields.textIfGiven("note", 2000);
        fields.throwIfInvalid();
        return new ReviewRequest(state, note);
    }

    /** Without the note: this may be logged. */
    @Override
    public String toString() {
        return "ReviewRequest[" + state + "]";
    }
}
