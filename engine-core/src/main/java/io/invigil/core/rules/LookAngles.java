package io.invigil.core.rules;

/**
 * Where head and eyes point, in degrees in the picture's directions: yaw to the right, pitch up. Eye angles are in the head and
 * NaN when the eyes could not be read.
 */
record LookAngles(double headYawDeg, double headPitchDeg, double eyeYawDeg, double eyePitchDeg) {
    boolean hasEyes() {
        return !Double.isNaN(eyeYawDeg);
    }

    /** These angles less others; the eyes stay unread when they are in either. */
    LookAngles minus(LookAngles other) {
        return new LookAngles(
                headYawDeg - other.headYawDeg,
                headPitchDeg - other.headPitchDeg,
                eyeYawDeg - other.eyeYawDeg,
                eyePitchDeg - other.eyePitchDeg);
    }

    static LookAngles exchange(StateExchange state, LookAngles value) {
        if (!state.of(value != null)) {
            return null;
        }
        LookAngles now = value == null ? new LookAngles(0, 0, 0, 0) : value;
        return new LookAngles(
                state.of(now.headYawDeg),
                state.of(now.headPitchDeg),
                state.of(now.eyeYawDeg),
                state.of(now.eyePitchDeg));
    }
}
