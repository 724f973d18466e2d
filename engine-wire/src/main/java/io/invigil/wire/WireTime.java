package io.invigil.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Times of the wire. A live session's media time is nanoseconds since 1970 in UTC, so both sides are one count.
 */
public final class WireTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANOS_PER_MS = 1_000_000;
    private static final int LENGTH = 24;
    private static final int LAST_YEAR = 9999;

    private WireTime() {}

    /**
     * ISO 8601 in UTC with three decimals, cut off: {@code 2026-11-25T16:30:00.250Z}. Written by hand, because a formatter took
     * more of a frame's time and memory than anything else on its way out.
     *
     * @throws IllegalArgumentException outside the years 0 to 9999
     */
    public static String iso(Instant time) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (at.getYear() < 0 || at.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("the year is " + at.getYear() + ", must be in 0.." + LAST_YEAR);
        }
        byte[] text = new byte[LENGTH];
        int end = put(text, 0, at.getYear(), 4, '-');
        end = put(text, end, at.getMonthValue(), 2, '-');
        end = put(text, end, at.getDayOfMonth(), 2, 'T');
        end = put(text, end, at.getHour(), 2, ':');
        end = put(text, end, at.getMinute(), 2, ':');
        end = put(text, end, at.getSecond(), 2, '.');
        put(text, end, at.getNano() / NANOS_PER_MS, 3, 'Z');
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static int put(byte[] text, int start, int number, int digits, char after) {
        int rest = number;
        for (int at = start + digits - 1; at >= start; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        text[start + digits] = (byte) after;
        return start + digits + 1;
    }

    /** ISO 8601 in UTC of a media time in nanoseconds since 1970. */
    public static String iso(long epochNs) {
        return iso(instant(epochNs));
    }

    /** The moment of a media time in nanoseconds since 1970. */
    public static Instant instant(long epochNs) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNs, NANOS_PER_SECOND), Math.floorMod(epochNs, NANOS_PER_SECOND));
    }

    /** Nanoseconds since 1970 of a moment. */
    public static long epochNs(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    }

    /** Seconds from one media time to another, rounded to milliseconds. */
    public static double seconds(long fromNs, long toNs) {
        return Math.round((toNs - fromNs) / 1e6) / 1e3;
    }

    /** Reads an ISO 8601 time with a zone; empty when it is none, or lies outside the years 1970 to 2200. */
    public static Optional<Instant> parse(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            return year < 1970 || year > 2200 ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
