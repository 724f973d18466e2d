package io.invigil.wire;

import java.util.Optional;

/**
 * Port: what the REST adapter calls. Whether the caller may is settled before; the caller is handed on for the audit log, and
 * where a candidate, one without {@link Scope#PROCTOR}, sees less: alerts as if nobody had reviewed them, and no metadata.
 * Thread-safe. Every method that names a session throws {@link ProblemException} with 404 when there is none, unless it says
 * otherwise, and answers well within the clients' time limit of 10 s.
 */
public interface ProctoringService {
    /** What answers at the root. */
    ServiceView service();

    /** Whether the service works. */
    HealthView health();

    /** How the service stands. */
    DetailedHealthView detailedHealth();

    /**
     * Creates a session.
     *
     * @throws ProblemException with 422 for a policy or accommodation that cannot be used, 429 or 503 when there are too many
     */
    Done<SessionView> create(SessionRequest request, Caller caller);

    /** A session. */
    SessionView session(String sessionId, Caller caller);

    /** Sessions, newest first. */
    SessionPage sessions(SessionQuery query);

    /**
     * Ends a session. An ended or unknown one is no error: the client would go on streaming for ever.
     *
     * @throws ProblemException with 503 while the service stops: the session is not ended and goes on after the next start, so
     *     that a client told otherwise would leave it to expire
     */
    Acknowledgement end(String sessionId, Caller caller);

    /**
     * Pauses a session; a paused one stays so.
     *
     * @throws ProblemException with 410 when it is over, 409 when no picture came for longer than the engine looks back, 503
     *     when it is not done because too much waits for the store
     */
    Done<SessionView> pause(String sessionId, Caller caller);

    /**
     * Goes on with a session; an active one stays so.
     *
     * @throws ProblemException with 410 when it is over, 409 when no picture came for longer than the engine looks back, 503
     *     when it is not done because too much waits for the store
     */
    Done<SessionView> resume(String sessionId, Caller caller);

    /**
     * Says that the candidate is asked to look at a point from now on.
     *
     * @throws ProblemException with 410 when the session is over, 409 when no picture came for longer than the engine looks back
     */
    Done<Acknowledgement> calibrate(String sessionId, CalibrationRequest request, Caller caller);

    /** How a session stands, from the live engine; quick while frames flow. */
    StatusView status(String sessionId, Caller caller);

    /** A session's alerts. */
    AlertPage alerts(String sessionId, AlertQuery query, Caller caller);

    /**
     * Puts what a host noticed onto the session's timeline.
     *
     * @throws ProblemException with 410 when the session is over, 503 when it is not done because too much waits for the
     *     store
     */
    Done<AlertReportView> report(String sessionId, AlertRequest request, Caller caller);

    /** Notes what a reviewer makes of an alert. */
    Done<AlertView> review(String sessionId, String alertId, ReviewRequest request, Caller caller);

    /** What a session's alerts add up to. */
    ScoreView score(String sessionId);

    /** The session's report as one HTML page. */
    String reportPage(String sessionId);

    /** The session's alerts as JSON Lines, one {@link AlertView} a line. */
    String alertLines(String sessionId);

    /** The session's alerts as CSV (RFC 4180) with a header line. */
    String alertTable(String sessionId);

    /**
     * An alert's evidence picture, a JPEG file.
     *
     * @throws ProblemException with 404 when there is none
     */
    byte[] evidence(String sessionId, String alertId);

    /**
     * Messages to the host about a session, newest first; none where the host is not told.
     *
     * @param state those that stand there only: {@code waiting}, {@code delivered} or {@code given_up}
     * @param limit the most, 1 or more
     */
    DeliveryPage deliveries(String sessionId, Optional<String> state, int limit);

    /**
     * Sends a message to the host anew, delivered or not.
     *
     * @throws ProblemException with 404 when the session has no such message
     */
    Done<DeliveryView> redeliver(String sessionId, String deliveryId, Caller caller);

    /**
     * Looks at a picture before a session starts.
     *
     * @throws ProblemException with 422 when it is no picture
     */
    PrecheckView precheck(byte[] picture);
}
