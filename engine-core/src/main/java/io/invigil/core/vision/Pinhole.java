package io.invigil.core.vision;

/**
 * The camera that is assumed when nothing is known of it: a pinhole, principal point in the middle of the upright picture,
 * no distortion, 63 degrees along the longer side. Camera coordinates are centimetres from the lens: x towards the right
 * edge of the picture, y up, z towards the viewer, so everything seen has a negative z.
 */
final class Pinhole {
    static final double FIELD_OF_VIEW_DEG = 63;

    private static final double HALF_TANGENT = StrictMath.tan(StrictMath.toRadians(FIELD_OF_VIEW_DEG / 2));

    private Pinhole() {}

    /** Focal length in px for a picture of this size. */
    static double focalPx(int widthPx, int heightPx) {
        return Math.max(widthPx, heightPx) / (2 * HALF_TANGENT);
    }
}
