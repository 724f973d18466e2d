package io.invigil.wire;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name what the audit log calls them; no personal name is asked for
 * @param scopes what they may do; {@link Scope#HOST} includes the others
 * @param session the one session they are bound to; empty when not bound
 */
public record Caller(String name, Set<Scope> scopes, Optional<String> session) {
    /** Everybody, where no token is asked for. */
    public static final Caller ANYBODY = new Caller("anybody", Set.of(Scope.HOST), Optional.empty());

    /** Checks and copies. */
    public Caller {
        Objects.requireNonNull(name, "name");
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(session, "session");
    }

    /** Whether they may do it, to any session they are not barred from. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.HOST);
    }

    /** Whether they may do it to this session. */
    public boolean may(Scope scope, String sessionId) {
        return may(scope) && (session.isEmpty() || session.get().equals(sessionId));
    }
}
