package io.invigil.core.pipeline;

/**
 * Notices frames that no camera takes: so many in a row less than a millisecond apart that their times are not in nanoseconds.
 * To the rules hours of such frames are a moment, in which nothing lasts long enough to be told.
 */
final class UnitDoubt {
    private static final int FRAMES = 30;
    private static final long NEAR_NS = 1_000_000L;

    private boolean any;
    private long lastNs;
    private int near;
    private boolean raised;

    /** Takes the next frame's time; true once, when there is no more doubt that the unit is another. */
    boolean isRaisedBy(long timestampNs) {
        long distanceNs = timestampNs - lastNs;
        boolean again = any && distanceNs == 0; // It found no room before.
        if (!again) {
            near = any && distanceNs > 0 && distanceNs < NEAR_NS ? near + 1 : 0;
        }
        any = true;
        lastNs = timestampNs;
        if (raised || near < FRAMES - 1) {
            return false;
        }
        raised = true;
        return true;
    }
}
