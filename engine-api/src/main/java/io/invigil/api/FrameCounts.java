package io.invigil.api;

/**
 * What became of the frames offered. {@code offered} always equals the sum of all others; once nothing is in flight it
 * equals the sum without {@code inFlight}.
 *
 * @param offered frames offered while the session was open
 * @param analysed frames with an observation
 * @param sampledOut frames that were not due
 * @param superseded frames given up for a newer one before their turn
 * @param rejected frames refused at the entrance: out of order, malformed or no room in time
 * @param failed frames that entered and failed: undecodable, or a stage threw
 * @param inFlight frames waiting or being worked on
 */
public record FrameCounts(
        long offered, long analysed, long sampledOut, long superseded, long rejected, long failed, long inFlight) {
    /** No frames. */
    public static final FrameCounts ZERO = new FrameCounts(0, 0, 0, 0, 0, 0, 0);

    /** True when every offered frame is accounted for. */
    public boolean addsUp() {
        return offered == analysed + sampledOut + superseded + rejected + failed + inFlight;
    }

    /** The sum of two counts. */
    public FrameCounts plus(FrameCounts other) {
        return new FrameCounts(
                offered + other.offered,
                analysed + other.analysed,
                sampledOut + other.sampledOut,
                superseded + other.superseded,
                rejected + other.rejected,
                failed + other.failed,
                inFlight + other.inFlight);
    }
}
