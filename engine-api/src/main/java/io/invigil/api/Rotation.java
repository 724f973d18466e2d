package io.invigil.api;

/** The turn that makes a picture upright, clockwise. */
public enum Rotation {
    /** The picture is upright already, or an encoded one whose own orientation tag (EXIF) is to be followed. */
    NONE(0),
    /** Turn it by 90 degrees clockwise. */
    CLOCKWISE_90(90),
    /** Turn it by 180 degrees. */
    CLOCKWISE_180(180),
    /** Turn it by 270 degrees clockwise. */
    CLOCKWISE_270(270);

    private final int degrees;

    Rotation(int degrees) {
        this.degrees = degrees;
    }

    /** The turn in degrees: 0, 90, 180 or 270. */
    public int degrees() {
        return degrees;
    }

    /** True when width and height change places. */
    public boolean swapsSides() {
        return degrees % 180 != 0;
    }

    /**
     * The rotation of this many degrees clockwise; negative values and values of 360 and more are folded.
     *
     * @throws EngineException with {@link ErrorCode#CONFIGURATION} when it is no multiple of 90
     */
    public static Rotation ofDegrees(int degrees) {
        if (degrees % 90 != 0) {
            throw EngineException.outOfRange("rotation", degrees, "a multiple of 90");
        }
        return values()[Math.floorMod(degrees, 360) / 90];
    }
}
