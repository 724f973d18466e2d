package io.invigil.api;

/** The three answers an observation can give. Only {@link #ABSENT} may raise an alert about absence. */
public enum Answer {
    /** It was seen. */
    PRESENT,
    /** It was looked for under conditions good enough to see it, and it is not there. */
    ABSENT,
    /** The picture does not allow an answer; a {@link Doubt} says why. */
    CANNOT_TELL
}
