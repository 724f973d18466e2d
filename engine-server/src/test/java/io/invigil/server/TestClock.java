package io.invigil.server;

import io.invigil.server.live.ServerClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's clocks, which a test may set forward. */
final class TestClock implements ServerClock {
    private final AtomicLong aheadNs = new AtomicLong();
    private final AtomicLong wallAheadNs = new AtomicLong();

    void forward(Duration by) {
        aheadNs.addAndGet(by.toNanos());
    }

    /** The machine's date is set; its monotonic clock does not mind. */
    void setWall(Duration by) {
        wallAheadNs.addAndGet(by.toNanos());
    }

    @Override
    public long epochNs() {
        return ServerClock.system().epochNs() + aheadNs.get() + wallAheadNs.get();
    }

    @Override
    public long monotonicNs() {
        return System.nanoTime() + aheadNs.get();
    }
}
