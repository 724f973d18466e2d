package io.invigil.core.vision;

/**
 * The least of what was measured in the last ten seconds with a measurement, or up to twice as long: one odd picture at
 * the beginning says nothing about an hour later. For one thread at a time.
 */
final class RecentLeast {
    private static final long SPAN_NS = 10_000_000_000L;

    private final double none;
    private double before;
    private double now;
    private long sinceNs = AnswerMemory.NEVER;

    /**
     * Without a measurement.
     *
     * @param none what the value is then
     */
    RecentLeast(double none) {
        this.none = none;
        forget();
    }

    /** Takes a measurement; {@code nowNs} may go over. */
    void add(double value, long nowNs) {
        if (sinceNs == AnswerMemory.NEVER) {
            sinceNs = nowNs;
        } else if (nowNs - sinceNs >= SPAN_NS) {
            before = now;
            now = none;
            sinceNs = nowNs;
        }
        now = Math.min(now, value);
    }

    /** The least, or what there is without a measurement. */
    double value() {
        return Math.min(before, now);
    }

    void forget() {
        before = none;
        now = none;
        sinceNs = AnswerMemory.NEVER;
    }
}
