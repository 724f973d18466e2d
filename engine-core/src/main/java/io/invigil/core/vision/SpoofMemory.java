package io.invigil.core.vision;

/** When one session's candidate was last looked at for an outline around the face; touched by the gaze step only. */
final class SpoofMemory {
    /** A frame that comes this share of an interval early still counts: frame times are rounded. */
    private static final double EARLY_SHARE = 0.05;

    private final long intervalNs;
    private boolean looked;
    private long lastLookNs;

    /** With a look once an interval, on every frame when 0. */
    SpoofMemory(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    /** Whether to look on the frame of this time. */
    boolean due(long nowNs) {
        return !looked || nowNs - lastLookNs >= intervalNs * (1 - EARLY_SHARE);
    }

    void looked(long nowNs) {
        looked = true;
        lastLookNs = nowNs;
    }
}
