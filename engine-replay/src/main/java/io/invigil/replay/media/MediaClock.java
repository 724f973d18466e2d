package io.invigil.replay.media;

/**
 * Turns the timestamps found in a stream into media time: nanoseconds from the first frame, strictly increasing. Streams
 * start anywhere, miss timestamps, repeat them, and jump back where a recorder was restarted. Not thread-safe.
 */
final class MediaClock {
    /** Stands for a frame without a timestamp. */
    static final long MISSING = Long.MIN_VALUE;

    /** Returned for a frame that lies before the one already given, which therefore cannot be placed. */
    static final long OUT_OF_ORDER = -1;

    /** A jump back by more than this starts a new stretch of time instead of losing every frame up to the old mark. */
    private static final long RESTART_NS = 1_000_000_000L;

    /** So many frames in a row that cannot be placed also start a new stretch. */
    private static final int RESTART_FRAMES = 8;

    private final long nominalFrameNs;
    private boolean started;
    private long originNs;
    private long lastNs;
    private long passedOverNs;
    private int unplaced;
    private long restarts;

    /** A clock that places frames without a usable timestamp this far after the frame before. */
    MediaClock(long nominalFrameNs) {
        this.nominalFrameNs = nominalFrameNs;
    }

    /** The media time of the next frame, or {@link #OUT_OF_ORDER}. */
    long place(long streamNs) {
        if (!started) {
            started = true;
            originNs = streamNs == MISSING ? 0 : streamNs;
            return lastNs = 0;
        }
        if (streamNs == MISSING) {
            return lastNs = Math.max(lastNs, passedOverNs) + nominalFrameNs;
        }
        long mediaNs = streamNs - originNs;
        if (mediaNs > lastNs) {
            unplaced = 0;
            return lastNs = mediaNs;
        }
        if (lastNs - mediaNs <= RESTART_NS && ++unplaced < RESTART_FRAMES) {
            return OUT_OF_ORDER;
        }
        unplaced = 0;
        restarts++;
        lastNs = Math.max(lastNs, passedOverNs) + nominalFrameNs;
        originNs = streamNs - lastNs;
        return lastNs;
    }

    /** Notes a frame at this media time that will never be placed, since it is not decoded; time goes on after it all the same. */
    void passOver(long mediaNs) {
        passedOverNs = Math.max(passedOverNs, mediaNs);
    }

    /** The stream's time at which media time is 0, as far as is known now. */
    long originNs() {
        return originNs;
    }

    /** How often the stream's time started again. */
    long restarts() {
        return restarts;
    }
}
