package io.invigil.core.vision;

import io.invigil.models.CanonicalFace;
import java.util.Random;

/**
 * A face mesh with irises as an exact camera would see it: the metric face, or one that differs from it, turned, placed and
 * projected. Written apart from the solver, with plain trigonometry.
 */
final class SyntheticFace {
    private static final double BEHIND_CORNERS_CM = 0.65;
    private static final double ABOVE_CORNERS_CM = 0.14;
    private static final double IRIS_ARM_CM = 0.85;

    final float[] mesh = new float[3 * CanonicalFace.VERTEX_COUNT];
    final float[] leftIris = new float[10];
    final float[] rightIris = new float[10];
    final int widthPx;
    final int heightPx;

    private final double[] shape;
    private double focalPx;
    private double[] turn;
    private double[] place;

    SyntheticFace(int widthPx, int heightPx) {
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        focalPx = Math.max(widthPx, heightPx) / (2 * Math.tan(Math.toRadians(31.5)));
        float[] vertices = CanonicalFace.bundled().vertices();
        shape = new double[vertices.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = vertices[i];
        }
    }

    /** Replaces the camera's focal length: another one than the engine assumes. */
    SyntheticFace focal(double px) {
        focalPx = px;
        return this;
    }

    /** Makes it another person: smooth deviations of this size from the average. */
    SyntheticFace deformed(Random random, double sizeCm) {
        for (int axis = 0; axis < 3; axis++) {
            for (int wave = 0; wave < 4; wave++) {
                double ax = random.nextGaussian() * 0.35;
                double ay = random.nextGaussian() * 0.35;
                double phase = random.nextDouble() * 2 * Math.PI;
                double size = random.nextGaussian() * sizeCm / Math.sqrt(2);
                for (int i = 0; i < CanonicalFace.VERTEX_COUNT; i++) {
                    // Left and right stay mirror images.
                    double side = axis == 0 ? Math.signum(shape[3 * i]) : 1;
                    shape[3 * i + axis] +=
                            side * size * Math.sin(ax * Math.abs(shape[3 * i]) + ay * shape[3 * i + 1] + phase);
                }
            }
        }
        return this;
    }

    /** Makes the face deeper or flatter than the average. */
    SyntheticFace deepened(double factor) {
        for (int i = 2; i < shape.length; i += 3) {
            shape[i] *= factor;
        }
        return this;
    }

    /** Turns it, angles against the line to the camera, and puts its origin at this place (y up). */
    SyntheticFace posed(double yawDeg, double pitchDeg, double rollDeg, double xCm, double yCm, double distanceCm) {
        place = new double[] {xCm, yCm, -Math.sqrt(distanceCm * distanceCm - xCm * xCm - yCm * yCm)};
        double sightYaw = Math.atan2(-place[0], -place[2]);
        double sightPitch = Math.asin(-place[1] / distanceCm);
        turn = product(
                product(aboutY(sightYaw), aboutX(-sightPitch)),
                product(
                        product(aboutY(Math.toRadians(yawDeg)), aboutX(Math.toRadians(-pitchDeg))),
                        aboutZ(Math.toRadians(-rollDeg))));
        double[] p = new double[3];
        for (int i = 0; i < CanonicalFace.VERTEX_COUNT; i++) {
            cameraPoint(shape[3 * i], shape[3 * i + 1], shape[3 * i + 2], p);
            double depth = (p[0] * place[0] + p[1] * place[1] + p[2] * place[2]) / distanceCm;
            mesh[3 * i] = (float) columnPx(p);
            mesh[3 * i + 1] = (float) rowPx(p);
            mesh[3 * i + 2] = (float) ((depth - distanceCm) * focalPx / distanceCm);
        }
        return looking(0, 0);
    }

    /** Turns both eyes in the head. */
    SyntheticFace looking(double yawDeg, double pitchDeg) {
        iris(33, 133, yawDeg, pitchDeg, leftIris);
        iris(263, 362, yawDeg, pitchDeg, rightIris);
        return this;
    }

    /** Turns one eye alone. */
    SyntheticFace leftLooking(double yawDeg, double pitchDeg) {
        iris(33, 133, yawDeg, pitchDeg, leftIris);
        return this;
    }

    /** Turns one eye alone. */
    SyntheticFace rightLooking(double yawDeg, double pitchDeg) {
        iris(263, 362, yawDeg, pitchDeg, rightIris);
        return this;
    }

    /** Moves the lids of both eyes to this share of the face's own opening. */
    SyntheticFace lids(double share) {
        int[] upper = {159, 158, 160, 386, 385, 387};
        int[] lower = {145, 153, 144, 374, 380, 373};
        for (int i = 0; i < upper.length; i++) {
            for (int k = 0; k < 2; k++) {
                float middle = (mesh[3 * upper[i] + k] + mesh[3 * lower[i] + k]) / 2;
                mesh[3 * upper[i] + k] = (float) (middle + share * (mesh[3 * upper[i] + k] - middle));
                mesh[3 * lower[i] + k] = (float) (middle + share * (mesh[3 * lower[i] + k] - middle));
            }
        }
        return this;
    }

    /** Adds independent noise to every mesh and iris coordinate. */
    SyntheticFace noisy(Random random, double sigmaPx) {
        for (float[] values : new float[][] {mesh, leftIris, rightIris}) {
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (random.nextGaussian() * sigmaPx);
            }
        }
        return this;
    }

    private void iris(int outer, int inner, double yawDeg, double pitchDeg, float[] out) {
        double yaw = Math.toRadians(yawDeg);
        double pitch = Math.toRadians(pitchDeg);
        double[] centre = new double[3];
        for (int k = 0; k < 3; k++) {
            centre[k] = (shape[3 * outer + k] + shape[3 * inner + k]) / 2;
        }
        double[] p = new double[3];
        cameraPoint(
                centre[0] + IRIS_ARM_CM * Math.sin(yaw) * Math.cos(pitch),
                centre[1] + ABOVE_CORNERS_CM + IRIS_ARM_CM * Math.sin(pitch),
                centre[2] - BEHIND_CORNERS_CM + IRIS_ARM_CM * Math.cos(yaw) * Math.cos(pitch),
                p);
        for (int i = 0; i < 5; i++) {
            out[2 * i] = (float) columnPx(p);
            out[2 * i + 1] = (float) rowPx(p);
        }
    }

    private void cameraPoint(double x, double y, double z, double[] out) {
        for (int k = 0; k < 3; k++) {
            out[k] = turn[3 * k] * x + turn[3 * k + 1] * y + turn[3 * k + 2] * z + place[k];
        }
    }

    private double columnPx(double[] p) {
        return widthPx / 2.0 + focalPx * p[0] / -p[2];
    }

    private double rowPx(double[] p) {
        return heightPx / 2.0 - focalPx * p[1] / -p[2];
    }

    private static double[] aboutX(double a) {
        return new double[] {1, 0, 0, 0, Math.cos(a), -Math.sin(a), 0, Math.sin(a), Math.cos(a)};
    }

    private static double[] aboutY(double a) {
        return new double[] {Math.cos(a), 0, Math.sin(a), 0, 1, 0, -Math.sin(a), 0, Math.cos(a)};
    }

    private static double[] aboutZ(double a) {
        return new double[] {Math.cos(a), -Math.sin(a), 0, Math.sin(a), Math.cos(a), 0, 0, 0, 1};
    }

    private static double[] product(double[] a, double[] b) {
        double[] out = new double[9];
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                out[i] += a[i / 3 * 3 + k] * b[3 * k + i % 3];
            }
        }
        return out;
    }
}
