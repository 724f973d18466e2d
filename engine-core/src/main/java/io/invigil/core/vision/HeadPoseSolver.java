package io.invigil.core.vision;

import java.util.Arrays;

/**
 * Fits the metric face to a face mesh: the rotation and shift under which the rigid points, seen through the assumed camera
 * ({@link Pinhole}), fall on the mesh, and lie as deep along the line of sight as the mesh says. Gauss-Newton on SE(3) with
 * Huber weights, started from the mesh's own axes.
 *
 * <p>The mesh's own depth takes part because a wrong field of view (cropped or zoomed video) bends a fit of the picture
 * alone: it explains too little perspective by too little turn.
 *
 * <p>Holds scratch memory: for one thread at a time. Allocates nothing.
 */
final class HeadPoseSolver {
    private static final int MAX_STEPS = 15;
    private static final double CONVERGED = 1e-9;
    private static final double DAMPING = 1e-6;
    private static final double HUBER_CM = 0.4;
    /** Of a residual in depth against one in the picture; chosen on generated faces and on cropped and zoomed video. */
    private static final double DEPTH_WEIGHT = 2.0;

    private static final double MIN_FACE_PX = 6;
    private static final double MIN_DISTANCE_CM = 12;

    private final MetricFace face;
    private final double faceWidthCm;
    private final HeadFit fit = new HeadFit();
    private final NormalEquations equations = new NormalEquations();
    private final double[] weights;
    private final double[] depthRows;
    private final double[] depthResiduals;
    private final double[] depthMean = new double[NormalEquations.UNKNOWNS];
    private final double[] row = new double[NormalEquations.UNKNOWNS];
    private final double[] step = new double[NormalEquations.UNKNOWNS];
    private final double[] turned = new double[3];
    private final double[] scratchA = new double[9];
    private final double[] scratchB = new double[9];

    HeadPoseSolver() {
        this(MetricFace.bundled());
    }

    HeadPoseSolver(MetricFace face) {
        this.face = face;
        faceWidthCm = face.distanceCm(MetricFace.LEFT_EDGE, MetricFace.RIGHT_EDGE);
        weights = new double[face.rigidCount()];
        depthRows = new double[3 * face.rigidCount()];
        depthResiduals = new double[face.rigidCount()];
    }

    /**
     * Fits a mesh.
     *
     * @param meshPx 468 points x, y, z in turn: pixels of the upright picture; z on the same scale, negative towards the
     *     camera, from any zero
     * @param widthPx width of the upright picture
     * @param heightPx height of the upright picture
     * @param into takes the pose, or that there is none because the mesh is no face: not finite, a few pixels small, or folded up
     */
    void solve(float[] meshPx, int widthPx, int heightPx, HeadReading into) {
        into.clear();
        fit.camera(widthPx, heightPx);
        if (!start(meshPx)) {
            return;
        }
        for (int i = 0; i < MAX_STEPS; i++) {
            accumulate(meshPx);
            if (!equations.solve(DAMPING, step)) {
                return;
            }
            Rotations.turn(fit.rotation, step[0], step[1], step[2], scratchA, scratchB);
            double change = 0;
            for (int k = 0; k < 3; k++) {
                fit.shiftCm[k] += step[3 + k];
                change += step[k] * step[k] + step[3 + k] * step[3 + k];
            }
            if (change < CONVERGED) {
                break;
            }
        }
        if (!isPlausible(meshPx)) {
            return;
        }
        fit.settle();
        into.set(fit.yawDeg(), fit.pitchDeg(), fit.rollDeg(), fit.distanceCm(), 100 * fit.rmsCm / faceWidthCm);
    }

    /** What the last successful {@link #solve} found; overwritten by the next. */
    HeadFit fit() {
        return fit;
    }

