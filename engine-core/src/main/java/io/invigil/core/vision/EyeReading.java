package io.invigil.core.vision;

import io.invigil.api.Doubt;
import io.invigil.api.Reading;

/**
 * What could be read from a pair of eyes, filled anew for each frame; angles are those of {@link io.invigil.api.Gaze}, unrounded.
 * Not thread-safe.
 */
final class EyeReading {
    private Reading reading = Reading.cannotTell(Doubt.NOT_EVALUATED);
    private double openness;
    private double eyeYawDeg;
    private double eyePitchDeg;
    private double yawDeg;
    private double pitchDeg;

    /** The eyes cannot be read: too small, rotated, or occluded (lids closed). */
    void unreadable(Doubt doubt, double newOpenness) {
        reading = Reading.cannotTell(doubt);
        openness = newOpenness;
    }

    /** Takes a gaze back: the eyes can hardly be seen. */
    void refuse(Doubt doubt) {
        unreadable(doubt, openness);
    }

    void read(
            double confidence,
            double newEyeYawDeg,
            double newEyePitchDeg,
            double newYawDeg,
            double newPitchDeg,
            double newOpenness) {
        reading = Reading.present(confidence);
        openness = newOpenness;
        eyeYawDeg = newEyeYawDeg;
        eyePitchDeg = newEyePitchDeg;
        yawDeg = newYawDeg;
        pitchDeg = newPitchDeg;
    }

    /** True when there is a gaze; the angles mean something only then. */
    boolean isRead() {
        return reading.isPresent();
    }

    /** PRESENT with a confidence, or CANNOT_TELL with the reason. */
    Reading reading() {
        return reading;
    }

    /** Lid opening over eye width, mean of the eyes in view; 0 when it could not be measured. */
    double openness() {
        return openness;
    }

    double eyeYawDeg() {
        return eyeYawDeg;
    }

    double eyePitchDeg() {
        return eyePitchDeg;
    }

    double yawDeg() {
        return yawDeg;
    }

    double pitchDeg() {
        return pitchDeg;
    }
}
