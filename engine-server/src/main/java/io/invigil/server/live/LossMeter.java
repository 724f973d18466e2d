package io.invigil.server.live;

/** Port: counts what could not wait any longer for a store that does not answer. Called on any thread; must be quick. */
public interface LossMeter {
    /**
     * Something gave way; it is never kept.
     *
     * @param what which kind of thing
     * @param count how many of it, 1 or more
     */
    void lost(What what, int count);

    /** What may give way. Alerts never do. */
    enum What {
        /** Something a reader must know that says nothing about the candidate. */
        EVENT,
        /** What was seen on one frame. */
        TRACE_POINT,
        /** An alert's evidence. */
        PICTURE
    }
}
