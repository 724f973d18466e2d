package io.invigil.core.rules;

import java.util.Arrays;

/**
 * The last few ticks of a detector that runs on a cadence of its own, and what their median says. Between ticks the answer is
 * carried on; after a while without a tick there is none. Onset and end lie half-way between the ticks that disagree.
 */
final class TickWindow {
    private static final int KEPT = 6;
    private static final long NEVER = Long.MIN_VALUE;

    private final int medianOf;
    private final int least;
    private final double enterAt;
    private final double exitAt;
    private final double[] sorted = new double[KEPT];
    private final Finding off = Finding.off();

    final long[] timesNs = new long[KEPT];
    final double[] values = new double[KEPT];
    int size;
    boolean on;
    long sinceNs = NEVER;

    /**
     * The answer turns ON at a median of {@code enterAt} and OFF below {@code exitAt}.
     *
     * @param medianOf how many of the last ticks the median is taken of, at most 5
     * @param least how many ticks there must be before the answer may turn ON
     */
    TickWindow(int medianOf, int least, double enterAt, double exitAt) {
        this.medianOf = medianOf;
        this.least = least;
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
        if (!on && size >= least && median >= enterAt) {
            on = true;
            sinceNs = firstOf(enterAt, true);
        } else if (on && median < exitAt) {
            on = false;
            sinceNs = firstOf(exitAt, false);
        }
    }

    /** Median of the last ticks, the lower one of an even number; 0 without ticks. */
    double median() {
        int count = Math.min(size, medianOf);
        if (count == 0) {
            return 0;
        }
        System.arraycopy(values, size - count, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        return sorted[(count - 1) / 2];
    }

    /** How many ticks in a row, up to the last, are at or above a limit. */
    int runOf(double limit) {
        int run = 0;
        while (run < size && values[size - 1 - run] >= limit) {
            run++;
        }
        return run;
    }

    /** When the ticks began to say what they say now: the first such tick among those the median looks at. */
    private long firstOf(double limit, boolean above) {
        int i = Math.max(0, size - medianOf);
        while (i < size - 1 && values[i] >= limit != above) {
            i++;
        }
        return i == 0 || values[i - 1] >= limit == above
                ? timesNs[i]
                : timesNs[i - 1] + (timesNs[i] - timesNs[i - 1]) / 2;
    }

    /** Ticks say too little so far. */
    boolean isUndecided() {
        return size < least;
    }

    boolean isOn() {
        return on;
    }

    /** Since when the answer stands, {@link Finding#NOT_KNOWN} when it never changed. */
    long sinceNs() {
        return sinceNs;
    }

    /** OFF, since when the ticks say so; good until the next call. */
    Finding off() {
        return off.butSince(sinceNs);
    }

    /** Forgets all ticks: what they said is too old. */
    void clear() {
        size = 0;
        on = false;
        sinceNs = NEVER;
    }

    void exchange(StateExchange state) {
        state.all(timesNs);
        state.all(values);
        size = state.count(size, KEPT);
        on = state.of(on);
        sinceNs = state.of(sinceNs);
    }
}
