package io.invigil.report.page;

import io.invigil.report.card.HourlyRate;
import io.invigil.report.card.Proportion;
import io.invigil.report.card.Spread;
import java.util.Locale;

/** Measured figures as a reader sees them; what was not measured says so. */
public final class Figures {
    /** What stands where there is no figure. */
    public static final String NOT_MEASURED = "not measured";

    private Figures() {}

    /** {@code 20 of 21 (95 %, 77 to 99 %)}. */
    public static String of(Proportion share) {
        return share.isMeasured() ? share.hits() + " of " + share.total() + " (" + interval(share) + ")" : NOT_MEASURED;
    }

    /** {@code 95 %, 77 to 99 %}. */
    public static String interval(Proportion share) {
        return share.isMeasured()
                ? percent(share.share()) + " %, " + percent(share.low()) + " to " + percent(share.high()) + " %"
                : NOT_MEASURED;
    }

    /** What is not all never reads as 100, and what is not nothing never as 0. */
    private static String percent(double share) {
        double percent = 100 * share;
        if (percent >= 99 && percent < 100) {
            return String.format(Locale.ROOT, "%.1f", Math.min(99.9, percent));
        }
        return percent > 0 && percent < 1
                ? String.format(Locale.ROOT, "%.1f", Math.max(0.1, percent))
                : String.format(Locale.ROOT, "%.0f", percent);
    }

    /** {@code 3 in 0.16 h (19 an hour, 4 to 56)}. */
    public static String of(HourlyRate rate) {
        return rate.isMeasured()
                ? String.format(
                        Locale.ROOT,
                        "%d in %s (%s)",
                        rate.count(),
                        Words.length(Math.round(rate.hours() * 3600e9)),
                        interval(rate))
                : NOT_MEASURED;
    }

    /** {@code 19 an hour, 4 to 56}. */
    public static String interval(HourlyRate rate) {
        return rate.isMeasured()
                ? short1(rate.perHour()) + " an hour, " + short1(rate.low()) + " to " + short1(rate.high())
                : NOT_MEASURED;
    }

    /** {@code median 0.10 s, at most 0.50 s}. */
    public static String of(Spread spread) {
        return spread.isMeasured()
                ? String.format(
                        Locale.ROOT,
                        "median %.2f s, at most %.2f s",
                        spread.medianSeconds() + 0.0,
                        spread.largestSeconds() + 0.0)
                : NOT_MEASURED;
    }

    private static String short1(double value) {
        return String.format(Locale.ROOT, value > 0 && value < 10 ? "%.1f" : "%.0f", value);
    }
}
