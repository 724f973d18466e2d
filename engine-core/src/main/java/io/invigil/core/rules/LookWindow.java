package io.invigil.core.rules;

import java.util.Arrays;

/**
 * The look angles of the last {@link #LENGTH_NS} of media time and their medians, so that blinks and slips of single frames do
 * not matter. Eyes count as read while the last reading is at most {@link #BLINK_NS} old.
 */
final class LookWindow {
    static final long LENGTH_NS = 600_000_000L;
    static final long BLINK_NS = 500_000_000L;

    private static final long LONGEST_NS = 1_200_000_000L;
    /** Older frames are kept for slow streams, and to tell when something set in. */
    private static final int KEPT_AT_LEAST = 4;

    /** At high frame rates the oldest frames fall out sooner. */
    static final int CAPACITY = 20;

    final long[] timesNs = new long[CAPACITY];
    final LookAngles[] angles = LookAngles.array(CAPACITY);
    private final LookAngles median = new LookAngles();
    private final double[] scratch = new double[CAPACITY];
    int size;

    void add(long timestampNs, LookAngles seen) {
        int dropped = 0;
        while (size - dropped > KEPT_AT_LEAST && timestampNs - timesNs[dropped + 1] >= LENGTH_NS) {
            dropped++;
        }
        if (dropped == 0 && size == CAPACITY) {
            dropped = 1;
        }
        if (dropped > 0) {
            size -= dropped;
            System.arraycopy(timesNs, dropped, timesNs, 0, size);
            LookAngles.drop(angles, dropped, size);
        }
        timesNs[size] = timestampNs;
        angles[size].set(seen);
        size++;
    }

    void clear() {
        size = 0;
    }

    /**
     * The first frame that the medians look at. Slow streams have too few frames in the window: they get three from a little
     * longer, since of two frames neither can be outvoted, or else the newest alone.
     */
    private int first() {
        int newest = size - 1;
        int first = newest;
        while (first > 0 && timesNs[newest] - timesNs[first - 1] < LENGTH_NS) {
            first--;
        }
        if (newest - first >= 2) {
            return first;
        }
        return newest >= 2 && timesNs[newest] - timesNs[newest - 2] <= LONGEST_NS ? newest - 2 : newest;
    }

    /** Medians of the window, good until the next call; at least one frame must have been added. */
    LookAngles median() {
        long newestNs = timesNs[size - 1];
        double[] values = scratch;
        boolean eyes = false;
        for (int i = first(); i < size; i++) {
            eyes |= angles[i].hasEyes() && newestNs - timesNs[i] <= BLINK_NS;
        }
        median.set(
                medianOf(values, 0),
                medianOf(values, 1),
                eyes ? medianOf(values, 2) : Double.NaN,
                eyes ? medianOf(values, 3) : Double.NaN);
        return median;
    }

    private double medianOf(double[] values, int which) {
        int count = 0;
        for (int i = first(); i < size; i++) {
            double value = angles[i].angleDeg(which);
            if (!Double.isNaN(value)) {
                values[count++] = value;
            }
        }
        return median(values, count);
    }

    /** The median of the first values, which are sorted; the mean of the middle two for an even count. */
    static double median(double[] values, int count) {
        Arrays.sort(values, 0, count);
        return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    }

    void exchange(StateExchange state) {
        size = state.count(size, CAPACITY);
        for (int i = 0; i < size; i++) {
            timesNs[i] = state.of(timesNs[i]);
            angles[i] = LookAngles.exchange(state, angles[i]);
        }
    }
}
