package io.invigil.core.rules;

/** Where head and eyes pointed during the last seconds, as evenly spaced samples, and their robust medians. */
final class LookSamples {
    static final int CAPACITY = 32;
    /** Fewer say nothing. */
    static final int MIN_SAMPLES = 6;
    /** Older samples are dropped, unless there are too few. */
    static final long WINDOW_NS = 3_000_000_000L;
    /** Samples are at least this far apart, so that a second weighs the same at any frame rate. */
    static final long SAMPLE_NS = 90_000_000L;

    final long[] timesNs = new long[CAPACITY];
    final LookAngles[] samples = LookAngles.array(CAPACITY);
    private final LookAngles middle = new LookAngles();
    private final double[] scratch = new double[CAPACITY];
    int size;

    /** Takes a sample; false when it comes too soon after the last. */
    boolean add(long timestampNs, LookAngles seen) {
        if (size > 0 && timestampNs - timesNs[size - 1] < SAMPLE_NS) {
            return false;
        }
        int dropped = 0;
        while (size - dropped >= MIN_SAMPLES && timestampNs - timesNs[dropped] > WINDOW_NS) {
            dropped++;
        }
        if (dropped == 0 && size == CAPACITY) {
            dropped = 1;
        }
        size -= dropped;
        System.arraycopy(timesNs, dropped, timesNs, 0, size);
        LookAngles.drop(samples, dropped, size);
        timesNs[size] = timestampNs;
        samples[size].set(seen);
        size++;
        return true;
    }

    void clear() {
        size = 0;
    }

    /** When the first of them was taken. */
    long sinceNs() {
        return timesNs[0];
    }

    /** From the first to the last. */
    long spanNs() {
        return size == 0 ? 0 : timesNs[size - 1] - timesNs[0];
    }

    /** On how many the eyes were read. */
    int eyes() {
        int eyes = 0;
        for (int i = 0; i < size; i++) {
            eyes += samples[i].hasEyes() ? 1 : 0;
        }
        return eyes;
    }

    /** Their medians, good until the next call. */
    LookAngles middle() {
        middle.set(medianOf(0, 0), medianOf(1, 0), medianOf(2, 0), medianOf(3, 0));
        return middle;
    }

    /** Median distance from the median of head yaw, head pitch, eye yaw or eye pitch: half of the samples lie nearer. */
    double spread(int which, double around) {
        return medianOf(which + 4, around);
    }

    private double medianOf(int which, double around) {
        double[] values = scratch;
        int count = 0;
        for (int i = 0; i < size; i++) {
            double value = samples[i].angleDeg(which % 4);
            if (!Double.isNaN(value)) {
                values[count++] = which < 4 ? value : Math.abs(value - around);
            }
        }
        return count == 0 ? Double.NaN : LookWindow.median(values, count);
    }

    void exchange(StateExchange state) {
        size = state.count(size, CAPACITY);
        for (int i = 0; i < size; i++) {
            timesNs[i] = state.of(timesNs[i]);
            samples[i] = LookAngles.exchange(state, samples[i]);
        }
    }
}
