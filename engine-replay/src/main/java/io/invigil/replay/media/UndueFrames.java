package io.invigil.replay.media;

import java.util.TreeMap;

/**
 * Knows before decoding which frames a {@link FrameSampler} will surely leave out: those that are not the first of their slot.
 * In a stream whose times are out of the ordinary none is sure. Not thread-safe.
 */
final class UndueFrames {
    /** Pictures are stored at most so far from their turn; a time further back is a recorder that started again. */
    private static final long MOST_REORDERED_NS = 1_000_000_000L;

    private static final int SLOTS_KEPT = 64;

    private final FrameSampler sampler;
    private final TreeMap<Long, Long> firstOfSlot = new TreeMap<>();
    private long newestNs = Long.MIN_VALUE;
    private long newestStoredNs = Long.MIN_VALUE;
    private boolean regular;

    UndueFrames(double fps) {
        sampler = new FrameSampler(fps);
        regular = fps > 0;
    }

    /** Nothing is sure any more, from here to the end. */
    void giveUp() {
        regular = false;
    }

    /**
     * Notes a frame in the order of storage.
     *
     * @param mediaNs its time from the first frame of the stream, or {@link MediaClock#MISSING}
     * @param storedNs when decoding it is due, which goes up from frame to frame; {@link MediaClock#MISSING} where that is not stated
     * @param key whether decoding can begin with it: what is stored before it is shown before it, unless a recorder
     *     started again
     * @return true when a frame noted before is in its slot and earlier
     */
    boolean isUndue(long mediaNs, long storedNs, boolean key) {
        if (!regular) {
            return false;
        }
        boolean startedAgain = newestNs != Long.MIN_VALUE
                && (newestNs - mediaNs > MOST_REORDERED_NS
                        || key && mediaNs <= newestNs
                        || storedNs != MediaClock.MISSING && storedNs <= newestStoredNs);
        if (mediaNs == MediaClock.MISSING || startedAgain) {
            giveUp();
            return false;
        }
        newestNs = Math.max(newestNs, mediaNs);
        newestStoredNs = Math.max(newestStoredNs, storedNs);
        long slot = sampler.slotOf(mediaNs);
        Long first = firstOfSlot.get(slot);
        if (first != null && first < mediaNs) {
            return true;
        }
        firstOfSlot.put(slot, mediaNs);
        if (firstOfSlot.size() > SLOTS_KEPT) {
            firstOfSlot.pollFirstEntry();
        }
        return false;
    }
}
