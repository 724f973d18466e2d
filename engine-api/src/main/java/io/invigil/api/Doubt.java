package io.invigil.api;

import java.util.Locale;

/** Why an observation could not be made. */
public enum Doubt {
    /** Too little light. */
    DARK,
    /** The picture is blown out. */
    OVEREXPOSED,
    /** The light comes from behind: the subject is a silhouette. */
    BACKLIT,
    /** Out of focus, or smeared by motion. */
    BLURRED,
    /** The camera is covered or shows black. */
    COVERED,
    /** The face fills the picture or leaves it at a border. */
    TOO_CLOSE,
    /** The face is too small to read. */
    TOO_SMALL,
    /** Something hides the part that matters (a hand, hair, closed lids). */
    OCCLUDED,
    /** The head is turned too far from the camera to read the eyes. */
    ROTATED,
    /** The picture does not change, so it says nothing about the present. */
    STALE,
    /** There is no neutral yet to compare with. */
    UNCALIBRATED,
    /** There is no reference of the candidate's face yet to compare with. */
    NO_REFERENCE,
    /** What was measured lies between the answers. */
    UNCLEAR,
    /** It was not looked for: switched off, not due, or a stage failed on this frame. */
    NOT_EVALUATED;

    /** The fixed lower-case name in files and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
