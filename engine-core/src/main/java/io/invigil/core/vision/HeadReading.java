package io.invigil.core.vision;

/**
 * The pose of a head as fitted to its mesh, filled anew for each frame; angles, distance and error are those of
 * {@link io.invigil.api.HeadPose}, unrounded. Not thread-safe.
 */
final class HeadReading {
    private boolean found;
    private double yawDeg;
    private double pitchDeg;
    private double rollDeg;
    private double distanceCm;
    private double fitErrorPx;

    /** Nothing is known of the head. */
    void clear() {
        found = false;
    }

    void set(double newYawDeg, double newPitchDeg, double newRollDeg, double newDistanceCm, double newFitErrorPx) {
        found = true;
        yawDeg = newYawDeg;
        pitchDeg = newPitchDeg;
        rollDeg = newRollDeg;
        distanceCm = newDistanceCm;
        fitErrorPx = newFitErrorPx;
    }

    /** True when there is a pose; the numbers mean something only then. */
    boolean isFound() {
        return found;
    }

    double yawDeg() {
        return yawDeg;
    }

    double pitchDeg() {
        return pitchDeg;
    }

    double rollDeg() {
        return rollDeg;
    }

    double distanceCm() {
        return distanceCm;
    }

    double fitErrorPx() {
        return fitErrorPx;
    }
}
