package io.invigil.report.log;

import io.invigil.api.FrameCounts;
import java.util.Objects;

/**
 * What became of every frame of a recording.
 *
 * @param decoded frames the decoder gave
 * @param outOfOrder of these, frames whose time is not after the frame before
 * @param notSampled frames that were not due at the analysed rate, decoded or not
 * @param notDecoded of these, frames that were not even decoded, since no other frame depends on them
 * @param session what became of the rest, all of which were offered to the engine
 * @param damagedPackets pieces of the stream that are not whole, or of which the decoder could make nothing
 * @param damagedFrames of those decoded, frames that were damaged, as far as the decoder tells
 * @param timeRestarts how often the recording's time started again
 * @param untold results the engine gave up because they were taken too slowly; 0 unless something is wrong
 */
public record FrameAccounting(
        long decoded,
        long outOfOrder,
        long notSampled,
        long notDecoded,
        FrameCounts session,
        long damagedPackets,
        long damagedFrames,
        long timeRestarts,
        long untold) {
    /** Checks that the counts are there. */
    public FrameAccounting {
        Objects.requireNonNull(session, "session");
    }

    /** True when every frame is accounted for. */
    public boolean addsUp() {
        return decoded + notDecoded == outOfOrder + notSampled + session.offered() && session.addsUp();
    }
}
