package io.invigil.wire;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of a session's alerts are asked for.
 *
 * @param limit the most, 1 to 1000, the newest first; 100 unless given
 * @param since those that opened or changed at this time or later
 * @param kind those of this kind
 * @param severity those of this severity
 * @param cursor where a page before ended
 */
public record AlertQuery(
        int limit, Optional<Instant> since, Optional<String> kind, Optional<String> severity, Optional<String> cursor) {
    /** The most alerts on a page. */
    public static final int MAX_LIMIT = 1000;
    /** Alerts on a page unless said. */
    public static final int DEFAULT_LIMIT = 100;

    /** Checks that everything is there. */
    public AlertQuery {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(cursor, "cursor");
    }

    /** The newest alerts of a session. */
    public static AlertQuery first(int limit) {
        return new AlertQuery(limit, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
