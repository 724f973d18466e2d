package io.invigil.core.vision;

/**
 * Rounds what goes into an observation, so that it reads back from text exactly as it was and so that the last bits of
 * floating-point arithmetic never decide a rule.
 */
final class Rounding {
    private Rounding() {}

    /** To one decimal; not-a-number and infinities become 0. */
    static double tenths(double value) {
        return round(value, 10);
    }

    /** To two decimals. */
    static double hundredths(double value) {
        return round(value, 100);
    }

    /** To three decimals. */
    static double thousandths(double value) {
        return round(value, 1000);
    }

    private static double round(double value, int steps) {
        if (!Double.isFinite(value)) {
            return 0;
        }
        // Adding zero turns -0.0, which text writes apart, into 0.0.
        return Math.rint(value * steps) / steps + 0.0;
    }
}
