package io.invigil.core.vision;

import io.invigil.models.CanonicalFace;
import java.util.stream.IntStream;

/**
 * The average face that head pose and gaze are measured with, in centimetres: x towards the right edge of an unmirrored
 * picture of a face that looks into the camera, y up, z out of the face. Immutable and thread-safe.
 *
 * <p>Geometry: MediaPipe's canonical face. Which of its points move with the skull and hardly with an expression was
 * chosen by region: no mouth, jaw, lids or brows, and no outline, which slides over the skin as the head turns.
 */
final class MetricFace {
    static final int POINTS = CanonicalFace.VERTEX_COUNT;

    /** Outer and inner corner of the eye on the left of an unmirrored picture, then of the other eye. */
    static final int LEFT_EYE_OUTER = 33;

    static final int LEFT_EYE_INNER = 133;
    static final int RIGHT_EYE_OUTER = 263;
    static final int RIGHT_EYE_INNER = 362;

    static final int FOREHEAD = 10;
    static final int CHIN = 152;
    static final int LEFT_EDGE = 234;
    static final int RIGHT_EDGE = 454;

    private static final int[] OUTLINE = {
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109
    };

    private static final double MOUTH_TOP_CM = -2.0;
    private static final double BROW_BOTTOM_CM = 3.6;
    private static final double BROW_TOP_CM = 6.0;
    private static final double BROW_INNER_CM = 0.9;
    private static final double LIDS_RADIUS_CM = 2.0;
    private static final double LIDS_ASPECT = 1.3;

    private final double[] xyzCm = new double[3 * POINTS];
    private final int[] rigidPoints;

    MetricFace(CanonicalFace face) {
        float[] vertices = face.vertices();
        for (int i = 0; i < vertices.length; i++) {
            xyzCm[i] = vertices[i];
        }
        rigidPoints = IntStream.range(0, POINTS).filter(this::isRigid).toArray();
    }

    static MetricFace bundled() {
        return new MetricFace(CanonicalFace.bundled());
    }

    private boolean isRigid(int point) {
        if (point == LEFT_EYE_OUTER
                || point == LEFT_EYE_INNER
                || point == RIGHT_EYE_OUTER
                || point == RIGHT_EYE_INNER) {
            return true;
        }
        double x = Math.abs(xCm(point));
        double y = yCm(point);
        double eyeX = (xCm(RIGHT_EYE_OUTER) + xCm(RIGHT_EYE_INNER)) / 2;
        double eyeY = (yCm(RIGHT_EYE_OUTER) + yCm(RIGHT_EYE_INNER)) / 2;
        boolean mouthOrJaw = y < MOUTH_TOP_CM;
        boolean lids = Math.hypot(x - eyeX, (y - eyeY) * LIDS_ASPECT) < LIDS_RADIUS_CM;
        boolean brow = y > BROW_BOTTOM_CM && y < BROW_TOP_CM && x > BROW_INNER_CM;
        boolean outline = IntStream.of(OUTLINE).anyMatch(i -> i == point);
        return !mouthOrJaw && !lids && !brow && !outline;
    }

    double xCm(int point) {
        return xyzCm[3 * point];
    }

    double yCm(int point) {
        return xyzCm[3 * point + 1];
    }

    double zCm(int point) {
        return xyzCm[3 * point + 2];
    }

    /** How many points count as rigid. */
    int rigidCount() {
        return rigidPoints.length;
    }

    /** The mesh index of one of the rigid points. */
    int rigidPoint(int i) {
        return rigidPoints[i];
    }

    double distanceCm(int a, int b) {
        return Math.sqrt(square(xCm(a) - xCm(b)) + square(yCm(a) - yCm(b)) + square(zCm(a) - zCm(b)));
    }

    private static double square(double v) {
        return v * v;
    }
}