    /** Turns and places the face by the mesh's eye line, height and scale, as if seen from afar. */
    private boolean start(float[] mesh) {
        int a = 3 * MetricFace.LEFT_EYE_OUTER;
        int b = 3 * MetricFace.RIGHT_EYE_OUTER;
        int top = 3 * MetricFace.FOREHEAD;
        int bottom = 3 * MetricFace.CHIN;
        double[] axes = scratchA;
        for (int k = 0; k < 3; k++) {
            double sign = k == 0 ? 1 : -1;
            axes[k] = sign * (mesh[b + k] - mesh[a + k]);
            axes[3 + k] = sign * (mesh[top + k] - mesh[bottom + k]);
        }
        double eyesPx = Math.sqrt(axes[0] * axes[0] + axes[1] * axes[1] + axes[2] * axes[2]);
        double heightPx = Math.sqrt(axes[3] * axes[3] + axes[4] * axes[4] + axes[5] * axes[5]);
        if (!(eyesPx > MIN_FACE_PX / 2 && heightPx > MIN_FACE_PX)) {
            return false;
        }
        Rotations.orthonormalise(axes);
        // The rows are now the face's axes in the picture; the rotation has them as columns.
        double middleX = (mesh[a] + mesh[b]) / 2.0;
        double middleY = (mesh[a + 1] + mesh[b + 1]) / 2.0;
        fit.ray(middleX, middleY, turned);
        Rotations.look(-turned[0], -turned[1], -turned[2], fit.sight);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                scratchB[3 * i + j] = axes[3 * j + i];
            }
        }
        Rotations.times(fit.sight, scratchB, fit.rotation);
        double pxPerCm = eyesPx / face.distanceCm(MetricFace.LEFT_EYE_OUTER, MetricFace.RIGHT_EYE_OUTER);
        double distanceCm = Math.max(MIN_DISTANCE_CM * 2, fit.focalPx / pxPerCm);
        for (int k = 0; k < 3; k++) {
            fit.shiftCm[k] = turned[k] * distanceCm;
        }
        Rotations.apply(
                fit.rotation, 0, face.yCm(MetricFace.LEFT_EYE_OUTER), face.zCm(MetricFace.LEFT_EYE_OUTER), turned);
        for (int k = 0; k < 3; k++) {
            fit.shiftCm[k] -= turned[k];
        }
        return true;
    }

    private boolean isPlausible(float[] mesh) {
        double sum = fit.distanceCm() + fit.rmsCm;
        for (double value : fit.rotation) {
            sum += value;
        }
        int rightEdge = 3 * MetricFace.RIGHT_EDGE;
        int leftEdge = 3 * MetricFace.LEFT_EDGE;
        double widthPx = Math.hypot(mesh[rightEdge] - mesh[leftEdge], mesh[rightEdge + 1] - mesh[leftEdge + 1]);
        return Double.isFinite(sum + widthPx) && fit.shiftCm[2] < 0 && fit.distanceCm() > MIN_DISTANCE_CM;
    }

    /** Fills the equations with the residuals at the present fit; all in centimetres at the head. */
    private void accumulate(float[] mesh) {
        equations.clear();
        double distance = fit.distanceCm();
        double scale = fit.focalPx / distance;
        double sightX = fit.shiftCm[0] / distance;
        double sightY = fit.shiftCm[1] / distance;
        double sightZ = fit.shiftCm[2] / distance;
        double weightSum = 0;
        double residualMean = 0;
        double squares = 0;
        Arrays.fill(depthMean, 0);
        for (int i = 0; i < weights.length; i++) {
            int point = face.rigidPoint(i);
            Rotations.apply(fit.rotation, face.xCm(point), face.yCm(point), face.zCm(point), turned);
            double rx = turned[0];
            double ry = turned[1];
            double rz = turned[2];
            double x = rx + fit.shiftCm[0];
            double y = ry + fit.shiftCm[1];
            double depth = -(rz + fit.shiftCm[2]);
            double offX = (mesh[3 * point] - fit.centreXPx) / scale - distance * x / depth;
            double offY = (mesh[3 * point + 1] - fit.centreYPx) / scale + distance * y / depth;
            double off2 = offX * offX + offY * offY;
            squares += off2;
            double weight = off2 <= HUBER_CM * HUBER_CM ? 1 : HUBER_CM / Math.sqrt(off2);
            double slope = distance / depth;
            row(rx, ry, rz, slope, 0, slope * x / depth);
            equations.add(row, offX, weight);
            row(rx, ry, rz, 0, -slope, -slope * y / depth);
            equations.add(row, offY, weight);
            row(rx, ry, rz, sightX, sightY, sightZ);
            weights[i] = weight;
            weightSum += weight;
            depthResiduals[i] = mesh[3 * point + 2] / scale - (sightX * rx + sightY * ry + sightZ * rz);
            residualMean += weight * depthResiduals[i];
            for (int k = 0; k < 3; k++) {
                depthRows[3 * i + k] = row[k];
                depthMean[k] += weight * row[k];
            }
        }
        fit.rmsCm = Math.sqrt(squares / weights.length);
        addDepths(weightSum, residualMean / weightSum);
    }

    /** The mesh's depths have no zero of their own, so only their differences from their mean count. */
    private void addDepths(double weightSum, double residualMean) {
        row[3] = 0;
        row[4] = 0;
        row[5] = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int k = 0; k < 3; k++) {
                row[k] = depthRows[3 * i + k] - depthMean[k] / weightSum;
            }
            equations.add(row, depthResiduals[i] - residualMean, DEPTH_WEIGHT * weights[i]);
        }
    }

    /** The change of g . (turned + shift) with a turn about the face's origin and with the shift. */
    private void row(double rx, double ry, double rz, double gx, double gy, double gz) {
        row[0] = ry * gz - rz * gy;
        row[1] = rz * gx - rx * gz;
        row[2] = rx * gy - ry * gx;
        row[3] = gx;
        row[4] = gy;
        row[5] = gz;
    }
}
