package io.invigil.core.vision;

/**
 * 3x3 rotations in row-major arrays that the caller owns, x right, y up, z towards the viewer. StrictMath keeps results the
 * same on every machine.
 */
final class Rotations {
    private static final double TINY = 1e-12;

    private Rotations() {}

    static void apply(double[] m, double x, double y, double z, double[] out) {
        out[0] = m[0] * x + m[1] * y + m[2] * z;
        out[1] = m[3] * x + m[4] * y + m[5] * z;
        out[2] = m[6] * x + m[7] * y + m[8] * z;
    }

    /** The inverse applied to a vector. */
    static void applyTransposed(double[] m, double x, double y, double z, double[] out) {
        out[0] = m[0] * x + m[3] * y + m[6] * z;
        out[1] = m[1] * x + m[4] * y + m[7] * z;
        out[2] = m[2] * x + m[5] * y + m[8] * z;
    }

    static void times(double[] a, double[] b, double[] out) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                out[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
            }
        }
    }

    static void transposeTimes(double[] a, double[] b, double[] out) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                out[3 * i + j] = a[i] * b[j] + a[3 + i] * b[3 + j] + a[6 + i] * b[6 + j];
            }
        }
    }

    /** Ry(yaw) Rx(-pitch) Rz(-roll). */
    static void of(double yawDeg, double pitchDeg, double rollDeg, double[] out) {
        double cy = StrictMath.cos(StrictMath.toRadians(yawDeg));
        double sy = StrictMath.sin(StrictMath.toRadians(yawDeg));
        double cp = StrictMath.cos(StrictMath.toRadians(pitchDeg));
        double sp = StrictMath.sin(StrictMath.toRadians(pitchDeg));
        double cr = StrictMath.cos(StrictMath.toRadians(rollDeg));
        double sr = StrictMath.sin(StrictMath.toRadians(rollDeg));
        out[0] = cy * cr + sy * sp * sr;
        out[1] = cy * sr - sy * sp * cr;
        out[2] = sy * cp;
        out[3] = -cp * sr;
        out[4] = cp * cr;
        out[5] = sp;
        out[6] = -sy * cr + cy * sp * sr;
        out[7] = -sy * sr - cy * sp * cr;
        out[8] = cy * cp;
    }

    static double yawDeg(double[] m) {
        return StrictMath.toDegrees(StrictMath.atan2(m[2], m[8]));
    }

    static double pitchDeg(double[] m) {
        return StrictMath.toDegrees(StrictMath.asin(Math.max(-1, Math.min(1, m[5]))));
    }

    static double rollDeg(double[] m) {
        return StrictMath.toDegrees(StrictMath.atan2(-m[3], m[4]));
    }

    /** The rotation, without roll, that turns the z axis to this direction of any length above 0. */
    static void look(double x, double y, double z, double[] out) {
        double flat = Math.sqrt(x * x + z * z);
        double length = Math.sqrt(flat * flat + y * y);
        double sy = flat > TINY ? x / flat : 0;
        double cy = flat > TINY ? z / flat : 1;
        double sp = y / length;
        double cp = flat / length;
        out[0] = cy;
        out[1] = -sy * sp;
        out[2] = sy * cp;
        out[3] = 0;
        out[4] = cp;
        out[5] = sp;
        out[6] = -sy;
        out[7] = -cy * sp;
        out[8] = cy * cp;
    }

    /** Turns m, from the left, by the rotation vector (x, y, z) in radians, and keeps it a rotation. */
    static void turn(double[] m, double x, double y, double z, double[] step, double[] scratch) {
        double angle = Math.sqrt(x * x + y * y + z * z);
        if (angle < TINY) {
            return;
        }
        double s = StrictMath.sin(angle) / angle;
        double half = StrictMath.sin(angle / 2) / angle;
        double c = 2 * half * half;
        step[0] = 1 - c * (y * y + z * z);
        step[1] = c * x * y - s * z;
        step[2] = c * x * z + s * y;
        step[3] = c * x * y + s * z;
        step[4] = 1 - c * (x * x + z * z);
        step[5] = c * y * z - s * x;
        step[6] = c * x * z - s * y;
        step[7] = c * y * z + s * x;
        step[8] = 1 - c * (x * x + y * y);
        times(step, m, scratch);
        System.arraycopy(scratch, 0, m, 0, 9);
        orthonormalise(m);
    }

    /** Gram-Schmidt on the rows; m must be close to a rotation. */
    static void orthonormalise(double[] m) {
        double n = 1 / Math.sqrt(m[0] * m[0] + m[1] * m[1] + m[2] * m[2]);
        m[0] *= n;
        m[1] *= n;
        m[2] *= n;
        double d = m[0] * m[3] + m[1] * m[4] + m[2] * m[5];
        m[3] -= d * m[0];
        m[4] -= d * m[1];
        m[5] -= d * m[2];
        n = 1 / Math.sqrt(m[3] * m[3] + m[4] * m[4] + m[5] * m[5]);
        m[3] *= n;
        m[4] *= n;
        m[5] *= n;
        m[6] = m[1] * m[5] - m[2] * m[4];
        m[7] = m[2] * m[3] - m[0] * m[5];
        m[8] = m[0] * m[4] - m[1] * m[3];
    }
}
