package io.invigil.core.vision;

/** The mesh of one face in picture pixels, and what follows from it. Mutable and reused. */
final class FaceShape {
    private static final int RIGHT_EYE_OUTER = 33;
    private static final int LEFT_EYE_OUTER = 263;

    final float[] mesh = new float[3 * FaceMesh.POINTS];
    final float[] leftIris = new float[2 * FaceMesh.IRIS_POINTS];
    final float[] rightIris = new float[2 * FaceMesh.IRIS_POINTS];
    double faceFlag;
    /** Of the eye with more of it, in levels of 0 to 255; see {@link FaceMesh}. */
    double eyeContrast;

    double leftPx;
    double topPx;
    double rightPx;
    double bottomPx;
    /** Angle of the line through the outer eye corners, clockwise in the picture. */
    double angleRad;

    void copyFrom(FaceShape other) {
        System.arraycopy(other.mesh, 0, mesh, 0, mesh.length);
        System.arraycopy(other.leftIris, 0, leftIris, 0, leftIris.length);
        System.arraycopy(other.rightIris, 0, rightIris, 0, rightIris.length);
        faceFlag = other.faceFlag;
        eyeContrast = other.eyeContrast;
        measure();
    }

    /** Recomputes box and angle from the mesh. */
    void measure() {
        leftPx = Double.MAX_VALUE;
        topPx = Double.MAX_VALUE;
        rightPx = -Double.MAX_VALUE;
        bottomPx = -Double.MAX_VALUE;
        for (int i = 0; i < FaceMesh.POINTS; i++) {
            double x = mesh[3 * i];
            double y = mesh[3 * i + 1];
            leftPx = Math.min(leftPx, x);
            rightPx = Math.max(rightPx, x);
            topPx = Math.min(topPx, y);
            bottomPx = Math.max(bottomPx, y);
        }
        angleRad = Math.atan2(y(LEFT_EYE_OUTER) - y(RIGHT_EYE_OUTER), x(LEFT_EYE_OUTER) - x(RIGHT_EYE_OUTER));
    }

    double x(int point) {
        return mesh[3 * point];
    }

    double y(int point) {
        return mesh[3 * point + 1];
    }

    double widthPx() {
        return rightPx - leftPx;
    }

    double heightPx() {
        return bottomPx - topPx;
    }
}
