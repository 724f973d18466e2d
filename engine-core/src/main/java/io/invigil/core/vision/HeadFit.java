package io.invigil.core.vision;

/**
 * A head as fitted: the rotation and the shift that carry the metric face into camera coordinates (see {@link Pinhole}),
 * and the camera. Reused from fit to fit; for one thread at a time.
 *
 * <p>Angles follow {@code R = Ry(yaw) Rx(-pitch) Rz(-roll)}, so the nose points to (sin yaw cos pitch, sin pitch, cos yaw
 * cos pitch). Relative angles are those of {@code S' R}, where S is the rotation, without roll, that turns the z axis to the
 * line from the head to the camera.
 */
final class HeadFit {
    /** Row major, face to camera. */
    final double[] rotation = new double[9];
    /** Position of the face's origin, cm. */
    final double[] shiftCm = new double[3];
    /** Row major, S as above for the face's origin. */
    final double[] sight = new double[9];

    double focalPx;
    double centreXPx;
    double centreYPx;
    double rmsCm;

    private final double[] relative = new double[9];

    /** Distance of the face's origin from the lens. */
    double distanceCm() {
        return Math.sqrt(shiftCm[0] * shiftCm[0] + shiftCm[1] * shiftCm[1] + shiftCm[2] * shiftCm[2]);
    }

    /** Picture px per centimetre at the head. */
    double pxPerCm() {
        return focalPx / distanceCm();
    }

    void camera(int widthPx, int heightPx) {
        focalPx = Pinhole.focalPx(widthPx, heightPx);
        centreXPx = widthPx / 2.0;
        centreYPx = heightPx / 2.0;
    }

    /** Carries the face point (x, y, z) into camera coordinates. */
    void place(double x, double y, double z, double[] out) {
        Rotations.apply(rotation, x, y, z, out);
        out[0] += shiftCm[0];
        out[1] += shiftCm[1];
        out[2] += shiftCm[2];
    }

    /** The unit vector from the lens through a pixel. */
    void ray(double xPx, double yPx, double[] out) {
        double x = (xPx - centreXPx) / focalPx;
        double y = (centreYPx - yPx) / focalPx;
        double norm = Math.sqrt(x * x + y * y + 1);
        out[0] = x / norm;
        out[1] = y / norm;
        out[2] = -1 / norm;
    }

    /** Works out the angles against the line of sight once rotation and shift are final. */
    void settle() {
        Rotations.look(-shiftCm[0], -shiftCm[1], -shiftCm[2], sight);
        Rotations.transposeTimes(sight, rotation, relative);
    }

    double yawDeg() {
        return Rotations.yawDeg(relative);
    }

    double pitchDeg() {
        return Rotations.pitchDeg(relative);
    }

    double rollDeg() {
        return Rotations.rollDeg(relative);
    }
}
