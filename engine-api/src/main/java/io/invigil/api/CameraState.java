package io.invigil.api;

import java.util.Locale;

/** What the camera delivers, judged from the pixels alone. */
public enum CameraState {
    /** Good enough to see a person. */
    OK,
    /** Little light; what is seen may still be right, what is not seen says nothing. */
    DARK,
    /** Black: a closed cover, or no light at all. */
    BLACK,
    /** Something lies on the lens: light gets through but no detail. */
    COVERED,
    /** Out of focus or smeared. */
    BLURRED,
    /** Blown out. */
    OVEREXPOSED;

    /** The fixed lower-case name in files and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
