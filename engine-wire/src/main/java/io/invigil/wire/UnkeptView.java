package io.invigil.wire;

/**
 * What the store does not have of a session.
 *
 * @param failing whether the store did not take what it was handed last; what waits otherwise is only on its way
 * @param waiting alerts and events that wait to be kept
 * @param lostEvents events that gave way while the store did not answer, since this server started; alerts never do
 * @param lostTracePoints points of the trace that did
 * @param lostPictures evidence pictures that did
 */
public record UnkeptView(boolean failing, long waiting, long lostEvents, long lostTracePoints, long lostPictures) {
    /** The store has everything. */
    public static final UnkeptView NONE = new UnkeptView(false, 0, 0, 0, 0);
}
