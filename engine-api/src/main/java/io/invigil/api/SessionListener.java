package io.invigil.api;

/**
 * Hears what happens in a session. Calls for one registration come one at a time and in order, on a thread of the
 * engine's listener executor, never on a stage's thread ({@link ThreadingMode#CALLER}: on the caller's). A listener should
 * return soon: while it is slow, frame results are given up for newer ones (counted), alerts and events are kept. A throw
 * is counted and reaches nobody else. {@code close} and {@code drain} wait for the listeners, so one that calls them gets an
 * {@link IllegalStateException}; to end a session on an alert, let another thread close it.
 */
public interface SessionListener {
    /** An alert opened, changed or closed. */
    default void onAlert(SessionId session, Alert alert) {}

    /**
     * Whether {@link #onFrameResult} is to be called; asked once, when the listener is added. A frame's result is made only when
     * somebody hears it, so an application that wants alerts alone should say false here.
     */
    default boolean hearsFrameResults() {
        return true;
    }

    /** A frame was analysed or failed. */
    default void onFrameResult(SessionId session, FrameResult result) {}

    /** Something that bears on what the alerts are worth. */
    default void onEvent(SessionId session, SessionEvent event) {}

    /**
     * The host told the session something; comes in the order of judgement, between the frame results around it. What it
     * reports of a kind that the session's effective policy has off does not come.
     */
    default void onSignal(SessionId session, SessionSignal signal) {}

    /** The session changed its state. */
    default void onStateChange(SessionId session, SessionState state) {}

    /**
     * A frame was refused at the entrance for its time or for what it is ({@link OfferResult#REJECTED_OUT_OF_ORDER}, {@link
     * OfferResult#REJECTED_INVALID}), or the session failed. One that found no room ({@link OfferResult#REJECTED_BACKPRESSURE})
     * may come again: {@code offer} answers so, it is counted, and nothing is told. A frame that failed later is told by its
     * {@link FrameResult#failure()} and, when none gets through for two seconds, by {@link SessionEvent.Kind#BLIND}.
     */
    default void onError(SessionId session, EngineException error) {}
}
