package io.invigil.api;

/** What became of an offered frame at the entrance. Every offer is counted under exactly one outcome in the end. */
public enum OfferResult {
    /** The frame will be analysed, or superseded by a newer one before its turn comes. */
    ACCEPTED,
    /** As {@link #ACCEPTED}; an older frame that still waited was given up for it and counted as superseded. */
    ACCEPTED_SUPERSEDING,
    /** The session analyses fewer frames a second than are offered and this one is not due, or the session is paused. */
    SAMPLED_OUT,
    /**
     * There was no room: under {@link IntakeMode#REPLAY} not within the configured time, or not before the waiting thread was
     * interrupted; else no memory for the frame, or, under {@link ThreadingMode#CALLER}, a listener offered it during a call. It may be
     * offered again, and is counted again then; listeners hear nothing of it.
     */
    REJECTED_BACKPRESSURE,
    /** The timestamp is not after the one before; listeners get the error. */
    REJECTED_OUT_OF_ORDER,
    /** The frame's description does not fit its data, or exceeds a limit; listeners get the error. */
    REJECTED_INVALID,
    /** The session is closed or failed. */
    CLOSED;

    /** True when the frame is on its way. */
    public boolean isAccepted() {
        return this == ACCEPTED || this == ACCEPTED_SUPERSEDING;
    }
}
