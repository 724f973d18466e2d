package io.invigil.api;

import java.util.Objects;

/**
 * Whether the candidate's face looks like one on a screen or a print held to the camera. Present in an observation only when
 * the policy asks for {@link AlertType#SPOOF}. All that is looked for is a straight-edged outline close around the face, so a
 * picture larger than the camera's view is not noticed.
 *
 * @param looked true when it was looked for on this very frame
 * @param score how much of the outline's sides is seen, the least of the sides that it takes, 0 to 1; 0 when not looked for
 * @param reading what this one look says: PRESENT when the outline is there, ABSENT when it is not, which is no proof of a
 *     living person; otherwise CANNOT_TELL with the reason. A rule decides over several looks
 */
public record SpoofObservation(boolean looked, double score, Reading reading) {
    /** Checks the score and that the reading is there. */
    public SpoofObservation {
        Objects.requireNonNull(reading, "reading");
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score is " + score + ", must be in 0..1");
        }
    }
}
