package io.invigil.core.vision;

/** When one session's candidate was last looked at for an outline around the face; touched by the gaze step only. */
final class SpoofMemory {
    private static final long INTERVAL_NS = 1_000_000_000L;
    /** A frame that comes this share of an interval early still counts: frame times are rounded. */
    private static final double EARLY_SHARE = 0.05;

    private boolean looked;
    private long lastLookNs;

    /** Whether to look on the frame of this time. */
    boolean due(long nowNs) {
        return !looked || nowNs - lastLookNs >= INTERVAL_NS * (1 - EARLY_SHARE);
    }

    void looked(long nowNs) {
        looked = true;
        lastLookNs = nowNs;
    }
}
