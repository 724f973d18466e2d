package io.invigil.server.live;

import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnsettledException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what has taken effect, also while the store does not answer: entries that it did not take wait in memory, and reach
 * it in their order when it answers again. Thread-safe.
 */
final class AuditTrail {
    /** Some hundred bytes each. Beyond, the log tells that something was done, but not who did it. */
    static final int MOST_WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    private enum Outcome {
        KEPT,
        /** It comes back to what waits should it fail. */
        UNDER_WAY,
        NOT_KEPT
    }

    private final RecordStore store;
    private final Deque<AuditEntry> waiting = new ArrayDeque<>();
    /** One at a time takes entries to the store. */
    private final ReentrantLock saving = new ReentrantLock();

    AuditTrail(RecordStore store) {
        this.store = store;
    }

    /**
     * Notes what was done.
     *
     * @param storeAnswers false when it did not answer just now: then it is not asked again
     * @return whether the store has it; else it gets it later
     */
    boolean note(AuditEntry entry, boolean storeAnswers) {
        if (storeAnswers && !isWaiting()) {
            Outcome outcome = keep(entry);
            if (outcome != Outcome.NOT_KEPT) {
                return outcome == Outcome.KEPT;
            }
        }
        synchronized (waiting) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(entry);
                return false;
            }
        }
        LOG.error(
                "the {} of session {} is not in the audit log: too much waits for the store",
                entry.action(),
                entry.sessionId());
        return false;
    }

    /** Whether entries wait for the store. */
    boolean isWaiting() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    /** Takes what waits to the store, as far as it answers; returns at once while somebody else is at it. */
    void save() {
        if (!saving.tryLock()) {
            return;
        }
        try {
            AuditEntry oldest = oldest();
            while (oldest != null && keep(oldest) != Outcome.NOT_KEPT) {
                synchronized (waiting) {
                    waiting.remove();
                }
                oldest = oldest();
            }
        } finally {
            saving.unlock();
        }
    }

    private AuditEntry oldest() {
        synchronized (waiting) {
            return waiting.peek();
        }
    }

    private Outcome keep(AuditEntry entry) {
        try {
            store.audit(entry);
            return Outcome.KEPT;
        } catch (UnsettledException open) {
            open.outcome().whenComplete((kept, failure) -> {
                if (failure != null) {
                    note(entry, false);
                }
            });
            return Outcome.UNDER_WAY;
        } catch (StoreException failure) {
            LOG.debug("The audit log takes nothing", failure);
            return Outcome.NOT_KEPT;
        }
    }
}
