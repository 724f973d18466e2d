package io.invigil.server.live;

import java.time.Duration;

/** When something last came for a session. Thread-safe. */
final class Activity {
    private final ServerClock clock;
    private volatile long atNs;

    /** Something came just now. */
    Activity(ServerClock clock) {
        this.clock = clock;
        this.atNs = clock.monotonicNs();
    }

    /** Something comes. */
    void note() {
        atNs = clock.monotonicNs();
    }

    /** On the monotonic clock. */
    long atNs() {
        return atNs;
    }

    /** For how long nothing came. */
    Duration quiet() {
        return Duration.ofNanos(clock.monotonicNs() - atNs);
    }
}
