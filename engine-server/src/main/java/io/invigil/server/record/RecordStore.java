package io.invigil.server.record;

import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.report.log.TracePoint;
import io.invigil.wire.ReviewView;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Port: keeps sessions, alerts, events, traces, evidence and the audit log. Thread-safe. What a call was given is durable
 * when the call returns: it survives the end of the process at any later moment. A call either takes effect whole or throws
 * {@link StoreException} and has no effect; only with {@link UnsettledException} is that still open when it throws.
 */
public interface RecordStore extends AutoCloseable {
    /** {@code memory}, {@code embedded} or {@code postgresql}. */
    String kind();

    /** Whether the store answers; quick. */
    boolean isHealthy();

    /**
     * Keeps a new session.
     *
     * @throws StoreException also when there is one with this id
     */
    void insert(SessionRecord session);

    /** The session with this id. */
    Optional<SessionRecord> session(String sessionId);

    /** Sessions that are active or paused, oldest first: what a start goes on with. */
    List<SessionRecord> liveSessions();

    /**
     * Sessions, newest first: by start, then by id.
     *
     * @param state those in this state only
     * @param limit the most, 1 or more
     * @param after the last session of the page before
     */
    List<SessionRecord> sessions(Optional<SessionRecord.State> state, int limit, Optional<SessionRecord.Key> after);

    /**
     * Keeps how far a session came, as one change: its snapshot, counts and state, alerts new or changed, events and trace
     * points since the last time. An alert replaces the one with the same id, but not its review and evidence.
     */
    void save(SessionProgress progress);

    /** Keeps the score of a session that ended without one; of a session that is not there, nothing. */
    void saveScore(String sessionId, SessionScore score);

    /** The snapshot a session goes on from. */
    Optional<byte[]> snapshot(String sessionId);

    /** The newest of the session's alerts that match, in the order they opened: by {@link AlertRecord#sequence()}. */
    List<AlertRecord> alerts(String sessionId, AlertFilter filter);

    /** An alert by the engine's id. */
    Optional<AlertRecord> alert(String sessionId, String alertId);

    /**
     * Keeps what a reviewer makes of an alert.
     *
     * @param review what becomes of the review so far; quick and without side effects
     * @return the alert as it stands; empty when there is none
     */
    Optional<AlertRecord> review(String sessionId, String alertId, UnaryOperator<ReviewView> review);

    /** The session's events in the order they were kept. */
    List<SessionEvent> events(String sessionId);

    /** The session's trace, by time. */
    List<TracePoint> trace(String sessionId);

    /** From when to when the session's trace reaches, without reading all of it; empty when there is none. */
    Optional<TraceSpan> traceSpan(String sessionId);

    /** Keeps an alert's evidence picture, a JPEG file; replaces one kept before. */
    void saveEvidence(String sessionId, String alertId, byte[] jpeg);

    /** An alert's evidence picture. */
    Optional<byte[]> evidence(String sessionId, String alertId);

    /** Adds to the audit log. */
    void audit(AuditEntry entry);

    @Override
    void close();
}
