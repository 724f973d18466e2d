package io.invigil.core.rules;

import io.invigil.core.sight.FaceSight;

/**
 * Where head and eyes point, in degrees in the picture's directions: yaw to the right, pitch up. Eye angles are in the head and
 * NaN when the eyes could not be read. Filled anew from frame to frame: whoever keeps some keeps a {@link #copy}.
 */
final class LookAngles {
    private double headYawDeg;
    private double headPitchDeg;
    private double eyeYawDeg = Double.NaN;
    private double eyePitchDeg = Double.NaN;

    /** A head that faces the camera, its eyes unread. */
    LookAngles() {}

    LookAngles(double headYawDeg, double headPitchDeg, double eyeYawDeg, double eyePitchDeg) {
        set(headYawDeg, headPitchDeg, eyeYawDeg, eyePitchDeg);
    }

    void set(double newHeadYawDeg, double newHeadPitchDeg, double newEyeYawDeg, double newEyePitchDeg) {
        headYawDeg = newHeadYawDeg;
        headPitchDeg = newHeadPitchDeg;
        eyeYawDeg = newEyeYawDeg;
        eyePitchDeg = newEyePitchDeg;
    }

    void set(LookAngles other) {
        set(other.headYawDeg, other.headPitchDeg, other.eyeYawDeg, other.eyePitchDeg);
    }

    /** Takes a head alone. */
    void setHead(double yawDeg, double pitchDeg) {
        set(yawDeg, pitchDeg, Double.NaN, Double.NaN);
    }

    /** Takes head and eyes of a face that has a pose and a gaze. */
    void set(FaceSight face) {
        set(face.headYawDeg(), face.headPitchDeg(), face.eyeYawDeg(), face.eyePitchDeg());
    }

    /** Takes angles less others; the eyes stay unread when they are in either. */
    void setDifference(LookAngles of, LookAngles less) {
        set(
                of.headYawDeg - less.headYawDeg,
                of.headPitchDeg - less.headPitchDeg,
                of.eyeYawDeg - less.eyeYawDeg,
                of.eyePitchDeg - less.eyePitchDeg);
    }

    LookAngles copy() {
        return new LookAngles(headYawDeg, headPitchDeg, eyeYawDeg, eyePitchDeg);
    }

    boolean hasEyes() {
        return !Double.isNaN(eyeYawDeg);
    }

    double headYawDeg() {
        return headYawDeg;
    }

    double headPitchDeg() {
        return headPitchDeg;
    }

    double eyeYawDeg() {
        return eyeYawDeg;
    }

    double eyePitchDeg() {
        return eyePitchDeg;
    }

    /** The angle of a number: head yaw, head pitch, eye yaw, eye pitch. */
    double angleDeg(int which) {
        return switch (which) {
            case 0 -> headYawDeg;
            case 1 -> headPitchDeg;
            case 2 -> eyeYawDeg;
            default -> eyePitchDeg;
        };
    }

    /** So many, to be filled. */
    static LookAngles[] array(int length) {
        LookAngles[] angles = new LookAngles[length];
        for (int i = 0; i < length; i++) {
            angles[i] = new LookAngles();
        }
        return angles;
    }

    /** Moves the first {@code kept} beyond some that are dropped to the front; those dropped are behind them, to be filled anew. */
    static void drop(LookAngles[] angles, int dropped, int kept) {
        for (int i = 0; i < kept && dropped > 0; i++) {
            LookAngles moved = angles[i + dropped];
            angles[i + dropped] = angles[i];
            angles[i] = moved;
        }
    }

    /** Hands angles out or takes others in; null for angles that are not there. */
    static LookAngles exchange(StateExchange state, LookAngles value) {
        if (!state.of(value != null)) {
            return null;
        }
        LookAngles now = value == null ? new LookAngles() : value;
        now.set(
                state.of(now.headYawDeg),
                state.of(now.headPitchDeg),
                state.of(now.eyeYawDeg),
                state.of(now.eyePitchDeg));
        return now;
    }
}
