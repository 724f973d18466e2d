package io.invigil.wire;

import io.invigil.api.FrameCounts;

/** What became of a session's frames; {@code offered} is the sum of the others. */
public record FramesView(
        long offered, long analysed, long sampledOut, long superseded, long rejected, long failed, long inFlight) {
    /** The view of counts. */
    public static FramesView of(FrameCounts counts) {
        return new FramesView(
                counts.offered(),
                counts.analysed(),
                counts.sampledOut(),
                counts.superseded(),
                counts.rejected(),
                counts.failed(),
                counts.inFlight());
    }
}
