package io.invigil.server.live;

/** One session's media time: begins at the machine's time and then only goes forward, whatever the machine's time does. */
final class SessionClock {
    private static final long LEAST_STEP_NS = 1_000;
    private static final long AFTER_RESTART_NS = 1_000_000;

    private final ServerClock clock;
    private final long baseNs;
    private final long baseMonotonicNs;
    private long latestNs;

    private SessionClock(ServerClock clock, long baseNs, long latestNs) {
        this.clock = clock;
        this.baseNs = baseNs;
        this.baseMonotonicNs = clock.monotonicNs();
        this.latestNs = latestNs;
    }

    /** A new session's clock. */
    static SessionClock startingNow(ServerClock clock) {
        long now = clock.epochNs();
        return new SessionClock(clock, now, now);
    }

    /** The clock of a session that used this media time before the server started again. */
    static SessionClock goingOn(ServerClock clock, long latestNs) {
        return new SessionClock(clock, Math.max(clock.epochNs(), latestNs + AFTER_RESTART_NS), latestNs);
    }

    /** Media time now; never before a frame's. */
    synchronized long nowNs() {
        return Math.max(latestNs, baseNs + clock.monotonicNs() - baseMonotonicNs);
    }

    /** The time of a frame that arrives now: after every frame before. */
    synchronized long nextFrameNs() {
        latestNs = Math.max(latestNs + LEAST_STEP_NS, nowNs());
        return latestNs;
    }

    /** Takes a frame's own time; false when it is not after the frame before. */
    synchronized boolean advanceTo(long timestampNs) {
        if (timestampNs <= latestNs) {
            return false;
        }
        latestNs = timestampNs;
        return true;
    }
}
