package io.invigil.core.rules;

/**
 * The last few ticks of a detector that runs on a cadence of its own, and what their median says. Between ticks the answer is
 * carried on; after a while without a tick there is none. Onset and end lie half-way between the ticks that disagree.
 */
final class TickWindow {
    private static final int MEDIAN_OF = 3;
    private static final int KEPT = 4;
    private static final long NEVER = Long.MIN_VALUE;

    private final double enterAt;
    private final double exitAt;

    final long[] timesNs = new long[KEPT];
    final double[] values = new double[KEPT];
    int size;
    boolean on;
    long sinceNs = NEVER;

    /** The answer turns ON at a median of {@code enterAt} and OFF below {@code exitAt}. */
    TickWindow(double enterAt, double exitAt) {
        this.enterAt = enterAt;
        this.exitAt = exitAt;
    }

    /** Takes a tick. */
    void add(long timestampNs, double value) {
        if (size == KEPT) {
            System.arraycopy(timesNs, 1, timesNs, 0, KEPT - 1);
            System.arraycopy(values, 1, values, 0, KEPT - 1);
            size--;
        }
        timesNs[size] = timestampNs;
        values[size] = value;
        size++;
        double median = median();
        if (!on && size >= 2 && median >= enterAt) {
            on = true;
            sinceNs = firstOf(enterAt, true);
        } else if (on && median < exitAt) {
            on = false;
            sinceNs = firstOf(exitAt, false);
        }
    }

    /** Median of the last three ticks, the lower of two; the value of a lone one. 0 without ticks. */
    double median() {
        if (size == 0) {
            return 0;
        }
        double last = values[size - 1];
        if (size == 1) {
            return last;
        }
        double before = values[size - 2];
        if (size < MEDIAN_OF) {
            return Math.min(last, before);
        }
        double first = values[size - 3];
        return Math.max(Math.min(last, before), Math.min(Math.max(last, before), first));
    }

    /** When the ticks began to say what they say now: the first such tick among those the median looks at. */
    private long firstOf(double limit, boolean above) {
        int i = Math.max(0, size - MEDIAN_OF);
        while (i < size - 1 && values[i] >= limit != above) {
            i++;
        }
        return i == 0 || values[i - 1] >= limit == above
                ? timesNs[i]
                : timesNs[i - 1] + (timesNs[i] - timesNs[i - 1]) / 2;
    }

    /** Ticks say too little so far. */
    boolean isUndecided() {
        return size < 2;
    }

    boolean isOn() {
        return on;
    }

    /** Since when the answer stands, {@link Finding#NOT_KNOWN} when it never changed. */
    long sinceNs() {
        return sinceNs;
    }

    /** Time of the last tick; {@link Long#MIN_VALUE} without one. */
    long lastNs() {
        return size == 0 ? NEVER : timesNs[size - 1];
    }

    /** Forgets all ticks: what they said is too old. */
    void clear() {
        size = 0;
        on = false;
        sinceNs = NEVER;
    }
}
