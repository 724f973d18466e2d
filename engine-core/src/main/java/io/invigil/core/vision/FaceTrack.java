package io.invigil.core.vision;

/** One face followed from frame to frame. Mutable; belongs to one session's {@link FaceMemory}. */
final class FaceTrack {
    private static final double ROI_SCALE = 1.5;
    /** A look this certain is enough. On labelled pictures faces from half profile on reach 0.6, other things 0.51. */
    private static final double CERTAIN = 0.6;
    /** What a look must exceed to speak for a face. */
    private static final double FAIR = 0.4;

    private static final double ENOUGH_EVIDENCE = 0.3;

    final FaceShape shape = new FaceShape();
    int id;
    /** The mesh was fitted on this frame. */
    boolean meshed;
    /** The face counts as seen on this frame, by mesh or by detector. */
    boolean live;
    /** The detector saw it on this frame. */
    boolean detectorSaw;

    long firstSeenNs;
    long lastSeenNs;
    long lastMeshNs;
    double score;
    double motion;
    int failedChecks;
    /** It is certain that this is a face; before, it is followed but not told. */
    boolean confirmed;

    double evidence;
    /** The last candidate on whose frame this face was seen too, so that it cannot be the candidate's; 0 for none. */
    int besideId;

    double centerXPx;
    double centerYPx;
    double widthPx;
    double heightPx;
    double angleRad;
    /** The square the next mesh is fitted in. */
    double roiXPx;

    double roiYPx;
    double roiSidePx;

    /** Takes a newly fitted mesh over. */
    void follow(FaceShape fitted, long nowNs) {
        shape.copyFrom(fitted);
        meshed = true;
        live = true;
        score = fitted.faceFlag;
        lastSeenNs = nowNs;
        lastMeshNs = nowNs;
        centerXPx = (shape.leftPx + shape.rightPx) / 2;
        centerYPx = (shape.topPx + shape.bottomPx) / 2;
        widthPx = shape.widthPx();
        heightPx = shape.heightPx();
        angleRad = shape.angleRad;
        aimAtShape();
    }

    /** Takes a detection over when no mesh could be fitted, as on full profiles. */
    void hold(Detections detections, int row, long nowNs) {
        meshed = false;
        live = true;
        score = detections.get(row, Detections.SCORE);
        lastSeenNs = nowNs;
        centerXPx = detections.get(row, Detections.CENTER_X);
        centerYPx = detections.get(row, Detections.CENTER_Y);
        widthPx = detections.get(row, Detections.WIDTH);
        heightPx = detections.get(row, Detections.HEIGHT);
        angleRad = eyeLineAngle(detections, row);
        roiXPx = centerXPx;
        roiYPx = centerYPx;
        roiSidePx = roiSide(widthPx, heightPx);
    }

    /** The square around the mesh, turned so that the eyes are level: 1.5 times the longer side, as MediaPipe does. */
    private void aimAtShape() {
        double cos = Math.cos(angleRad);
        double sin = Math.sin(angleRad);
        double minU = Double.MAX_VALUE;
        double maxU = -Double.MAX_VALUE;
        double minV = Double.MAX_VALUE;
        double maxV = -Double.MAX_VALUE;
        for (int i = 0; i < FaceMesh.POINTS; i++) {
            double u = cos * shape.x(i) + sin * shape.y(i);
            double v = cos * shape.y(i) - sin * shape.x(i);
            minU = Math.min(minU, u);
            maxU = Math.max(maxU, u);
            minV = Math.min(minV, v);
            maxV = Math.max(maxV, v);
        }
        double u = (minU + maxU) / 2;
        double v = (minV + maxV) / 2;
        roiXPx = cos * u - sin * v;
        roiYPx = sin * u + cos * v;
        roiSidePx = roiSide(maxU - minU, maxV - minV);
    }

    static double roiSide(double widthPx, double heightPx) {
        return ROI_SCALE * Math.max(widthPx, heightPx);
    }

    static double eyeLineAngle(Detections detections, int row) {
        return Math.atan2(
                detections.get(row, Detections.KEYPOINT_0 + 3) - detections.get(row, Detections.KEYPOINT_0 + 1),
                detections.get(row, Detections.KEYPOINT_0 + 2) - detections.get(row, Detections.KEYPOINT_0));
    }

    /** Takes a look's certainty, 0 to 1, into account: one very certain look confirms a face, or several fair ones. */
    void weigh(double certainty) {
        evidence += certainty - FAIR;
        confirmed |= certainty >= CERTAIN || evidence >= ENOUGH_EVIDENCE;
    }

    /** Whether two boxes are of one face: they overlap by much, or one lies mostly inside the other. */
    boolean sameFace(double otherXPx, double otherYPx, double otherWidthPx, double otherHeightPx) {
        double w = Math.min(centerXPx + widthPx / 2, otherXPx + otherWidthPx / 2)
                - Math.max(centerXPx - widthPx / 2, otherXPx - otherWidthPx / 2);
        double h = Math.min(centerYPx + heightPx / 2, otherYPx + otherHeightPx / 2)
                - Math.max(centerYPx - heightPx / 2, otherYPx - otherHeightPx / 2);
        if (w <= 0 || h <= 0) {
            return false;
        }
        double both = w * h;
        double mine = widthPx * heightPx;
        double others = otherWidthPx * otherHeightPx;
        return both > 0.3 * (mine + others - both) || both > 0.65 * Math.min(mine, others);
    }

    /** Whether a face found now may be this one, lost a moment ago: near where it was and of about the same size. */
    boolean mayHaveMovedTo(FaceShape found) {
        double x = (found.leftPx + found.rightPx) / 2;
        double y = (found.topPx + found.bottomPx) / 2;
        double size = Math.max(widthPx, heightPx);
        double ratio = Math.max(found.widthPx(), found.heightPx()) / Math.max(1, size);
        return Math.hypot(x - centerXPx, y - centerYPx) < 1.5 * size && ratio > 0.5 && ratio < 2;
    }
}
