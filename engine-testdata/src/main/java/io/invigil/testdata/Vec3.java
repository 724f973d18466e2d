package io.invigil.testdata;

/** A point or direction: x to the right edge of the picture, y up, z towards the viewer; centimetres unless said. */
record Vec3(double x, double y, double z) {
    Vec3 plus(Vec3 o) {
        return new Vec3(x + o.x, y + o.y, z + o.z);
    }

    Vec3 minus(Vec3 o) {
        return new Vec3(x - o.x, y - o.y, z - o.z);
    }

    Vec3 mix(Vec3 o, double share) {
        return new Vec3(x + (o.x - x) * share, y + (o.y - y) * share, z + (o.z - z) * share);
    }

    /** Direction with the given yaw and pitch of {@link PoseAngles}. */
    static Vec3 direction(double yawDeg, double pitchDeg) {
        double yaw = StrictMath.toRadians(yawDeg);
        double pitch = StrictMath.toRadians(pitchDeg);
        double level = StrictMath.cos(pitch);
        return new Vec3(StrictMath.sin(yaw) * level, StrictMath.sin(pitch), StrictMath.cos(yaw) * level);
    }

    double yawDeg() {
        return StrictMath.toDegrees(StrictMath.atan2(x, z));
    }

    double pitchDeg() {
        return StrictMath.toDegrees(StrictMath.atan2(y, StrictMath.sqrt(x * x + z * z)));
    }
}
