package io.invigil.report.page;

import io.invigil.report.log.MediaTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where media time lies across the timeline, and which times are labelled. */
final class TimeAxis {
    /** Width of the column with the rows' names, in the timeline's own units. */
    static final double LEFT = 172;

    /** Right end of the time axis. */
    static final double RIGHT = 1024;

    private static final long SECOND = 1_000_000_000L;
    private static final long[] STEPS_S = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400};
    private static final int MOST_TICKS = 13;

    private final long lengthNs;

    TimeAxis(long lengthNs) {
        this.lengthNs = Math.max(SECOND, lengthNs);
    }

    /** A time and its label. */
    record Tick(double x, String label) {}

    double x(long ns) {
        double share = Math.max(0, Math.min(1, (double) ns / lengthNs));
        return LEFT + share * (RIGHT - LEFT);
    }

    long lengthNs() {
        return lengthNs;
    }

    List<Tick> ticks() {
        // Beyond days, as when a recording's clock jumped, steps are as long as they have to be.
        long longestNs = STEPS_S[STEPS_S.length - 1] * SECOND;
        long stepNs = (lengthNs / MOST_TICKS / longestNs + 1) * longestNs;
        for (long step : STEPS_S) {
            if (lengthNs / (step * SECOND) < MOST_TICKS) {
                stepNs = step * SECOND;
                break;
            }
        }
        List<Tick> ticks = new ArrayList<>();
        for (long at = 0; at <= lengthNs; at += stepNs) {
            ticks.add(new Tick(x(at), MediaTime.wholeClock(at / SECOND)));
        }
        return ticks;
    }

    /** A coordinate with at most one decimal: finer than a pixel, short in the file. */
    static String at(double coordinate) {
        long tenths = Math.round(coordinate * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
    }
}
