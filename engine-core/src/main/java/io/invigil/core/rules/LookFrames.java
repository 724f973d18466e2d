package io.invigil.core.rules;

import io.invigil.api.LookAwayLimits;

/**
 * What the single frames of a window say, whose medians lag behind by half its length: when the present answer set in, and
 * whether it is over already. For one thread at a time.
 */
final class LookFrames {
    /** Frames further apart than this are not neighbours: what lies between is not known. */
    private static final long NEIGHBOUR_NS = 1_200_000_000L;

    private final LookGeometry geometry;
    private final double line;
    private final LookAngles delta = new LookAngles();

    /**
     * Frames are told apart at one line.
     *
     * @param line share of the limits from which on a frame is one of looking away
     */
    LookFrames(LookAwayLimits limits, double line) {
        this.geometry = new LookGeometry(limits);
        this.line = line;
    }

    /** Whether the newest frame on which it can be told is one of looking at the screen. */
    boolean isBack(LookWindow window, Calibration calibration, LookAngles neutral) {
        for (int i = window.size - 1; i >= 0; i--) {
            if (isAway(window.angles[i], calibration, neutral)) {
                return false;
            }
            if (delta.hasEyes() || !neutral.hasEyes()) {
                return true;
            }
        }
        return false;
    }

    /**
     * When looking away, or not, set in: half-way to the frame before, if that one is a neighbour and says otherwise.
     *
     * @return the media time, or {@link Finding#NOT_KNOWN} where the newest frame alone says so
     */
    long since(LookWindow window, Calibration calibration, LookAngles neutral, boolean wantAway) {
        int newest = window.size - 1;
        int first = newest;
        for (int i = newest; i >= 0; i--) {
            boolean away = isAway(window.angles[i], calibration, neutral);
            if (neutral.hasEyes() && !delta.hasEyes() && i < newest) {
                continue;
            }
            if (away == wantAway) {
                first = i;
            } else {
                int agrees = Math.min(newest, i + 1);
                long beforeNs = window.timesNs[i];
                long stepNs = window.timesNs[agrees] - beforeNs;
                return stepNs <= NEIGHBOUR_NS ? beforeNs + stepNs / 2 : window.timesNs[agrees];
            }
        }
        return first == newest ? Finding.NOT_KNOWN : window.timesNs[first];
    }

    private boolean isAway(LookAngles frame, Calibration calibration, LookAngles neutral) {
        delta.setDifference(frame, neutral);
        return geometry.judge(delta, calibration.spanYawDeg, calibration.spanPitchDeg)
                        .share()
                >= line;
    }
}
