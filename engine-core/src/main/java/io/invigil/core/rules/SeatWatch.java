package io.invigil.core.rules;

import io.invigil.core.sight.Sight;

/**
 * Whether the face in the candidate's seat is still the one of the frame before: followed under one number, never lost sight of
 * for long, without a cut. Looks at a face are only worth pooling while that holds.
 */
final class SeatWatch {
    /** A face that was missing on a frame and for this long may come back as another's. */
    static final long GONE_NS = 1_000_000_000L;
    /** Frames this far apart leave it open whose face it is, whatever they show. */
    static final long GAP_NS = 4_000_000_000L;

    private static final int NOBODY = -1;
    private static final long NEVER = Long.MIN_VALUE;

    private int trackId = NOBODY;
    private long lastFaceNs = NEVER;
    private boolean missing;

    /** Takes note of a frame without a face to be seen. */
    void missed() {
        missing = true;
    }

    /** Takes note of a frame with a face; true when it may be another's than before. */
    boolean changed(Moment now, Sight seen) {
        long nowNs = seen.timestampNs();
        int candidate = seen.faces().get(0).trackId();
        boolean first = lastFaceNs == NEVER;
        long agoNs = first ? 0 : nowNs - lastFaceNs;
        boolean changed = first
                || now.afterGap()
                || candidate != trackId
                || seen.quality().sceneCut()
                || missing && agoNs > GONE_NS
                || agoNs > GAP_NS;
        trackId = candidate;
        lastFaceNs = nowNs;
        missing = false;
        return changed;
    }

    void exchange(StateExchange state) {
        trackId = state.of(trackId);
        lastFaceNs = state.of(lastFaceNs);
        missing = state.of(missing);
    }
}
