package io.invigil.report.card;

/**
 * So many in so many hours, with the exact 95 % interval of the rate of a Poisson process: F. Garwood, "Fiducial limits for
 * the Poisson distribution", Biometrika 28 (1936). It says how little a short recording without an alert proves.
 *
 * @param count how many
 * @param hours in how many hours; 0 means that nothing was measured
 */
public record HourlyRate(long count, double hours) {
    /** Nothing was measured. */
    public static final HourlyRate NONE = new HourlyRate(0, 0);

    private static final double TAIL = 0.025;
    private static final int HALVINGS = 200;

    /** Checks the numbers. */
    public HourlyRate {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", must be 0 or more");
        }
        if (!(hours >= 0 && hours < 1e9)) {
            throw new IllegalArgumentException("hours is " + hours + ", must be in 0..1e9");
        }
    }

    /** False when there was no time in which anything could be counted. */
    public boolean isMeasured() {
        return hours > 0;
    }

    /** How many an hour; NaN when nothing was measured. */
    public double perHour() {
        return isMeasured() ? count / hours : Double.NaN;
    }

    /** Lower end of the interval, an hour; NaN when nothing was measured. */
    public double low() {
        if (!isMeasured()) {
            return Double.NaN;
        }
        // The mean at which so many or more are as rare as the tail.
        return count == 0 ? 0 : mean(value -> 1 - cumulative(count - 1, value) < TAIL) / hours;
    }

    /** Upper end of the interval, an hour; NaN when nothing was measured. */
    public double high() {
        // The mean at which so few are as rare as the tail.
        return isMeasured() ? mean(value -> cumulative(count, value) > TAIL) / hours : Double.NaN;
    }

    private double mean(java.util.function.DoublePredicate tooSmall) {
        double low = 0;
        double high = count + 10 * Math.sqrt(count + 1.0) + 10;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = (low + high) / 2;
            if (tooSmall.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The chance of at most so many when the mean is this; summed as logarithms, which no mean overflows. */
    private static double cumulative(long most, double mean) {
        double term = -mean;
        double sum = Math.exp(term);
        double logMean = Math.log(mean);
        for (long k = 1; k <= most; k++) {
            term += logMean - Math.log(k);
            sum += Math.exp(term);
        }
        return Math.min(1, sum);
    }
}
