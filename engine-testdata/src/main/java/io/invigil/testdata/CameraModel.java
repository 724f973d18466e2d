package io.invigil.testdata;

/**
 * A pinhole camera with the principal point at the image centre and no distortion.
 *
 * @param width picture width in px
 * @param height picture height in px
 * @param focalPx focal length in px
 */
public record CameraModel(int width, int height, double focalPx) {
    /** Field of view along the upright picture's longer side when nothing else is known. */
    public static final double DEFAULT_FIELD_OF_VIEW_DEG = 63;

    /**
     * The camera assumed when nothing is known about it.
     *
     * @param width picture width in px
     * @param height picture height in px
     * @return the camera
     */
    public static CameraModel standard(int width, int height) {
        double half = StrictMath.toRadians(DEFAULT_FIELD_OF_VIEW_DEG / 2);
        return new CameraModel(width, height, Math.max(width, height) / (2 * StrictMath.tan(half)));
    }

    /** Image column of a camera-frame point; z is minus the distance in front of the lens. */
    double columnPx(Vec3 p) {
        return width / 2.0 + focalPx * p.x() / -p.z();
    }

    /** Image row of a camera-frame point. */
    double rowPx(Vec3 p) {
        return height / 2.0 - focalPx * p.y() / -p.z();
    }
}
