package io.invigil.report.log;

import java.util.Locale;

/** Media time as text. */
public final class MediaTime {
    private MediaTime() {}

    /** Seconds with exactly three decimals, rounded: {@code 12.345}. */
    public static String seconds(long ns) {
        long ms = Math.floorDiv(ns + 500_000, 1_000_000L);
        long rest = Math.abs(ms);
        return (ms < 0 ? "-" : "") + rest / 1000 + '.' + String.format(Locale.ROOT, "%03d", rest % 1000);
    }

    /** Minutes, seconds and tenths for a reader: {@code 1:02.3}; hours appear when there are any. */
    public static String clock(long ns) {
        long tenths = Math.max(0, Math.floorDiv(ns + 50_000_000, 100_000_000L));
        return wholeClock(tenths / 10) + '.' + tenths % 10;
    }

    /** Minutes and seconds for a reader: {@code 1:02}; hours appear when there are any. */
    public static String wholeClock(long seconds) {
        long hours = seconds / 3600;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
