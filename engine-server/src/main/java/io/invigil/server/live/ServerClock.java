package io.invigil.server.live;

import java.time.Instant;

/** The times of this machine; replaced in tests. */
public interface ServerClock {
    /** Nanoseconds since 1970; may jump when the machine's time is set. */
    long epochNs();

    /** Nanoseconds of a clock that only goes forward, with any origin. */
    long monotonicNs();

    /** This machine's clocks. */
    static ServerClock system() {
        return new ServerClock() {
            @Override
            public long epochNs() {
                Instant now = Instant.now();
                return now.getEpochSecond() * 1_000_000_000L + now.getNano();
            }

            @Override
            public long monotonicNs() {
                return System.nanoTime();
            }
        };
    }
}
