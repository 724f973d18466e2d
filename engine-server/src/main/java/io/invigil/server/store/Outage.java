package io.invigil.server.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of an outage once, with its cause, however long it lasts, and what it cost when it is over. For one thread. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private boolean lasts;
    private long lostWrites;
    private long lostCommits;

    void began(Throwable cause) {
        if (!lasts) {
            LOG.error("writes are not kept; the connection is opened anew with each", cause);
        }
        lasts = true;
    }

    /** A commit with so many writes failed. */
    void lost(int writes) {
        lostWrites += writes;
        lostCommits++;
    }

    void ended() {
        if (lasts) {
            LOG.warn("writes are kept again; {} commits with {} writes failed", lostCommits, lostWrites);
            lostWrites = 0;
            lostCommits = 0;
        }
        lasts = false;
    }
}
