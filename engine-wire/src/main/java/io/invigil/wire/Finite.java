package io.invigil.wire;

/** Numbers for JSON, which knows neither NaN nor infinity. */
final class Finite {
    private Finite() {}

    /** The number with four decimals at most; 0 when it is not finite. */
    static double rounded(double number) {
        return Double.isFinite(number) ? Math.round(number * 10_000) / 10_000.0 : 0;
    }

    /** As {@link #rounded(double)}; null stays null, and what is not finite becomes null. */
    static Double rounded(Double number) {
        return number == null || !Double.isFinite(number) ? null : (Double) (Math.round(number * 10_000) / 10_000.0);
    }
}
