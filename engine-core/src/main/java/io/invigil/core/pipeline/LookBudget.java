package io.invigil.core.pipeline;

import java.util.function.LongSupplier;

/**
 * What a lane may spend on looks for bodies and objects while frames wait: a share of the time that passes. A look takes as long
 * as several frames, and several looks in a row would hold all sessions up. Thread-safe.
 */
final class LookBudget {
    static final double SHARE = 0.25;

    /** The most that is saved up, and the most that is owed. */
    static final long MOST_NS = 100_000_000L;

    private final LongSupplier clockNs;
    private long atNs;
    private double leftNs;

    LookBudget(LongSupplier clockNs) {
        this.clockNs = clockNs;
        atNs = clockNs.getAsLong();
    }

    /** True when looks took more than their share. */
    synchronized boolean isSpent() {
        long nowNs = clockNs.getAsLong();
        leftNs = Math.min(MOST_NS, leftNs + SHARE * (nowNs - atNs));
        atNs = nowNs;
        return leftNs < 0;
    }

    /** Notes what was spent, whether frames waited or not. */
    synchronized void spend(long elapsedNs) {
        leftNs = Math.max(-MOST_NS, leftNs - elapsedNs);
    }
}
