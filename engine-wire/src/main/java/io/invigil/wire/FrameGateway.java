package io.invigil.wire;

/**
 * Port: what the WebSocket adapter calls. What goes to a socket goes to a candidate: alerts as if nobody had reviewed them.
 * Thread-safe.
 */
public interface FrameGateway {
    /**
     * Checks whether a socket for the session would be taken; called in the handshake, because clients never read a close
     * code.
     *
     * @throws ProblemException with 404 for an unknown id, 410 for a session that is over, 503 when the service stops
     */
    void check(String sessionId);

    /**
     * Takes over the session's stream: results go to this sink from now on, and the sink before is told so.
     *
     * @throws ProblemException as {@link #check}
     */
    FrameLink attach(String sessionId, FrameSink sink);
}
