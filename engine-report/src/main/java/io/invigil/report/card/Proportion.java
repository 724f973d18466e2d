package io.invigil.report.card;

/**
 * So many of so many, with the 95 % confidence interval of the share: the score interval of E. B. Wilson, "Probable
 * inference, the law of succession, and statistical inference", J. Am. Stat. Assoc. 22 (1927). It assumes independent
 * trials, which events of one clip are not quite, so the true uncertainty is rather larger.
 *
 * @param hits how many
 * @param total of how many; 0 means that nothing was measured
 */
public record Proportion(long hits, long total) {
    /** Nothing was measured. */
    public static final Proportion NONE = new Proportion(0, 0);

    /** Two-sided 95 % of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Checks the counts. */
    public Proportion {
        if (hits < 0 || hits > total) {
            throw new IllegalArgumentException("hits is " + hits + ", must be in 0.." + total);
        }
    }

    /** False when there was nothing to count. */
    public boolean isMeasured() {
        return total > 0;
    }

    /** The share, 0 to 1; NaN when nothing was measured. */
    public double share() {
        return total == 0 ? Double.NaN : (double) hits / total;
    }

    /** Lower end of the interval, 0 to 1; NaN when nothing was measured. */
    public double low() {
        return hits == 0 && total > 0 ? 0 : bound(-1);
    }

    /** Upper end of the interval, 0 to 1; NaN when nothing was measured. */
    public double high() {
        return hits == total && total > 0 ? 1 : bound(1);
    }

    /** This one and another together. */
    public Proportion plus(Proportion other) {
        return new Proportion(hits + other.hits, total + other.total);
    }

    private double bound(int side) {
        double n = total;
        double p = share();
        double z2 = Z * Z;
        double center = p + z2 / (2 * n);
        double reach = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return (center + side * reach) / (1 + z2 / n);
    }
}
