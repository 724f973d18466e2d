package io.invigil.testdata;

/**
 * The picture a camera takes after it was turned about its lens: what a wider picture of the same scene shows in that
 * direction, exactly as a lens without distortion projects it. Reads bilinearly. Immutable; safe for threads.
 */
public final class TurnedCamera {
    private final CameraModel wide;
    private final CameraModel narrow;

    /**
     * A camera of this size, and the wider one its pictures are cut from.
     *
     * @param narrow the camera that turns
     * @param margin how much wider the other sees each way, 1 to 3; what it does not see either is its border drawn out
     */
    public TurnedCamera(CameraModel narrow, double margin) {
        if (!(margin >= 1 && margin <= 3)) {
            throw new IllegalArgumentException("margin " + margin + " must lie in 1..3");
        }
        this.narrow = narrow;
        wide = new CameraModel(
                (int) Math.round(narrow.width() * margin),
                (int) Math.round(narrow.height() * margin),
                narrow.focalPx());
    }

    /**
     * The camera to draw scenes with.
     *
     * @return the wider camera
     */
    public CameraModel wide() {
        return wide;
    }

    /**
     * What the turned camera sees.
     *
     * @param picture of the wider camera
     * @param yawDeg turn to image left, so that everything moves to image right
     * @param pitchDeg turn upwards, so that everything moves down
     * @return BGR bytes, row by row, of the narrow camera's size
     */
    public byte[] see(FrameImage picture, double yawDeg, double pitchDeg) {
        double cosYaw = StrictMath.cos(StrictMath.toRadians(yawDeg));
        double sinYaw = StrictMath.sin(StrictMath.toRadians(yawDeg));
        double cosPitch = StrictMath.cos(StrictMath.toRadians(pitchDeg));
        double sinPitch = StrictMath.sin(StrictMath.toRadians(pitchDeg));
        byte[] from = picture.bgr();
        byte[] to = new byte[3 * narrow.width() * narrow.height()];
        double f = narrow.focalPx();
        for (int row = 0; row < narrow.height(); row++) {
            for (int column = 0; column < narrow.width(); column++) {
                double x = (column + 0.5 - narrow.width() / 2.0) / f;
                double y = (narrow.height() / 2.0 - row - 0.5) / f;
                // The ray in the unturned camera, whose axis is -z: up by the pitch, then left by the yaw.
                double upY = y * cosPitch + sinPitch;
                double upZ = cosPitch - y * sinPitch;
                double leftX = x * cosYaw - upZ * sinYaw;
                double leftZ = x * sinYaw + upZ * cosYaw;
                double u = wide.width() / 2.0 + f * leftX / leftZ - 0.5;
                double v = wide.height() / 2.0 - f * upY / leftZ - 0.5;
                sample(from, u, v, to, 3 * (row * narrow.width() + column));
            }
        }
        return to;
    }

    private void sample(byte[] from, double u, double v, byte[] to, int at) {
        double x = Math.max(0, Math.min(wide.width() - 1.001, u));
        double y = Math.max(0, Math.min(wide.height() - 1.001, v));
        int left = (int) x;
        int top = (int) y;
        double right = x - left;
        double down = y - top;
        int i = 3 * (top * wide.width() + left);
        int below = i + 3 * wide.width();
        for (int c = 0; c < 3; c++) {
            double upper = (from[i + c] & 0xFF) * (1 - right) + (from[i + 3 + c] & 0xFF) * right;
            double lower = (from[below + c] & 0xFF) * (1 - right) + (from[below + 3 + c] & 0xFF) * right;
            to[at + c] = (byte) Math.round(upper * (1 - down) + lower * down);
        }
    }
}
