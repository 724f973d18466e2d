package io.invigil.api;

import java.time.Duration;
import java.util.List;

/**
 * One candidate's stream of frames. Thread-safe; frames must be offered by one thread at a time for their order to mean
 * anything. Sessions share nothing that could let one influence another.
 */
public interface ProctoringSession extends AutoCloseable {
    /** The session's id. */
    SessionId id();

    /**
     * Hands over a frame. Its buffers are the caller's again when this returns. In {@link IntakeMode#LIVE} it never blocks;
     * in {@link IntakeMode#REPLAY} it waits for room up to {@link SessionConfig#offerTimeout()}.
     *
     * @return what became of the frame at the entrance; a bad frame is an answer, not an exception
     */
    OfferResult offer(Frame frame);

    /** Adds a listener; it hears everything from now on. */
    Registration addListener(SessionListener listener);

    /** The session's state now. */
    SessionState state();

    /** The session's counts now. */
    FrameCounts frames();

    /** The alerts that are open now, oldest first. */
    List<Alert> openAlerts();

    /**
     * Waits until every frame accepted so far is finished and told, at most this long. Frames may still be offered.
     *
     * @return true when everything was finished in time
     */
    boolean drain(Duration timeout);

    /**
     * Stops taking frames, finishes those inside, closes open alerts at the last frame's time and tells the listeners; at
     * most this long. Idempotent: a second call returns the same report.
     */
    SessionReport close(Duration timeout);

    /** As {@link #close(Duration)} with {@link EngineConfig#closeTimeout()}. */
    @Override
    void close();
}
