package io.invigil.server.record;

import java.time.Instant;
import java.util.Objects;

/**
 * Who did what to a session.
 *
 * @param at when
 * @param who name of the caller
 * @param action {@code create}, {@code end}, {@code expire}, {@code pause}, {@code resume}, {@code calibrate}, {@code report},
 *     {@code review}, {@code redeliver}
 * @param sessionId the session's id
 * @param subject the alert or message it was done to, by its id on the wire; empty for the session itself
 */
public record AuditEntry(Instant at, String who, String action, String sessionId, String subject) {
    /** Checks that everything is there. */
    public AuditEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(subject, "subject");
    }
}
