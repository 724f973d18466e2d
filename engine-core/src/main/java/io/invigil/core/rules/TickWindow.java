package io.invigil.core.rules;

import java.util.Arrays;

/**
 * The last few ticks of a detector that runs on a cadence of its own, and what their median says. Between ticks the answer is
 * carried on; after a while without a tick there is none. Onset and end lie half-way between the ticks that disagree, unless it is
 * known better when between them it turned.
 */
final class TickWindow {
    /** Of five ticks no more may have missed what three see. */
    private static final int MOST_MISSED = 2;

    private static final long NEVER = Long.MIN_VALUE;

    private final int medianOf;
    private final int least;
    private final double enterAt;
    private final double exitAt;
    /** One more than the median is taken of. */
    private final int kept;

    private final double[] sorted;
    private final Finding off = Finding.off();

    final long[] timesNs;
    final double[] values;
    /** When it turned, if it did between this tick and the one before; {@link Finding#NOT_KNOWN} for half-way. */
    final long[] turnsNs;

    int size;
    boolean on;
    long sinceNs = NEVER;
    long countedSinceNs = NEVER;

    /**
     * The answer turns ON at a median of {@code enterAt} and OFF below {@code exitAt}.
     *
     * @param medianOf how many of the last ticks the median is taken of, at least 1
     * @param least how many ticks there must be before the answer may turn ON
     */
    TickWindow(int medianOf, int least, double enterAt, double exitAt) {
        this.medianOf = medianOf;
        this.least = least;
        this.enterAt = enterAt;
        this.exitAt = exitAt;
        kept = medianOf + 1;
        sorted = new double[kept];
        timesNs = new long[kept];
        values = new double[kept];
        turnsNs = new long[kept];
    }

    /** Takes a tick. */
    void add(long timestampNs, double value) {
        add(timestampNs, value, Finding.NOT_KNOWN);
    }

    /**
     * Takes a tick.
     *
     * @param turnedNs when between the tick before and this one it turned, if it did; {@link Finding#NOT_KNOWN} for half-way
     */
    void add(long timestampNs, double value, long turnedNs) {
        if (size == kept) {
            System.arraycopy(timesNs, 1, timesNs, 0, kept - 1);
            System.arraycopy(values, 1, values, 0, kept - 1);
            System.arraycopy(turnsNs, 1, turnsNs, 0, kept - 1);
            size--;
        }
        timesNs[size] = timestampNs;
        values[size] = value;
        turnsNs[size] = turnedNs;
        size++;
        double median = median();
        if (!on && size >= least && median >= enterAt) {
            on = true;
            turnOn();
        } else if (on && median < exitAt) {
            on = false;
            turnOff();
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

    /**
     * It set in with the first tick that said so among those the median looks at, or shortly before; a tick with several before it
     * that did not is a slip of long ago.
     */
    private void turnOn() {
        int first = size - 1;
        int missed = 0;
        for (int i = size - 1; i >= Math.max(0, size - medianOf) && missed <= MOST_MISSED; i--) {
            if (values[i] >= enterAt) {
                first = i;
            } else {
                missed++;
            }
        }
        begin(first, first == 0 || values[first - 1] >= enterAt);
    }

    /** It ended after the last tick that said so: one that missed it before is no end. */
    private void turnOff() {
        int i = size - 1;
        while (i > 0 && values[i - 1] < exitAt) {
            i--;
        }
        begin(i, i == 0);
    }

    private void begin(int i, boolean withTick) {
        if (withTick) {
            countedSinceNs = timesNs[i];
            sinceNs = timesNs[i];
            return;
        }
        countedSinceNs = timesNs[i - 1] + (timesNs[i] - timesNs[i - 1]) / 2;
        sinceNs = turnsNs[i] == Finding.NOT_KNOWN ? countedSinceNs : turnsNs[i];
    }

    /** The time of the last tick, {@link Finding#NOT_KNOWN} without one. */
    long lastNs() {
        return size == 0 ? Finding.NOT_KNOWN : timesNs[size - 1];
    }

    /** When it turned before the last tick, that tick's time where it is not known; {@link Finding#NOT_KNOWN} without one. */
    long lastTurnNs() {
        return size == 0 || turnsNs[size - 1] == Finding.NOT_KNOWN ? lastNs() : turnsNs[size - 1];
    }

    /** What the last tick said; 0 without one. */
    double last() {
        return size == 0 ? 0 : values[size - 1];
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

    /**
     * From when the answer counts towards a hold: half-way between the ticks, however well it is known when it turned, so that
     * what opens an alert does not hang on that.
     */
    long countedSinceNs() {
        return countedSinceNs;
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
        countedSinceNs = NEVER;
    }

    void exchange(StateExchange state) {
        state.all(timesNs);
        state.all(values);
        state.all(turnsNs);
        size = state.count(size, kept);
        on = state.of(on);
        sinceNs = state.of(sinceNs);
        countedSinceNs = state.of(countedSinceNs);
    }
}
