package io.invigil.api;

/**
 * The host shows the candidate a point to look at. What head and eyes do while it is shown gives the candidate's neutral
 * against the camera; points on both sides also give how far their eyes are seen to move for a known distance on the screen.
 * A point speaks of the candidate looking there: announce it when it is shown, and only if the candidate was asked to look.
 *
 * @param timestampNs media time from which the point is shown
 * @param untilNs media time up to which it is shown, 0.8 to 30 s after the beginning
 * @param xShare where it is across the screen, 0 at its left edge as the candidate sees it, 1 at the right
 * @param yShare where it is down the screen, 0 at the top, 1 at the bottom
 */
public record CalibrationTarget(long timestampNs, long untilNs, double xShare, double yShare) implements SessionSignal {
    private static final long LEAST_NS = 800_000_000L;
    private static final long MOST_NS = 30_000_000_000L;

    /** Checks the ranges. */
    public CalibrationTarget {
        Ranges.check("xShare", xShare, 0.0, 1.0);
        Ranges.check("yShare", yShare, 0.0, 1.0);
        long shownNs = untilNs - timestampNs;
        if (untilNs <= timestampNs || shownNs < LEAST_NS || shownNs > MOST_NS) {
            throw EngineException.outOfRange(
                    "untilNs", untilNs, LEAST_NS + " to " + MOST_NS + " ns after timestampNs, which is " + timestampNs);
        }
    }
}
