package io.invigil.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    /**
     * Takes what the host has to tell beside the frames, and judges it at once. Never blocks for long. Signals may come from
     * any thread; those of one session are judged in the order of the calls.
     *
     * @return the alert a {@link HostEvent} opened, went into or closed, as the listeners hear it: {@link AlertPhase#OPENED}
     *     where it is new, {@link AlertPhase#CLOSED} where it was told late and is over; empty when the policy has the kind off,
     *     when it did not last long enough yet, while the session is paused, for other signals, and when the session is closed
     * @throws EngineException with {@link ErrorCode#CONFIGURATION} when the host reports under more names of its own than
     *     {@link HostEvent#MAX_NAMES}
     * @throws IllegalArgumentException when the signal lies more than {@link SessionSignal#MOST_AHEAD} after the newest media time
     *     known, while paused more than {@link SessionSignal#MOST_AHEAD_PAUSED}; nothing is changed then
     */
    Optional<Alert> report(SessionSignal signal);

    /**
     * What later judgements depend on, about ten kilobytes: a session opened with {@link SessionConfig.Builder#resumeFrom} judges
     * on as this one would, open alerts, neutral and score included. Looking starts afresh: faces are searched and objects looked
     * for at once, and {@code identity_changed} takes a new reference, so that what is seen next, and with it an alert's times,
     * may differ a little. A session that was paused goes on paused, until a {@link Pause} says otherwise. Angles and times of
     * the last seconds; no pictures, embeddings or names. Consistent at any moment; frames still in the pipeline are not in it.
     */
    byte[] snapshot();

    /** Adds a listener; it hears everything from now on. */
    Registration addListener(SessionListener listener);

    /** The session's state now. */
    SessionState state();

    /**
     * Whether the host has the session paused, so that offered frames are {@link OfferResult#SAMPLED_OUT}; so is one that goes on
     * from the snapshot of a paused one, from the start.
     */
    boolean isPaused();

    /** The session's counts now. */
    FrameCounts frames();

    /** The alerts that are open now, oldest first. */
    List<Alert> openAlerts();

    /** The score so far, open alerts as they stand; the final one once the session is closed. */
    SessionScore score();

    /**
     * Waits until every frame accepted so far is finished and told, at most this long. Frames may still be offered. An interrupt
     * does not end the wait, and stays set.
     *
     * @return true when everything was finished in time
     * @throws IllegalStateException when one of the session's listeners calls this, which it would wait for
     */
    boolean drain(Duration timeout);

    /**
     * Stops taking frames, finishes those inside, closes open alerts at the last frame's time and tells the listeners; at
     * most this long. Idempotent: a second call returns the same report. An interrupt does not end the wait, and stays set.
     *
     * @throws IllegalStateException when one of the session's listeners calls this, which it would wait for
     */
    SessionReport close(Duration timeout);

    /** As {@link #close(Duration)} with {@link EngineConfig#closeTimeout()}. */
    @Override
    void close();
}
