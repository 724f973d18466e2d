package io.invigil.report.log;

/** The numbers of a score as files and reports give them. */
public final class ScoreText {
    private ScoreText() {}

    /** Points or a share, rounded to four decimals. */
    public static double points(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
