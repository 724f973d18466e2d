package io.invigil.wire;

import java.util.Objects;
import java.util.Optional;

/**
 * Which sessions are asked for.
 *
 * @param state those in this state: {@code active}, {@code paused}, {@code ended} or {@code expired}
 * @param limit the most, 1 to 500; 50 unless given
 * @param cursor where a page before ended
 */
public record SessionQuery(Optional<String> state, int limit, Optional<String> cursor) {
    /** The most sessions on a page. */
    public static final int MAX_LIMIT = 500;
    /** Sessions on a page unless said. */
    public static final int DEFAULT_LIMIT = 50;

    /** Checks that everything is there. */
    public SessionQuery {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(cursor, "cursor");
    }
}
