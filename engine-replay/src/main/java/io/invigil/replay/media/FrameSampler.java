package io.invigil.replay.media;

/**
 * Chooses the frames to analyse by media time: for each k, the first frame at or after k / fps, and never one frame twice.
 * The choice depends on the timestamps alone, so every run makes the same one. Not thread-safe.
 */
public final class FrameSampler {
    /** Frames this close before a due time count as on time: container clocks round. */
    private static final long TOLERANCE_NS = 1_000;

    private final double fps;
    private long lastSlot = -1;

    /**
     * A sampler.
     *
     * @param fps frames a second of media time; 0 for every frame
     */
    public FrameSampler(double fps) {
        if (!(fps >= 0) || Double.isInfinite(fps)) {
            throw new IllegalArgumentException("fps is " + fps + ", must be 0 or more");
        }
        this.fps = fps;
    }

    /** True when the frame at this media time is due; timestamps must not decrease from call to call. */
    public boolean isDue(long timestampNs) {
        if (fps == 0) {
            return true;
        }
        long slot = slotOf(timestampNs);
        if (slot <= lastSlot) {
            return false;
        }
        lastSlot = slot;
        return true;
    }

    /** The slot a media time falls into; of each slot the first frame is due. */
    long slotOf(long timestampNs) {
        return (long) Math.floor((timestampNs + TOLERANCE_NS) * fps / 1e9);
    }
}
