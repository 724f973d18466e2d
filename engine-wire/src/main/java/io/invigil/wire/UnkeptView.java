package io.invigil.wire;

/**
 * What the store does not have of a session.
 *
 * @param waiting alerts and events that wait to be kept
 * @param lostEvents events that gave way while the store did not answer, since this server started; alerts never do
 * @param lostTracePoints points of the trace that did
 * @param lostPictures evidence pictures that did
 */
public record UnkeptView(long waiting, long lostEvents, long lostTracePoints, long lostPictures) {
    /** The store has everything. */
    public static final UnkeptView NONE = new UnkeptView(0, 0, 0, 0);
}
