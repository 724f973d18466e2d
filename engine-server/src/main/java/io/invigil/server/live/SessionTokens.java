package io.invigil.server.live;

import java.time.Instant;
import java.util.Optional;

/** Makes tokens for candidates. Thread-safe. */
@FunctionalInterface
public interface SessionTokens {
    /** No tokens: none is asked for. */
    SessionTokens NONE = (sessionId, expires) -> Optional.empty();

    /** A token that lets its holder take part in this session until then; empty when none is asked for. */
    Optional<String> tokenFor(String sessionId, Instant expires);
}
