package io.invigil.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Times of the wire. A live session's media time is nanoseconds since 1970 in UTC, so both sides are one count.
 */
public final class WireTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private WireTime() {}

    /** ISO 8601 in UTC with three decimals: {@code 2026-11-25T16:30:00.250Z}. */
    public static String iso(Instant time) {
        return ISO.format(time);
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
