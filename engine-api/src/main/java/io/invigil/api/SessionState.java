package io.invigil.api;

/** The life of a session; it only ever moves down this list. */
public enum SessionState {
    /** Frames are taken. */
    OPEN,
    /** No more frames are taken; those inside are finished. */
    DRAINING,
    /** No frame is taken and nothing more is said; {@link SessionReport#complete()} tells whether all was finished and told. */
    CLOSED,
    /** The session cannot go on; see {@link SessionListener#onError}. */
    FAILED
}
