package io.invigil.wire;

import java.util.Optional;

/** Port: tells who a token belongs to. Thread-safe; does not block. */
public interface AccessControl {
    /** Whether calls need a token at all. */
    boolean asksForTokens();

    /** The caller a token belongs to; empty for a wrong or outdated one. Takes as long for either. */
    Optional<Caller> callerOf(String token);

    /** No token is asked for, and everybody may do everything. */
    static AccessControl open() {
        return new AccessControl() {
            @Override
            public boolean asksForTokens() {
                return false;
            }

            @Override
            public Optional<Caller> callerOf(String token) {
                return Optional.of(Caller.ANYBODY);
            }
        };
    }
}
