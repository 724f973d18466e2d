package io.invigil.report.card;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Median and largest of some numbers of seconds.
 *
 * @param count how many numbers
 * @param medianSeconds the middle one, or the mean of the middle two; NaN when there are none
 * @param largestSeconds the largest; NaN when there are none
 */
public record Spread(int count, double medianSeconds, double largestSeconds) {
    /** No numbers. */
    public static final Spread NONE = new Spread(0, Double.NaN, Double.NaN);

    private static final double MILLIS = 1000;

    /** Of these numbers, rounded to milliseconds. */
    public static Spread of(DoubleStream seconds) {
        double[] sorted = seconds.sorted().toArray();
        if (sorted.length == 0) {
            return NONE;
        }
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        double largest = Arrays.stream(sorted).max().orElseThrow();
        return new Spread(sorted.length, Math.round(median * MILLIS) / MILLIS, Math.round(largest * MILLIS) / MILLIS);
    }

    /** False when there are no numbers. */
    public boolean isMeasured() {
        return count > 0;
    }
}
