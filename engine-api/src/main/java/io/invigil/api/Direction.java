package io.invigil.api;

import java.util.Locale;

/** A direction in the upright picture as a viewer sees it; the subject's own left is {@link #IMAGE_RIGHT} unless mirrored. */
public enum Direction {
    /** At or near the candidate's neutral. */
    CENTER,
    /** Towards the left edge of the picture. */
    IMAGE_LEFT,
    /** Towards the right edge of the picture. */
    IMAGE_RIGHT,
    /** Upwards. */
    UP,
    /** Downwards. */
    DOWN;

    /** The fixed lower-case name in files and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
