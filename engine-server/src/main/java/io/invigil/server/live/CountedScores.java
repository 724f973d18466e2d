package io.invigil.server.live;

import io.invigil.api.SessionScore;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the scores that one answer had to count, until the store takes none: who asked waits for that once. */
final class CountedScores {
    private static final Logger LOG = LoggerFactory.getLogger(CountedScores.class);

    private final RecordStore store;
    private boolean taken = true;

    CountedScores(RecordStore store) {
        this.store = store;
    }

    void keep(String sessionId, SessionScore score) {
        if (!taken) {
            return;
        }
        try {
            store.saveScore(sessionId, score);
        } catch (StoreException failure) {
            taken = false;
            LOG.warn("the score of session {} is counted again next time: {}", sessionId, failure.getMessage());
        }
    }
}
