package io.invigil.testdata;

/**
 * A 3x3 rotation, row major; x to the right edge of the picture, y up, z towards the viewer. Immutable. StrictMath
 * keeps every platform at the same bits.
 */
final class Rotation {
    private final double[] m;

    Rotation(double... rowMajor) {
        if (rowMajor.length != 9) {
            throw new IllegalArgumentException("rotation needs 9 numbers, got " + rowMajor.length);
        }
        m = rowMajor.clone();
    }

    static Rotation of(PoseAngles angles) {
        return about(1, angles.yawDeg()).times(about(0, -angles.pitchDeg())).times(about(2, -angles.rollDeg()));
    }

    private static Rotation about(int axis, double degrees) {
        double c = StrictMath.cos(StrictMath.toRadians(degrees));
        double s = StrictMath.sin(StrictMath.toRadians(degrees));
        return switch (axis) {
            case 0 -> new Rotation(1, 0, 0, 0, c, -s, 0, s, c);
            case 1 -> new Rotation(c, 0, s, 0, 1, 0, -s, 0, c);
            default -> new Rotation(c, -s, 0, s, c, 0, 0, 0, 1);
        };
    }

    Rotation times(Rotation o) {
        double[] r = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                r[3 * i + j] = m[3 * i] * o.m[j] + m[3 * i + 1] * o.m[3 + j] + m[3 * i + 2] * o.m[6 + j];
            }
        }
        return new Rotation(r);
    }

    Rotation inverse() {
        return new Rotation(m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]);
    }

    Vec3 apply(Vec3 v) {
        return new Vec3(
                m[0] * v.x() + m[1] * v.y() + m[2] * v.z(),
                m[3] * v.x() + m[4] * v.y() + m[5] * v.z(),
                m[6] * v.x() + m[7] * v.y() + m[8] * v.z());
    }

    /** The angles this rotation was, or could have been, made of; pitch within -90..90 degrees. */
    PoseAngles angles() {
        double yaw = StrictMath.toDegrees(StrictMath.atan2(m[2], m[8]));
        double pitch = StrictMath.toDegrees(StrictMath.asin(Math.max(-1, Math.min(1, m[5]))));
        double roll = StrictMath.toDegrees(StrictMath.atan2(-m[3], m[4]));
        return new PoseAngles(yaw, pitch, roll);
    }
}
