package io.invigil.api;

import java.util.Objects;

/**
 * Whether the face of the session's start is the one in front of the camera. Present in an observation only when the policy
 * asks for {@link AlertType#IDENTITY_CHANGED}; what faces are compared by never leaves perception's memory.
 *
 * @param referenceAtNs media time at which the reference was complete, or {@link #NO_REFERENCE}. It is taken from the first
 *     clear looks at a single face that stays; a session that is resumed in another process takes another one
 * @param compared true when the candidate's face was compared with the reference on this very frame
 * @param distance how far it was from the reference, 0 for equal, about 0.8 between two people, at most 2; 0 when it was not
 *     compared
 * @param reading what this one look says: PRESENT when it is the face of the reference, ABSENT when it is another,
 *     otherwise CANNOT_TELL with the reason. A rule decides over several looks
 */
public record IdentityObservation(long referenceAtNs, boolean compared, double distance, Reading reading) {
    /** The time of a reference that is not complete; media time may be negative, so no ordinary number serves. */
    public static final long NO_REFERENCE = Long.MIN_VALUE;

    /** Checks the distance and that the reading is there. */
    public IdentityObservation {
        Objects.requireNonNull(reading, "reading");
        if (!(distance >= 0 && distance <= 2)) {
            throw new IllegalArgumentException("distance is " + distance + ", must be in 0..2");
        }
    }

    /** True when there is a reference to compare with. */
    public boolean hasReference() {
        return referenceAtNs != NO_REFERENCE;
    }
}
