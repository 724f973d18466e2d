package io.invigil.core.vision;

import io.invigil.api.Doubt;

/**
 * Reads which way the eyes point from the centres of the irises, the eye corners and the fitted head: each iris lies on a ball
 * ({@link Eye}) that is anchored to the corners, and the ball's turn in the head's own coordinates is the eyes' yaw and pitch.
 * Both eyes count by how squarely they are seen and how far they are open.
 *
 * <p>Zero is straight ahead of the average face. Lids, eye sockets and the angle between the eye's optical and visual axes
 * differ between people, so a person's neutral is some degrees off it, more in pitch than in yaw.
 *
 * <p>Yaw is about true to scale. Pitch is not: lids and corners move with the iris and hide most of its rise, so the eyes' pitch
 * says a quarter or a third of a real one, and lowered eyes show better as a smaller {@code openness}.
 *
 * <p>Holds scratch memory: for one thread at a time. Allocates nothing but the reading of a confidence that is not usual.
 */
final class GazeEstimator {
    /** Below this opening an eye is closed. */
    static final double CLOSED_OPENNESS = 0.12;
    /** Eyes less wide than this in the picture cannot be read: a face of about 35 px. */
    static final double MIN_EYE_PX = 7;
    /** Heads turned further than this from the camera hide too much of the eyes. */
    static final double MAX_HEAD_YAW_DEG = 50;

    static final double MAX_HEAD_PITCH_DEG = 40;

    private static final double MIN_FACING = 0.5;
    private static final double FULL_OPENNESS = 0.2;
    private static final double GOOD_EYE_PX = 24;
    private static final double MAX_EYE_DEG = 60;

    private final Eye left;
    private final Eye right;
    private final double[] direction = new double[3];
    private final double[] sight = new double[9];
    private final double[] turned = new double[3];

    GazeEstimator() {
        this(MetricFace.bundled());
    }

    GazeEstimator(MetricFace face) {
        left = Eye.left(face);
        right = Eye.right(face);
    }

    /**
     * Reads the eyes of a fitted head.
     *
     * @param meshPx 468 points x, y, z in turn, as given to {@link HeadPoseSolver#solve}, its lids refined with
     *     {@link EyeContours}
     * @param leftIrisPx centre, then four points of the rim, x and y in turn, of the eye between mesh points 33 and 133: on
     *     the left of an unmirrored upright picture (the model's "left iris")
     * @param rightIrisPx the same of the eye between 362 and 263
     * @param fit the fit of the same mesh
     * @param into takes the gaze, or why there is none
     */
    void estimate(float[] meshPx, float[] leftIrisPx, float[] rightIrisPx, HeadFit fit, EyeReading into) {
        left.measure(meshPx, leftIrisPx[0], leftIrisPx[1], fit);
        right.measure(meshPx, rightIrisPx[0], rightIrisPx[1], fit);
        double leftWeight = left.facing() * left.facing();
        double rightWeight = right.facing() * right.facing();
        double openness = (leftWeight * left.openness() + rightWeight * right.openness()) / (leftWeight + rightWeight);
        if (!Double.isFinite(openness)) {
            into.unreadable(Doubt.OCCLUDED, 0);
            return;
        }
        if (Math.abs(fit.yawDeg()) > MAX_HEAD_YAW_DEG || Math.abs(fit.pitchDeg()) > MAX_HEAD_PITCH_DEG) {
            into.unreadable(Doubt.ROTATED, openness);
            return;
        }
        double widthPx = Math.max(left.widthPx(), right.widthPx());
        if (widthPx < MIN_EYE_PX) {
            into.unreadable(Doubt.TOO_SMALL, openness);
            return;
        }
        leftWeight *= opened(left.openness());
        rightWeight *= opened(right.openness());
        if (!isOpen(left) && !isOpen(right)) {
            into.unreadable(Doubt.OCCLUDED, openness);
            return;
        }
        double[] l = left.direction();
        double[] r = right.direction();
        double length = 0;
        for (int k = 0; k < 3; k++) {
            direction[k] = leftWeight * l[k] + rightWeight * r[k];
            length += direction[k] * direction[k];
        }
        length = Math.sqrt(length);
        if (!(length > 0)) {
            into.unreadable(Doubt.OCCLUDED, openness);
            return;
        }
        double confidence = Math.min(1, (leftWeight + rightWeight) / 1.5) * Math.min(1, widthPx / GOOD_EYE_PX);
        read(length, openness, confidence, fit, into);
    }

    private void read(double length, double openness, double confidence, HeadFit fit, EyeReading into) {
        double x = direction[0] / length;
        double y = direction[1] / length;
        double z = direction[2] / length;
        Rotations.apply(fit.rotation, x, y, z, turned);
        double towardsX = -(left.centreCm()[0] + right.centreCm()[0]);
        double towardsY = -(left.centreCm()[1] + right.centreCm()[1]);
        double towardsZ = -(left.centreCm()[2] + right.centreCm()[2]);
        Rotations.look(towardsX, towardsY, towardsZ, sight);
        double eyeYaw = yawDeg(x, z);
        double eyePitch = pitchDeg(y);
        Rotations.applyTransposed(sight, turned[0], turned[1], turned[2], direction);
        into.read(
                confidence,
                clamp(eyeYaw),
                clamp(eyePitch),
                yawDeg(direction[0], direction[2]),
                pitchDeg(direction[1]),
                openness);
    }

    /** One open eye is enough, but not one that is seen edge on. */
    private static boolean isOpen(Eye eye) {
        return eye.openness() >= CLOSED_OPENNESS && eye.facing() >= MIN_FACING;
    }

    private static double opened(double openness) {
        return Math.max(0, Math.min(1, (openness - CLOSED_OPENNESS / 2) / (FULL_OPENNESS - CLOSED_OPENNESS / 2)));
    }

    private static double yawDeg(double x, double z) {
        return StrictMath.toDegrees(StrictMath.atan2(x, z));
    }

    private static double pitchDeg(double y) {
        return StrictMath.toDegrees(StrictMath.asin(Math.max(-1, Math.min(1, y))));
    }

    private static double clamp(double deg) {
        return Math.max(-MAX_EYE_DEG, Math.min(MAX_EYE_DEG, deg));
    }
}
