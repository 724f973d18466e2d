package io.invigil.server.live;

import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnsettledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what a session has {@linkplain Unkept not kept} over to the store, each thing once: what failed comes again, what is
 * under way is waited for. One thread at a time writes; the others wait. Thread-safe.
 */
final class Keeping {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(2);

    private final String sessionId;
    private final RecordStore store;
    private final ServerClock clock;
    private final AlertLedger ledger;
    private final Unkept unkept;
    private final int mostUnkept;
    private final LossMeter lossMeter;
    private final Function<Unkept.Share, SessionProgress> progress;
    private final Consumer<AlertRecord> onKept;

    private final ReentrantLock saving = new ReentrantLock();
    /** Guarded by {@code saving}. */
    private Optional<Underway> underway = Optional.empty();

    private volatile long savedAtNs;
    private volatile boolean failing;
    private volatile boolean losing;
    /** How the store has the session. */
    private volatile SessionRecord.State keptState;

    /** A change whose outcome was still open when it took too long. */
    private record Underway(Unkept.Share share, SessionRecord.State state, CompletableFuture<?> outcome) {}

    /**
     * For a session that is kept as it stands.
     *
     * @param keptState how the store has it
     * @param progress how far the session came, with this share; called after the share was taken
     * @param onKept hears of every alert that is kept, on the thread that keeps it
     */
    Keeping(
            String sessionId,
            SessionRecord.State keptState,
            Shared shared,
            AlertLedger ledger,
            Function<Unkept.Share, SessionProgress> progress,
            Consumer<AlertRecord> onKept) {
        this.sessionId = sessionId;
        this.keptState = keptState;
        this.store = shared.store();
        this.clock = shared.clock();
        this.ledger = ledger;
        this.mostUnkept = shared.settings().maxUnkept();
        this.lossMeter = shared.settings().lossMeter();
        this.unkept = new Unkept(ledger, mostUnkept, shared.pictureRoom(), this::lost);
        this.progress = progress;
        this.onKept = onKept;
        this.savedAtNs = clock.monotonicNs();
    }

    /** An outage that loses something is told of once here, and by how much when it is over. */
    private void lost(LossMeter.What what, int count) {
        if (!losing) {
            losing = true;
            LOG.error("session {}: the store does not take in time what waits, and the oldest gives way", sessionId);
        }
        lossMeter.lost(what, count);
    }

    /** What waits to be kept. */
    Unkept unkept() {
        return unkept;
    }

    /** Whether so much waits that nothing may be added that can be refused. */
    boolean isFull() {
        return unkept.size() >= mostUnkept;
    }

    /** Whether the latest attempt failed. */
    boolean isFailing() {
        return failing;
    }

    /** Whether nothing of weight waits; what is on its way to the store does not wait. */
    boolean isDone() {
        return !failing && !unkept.isUrgent();
    }

    /** Whether the store has the session's end, and nothing of it waits or is on its way. */
    boolean isEndKept() {
        return !saving.isLocked() && !keptState.isLive() && !failing && unkept.isNothing();
    }

    /**
     * Whether an attempt is due: for an alert at once, for what only goes on after the interval, or before it is too much.
     *
     * @param over whether the session has ended: that is to be kept at once
     */
    boolean isDue(Duration interval, long activeAtNs, boolean over) {
        long sinceNs = clock.monotonicNs() - savedAtNs;
        if (saving.isLocked()) {
            return false; // Somebody is at it.
        }
        if (failing) {
            return sinceNs >= RETRY_NS;
        }
        return over && !isEndKept()
                || unkept.isUrgent()
                || unkept.isFilling()
                || activeAtNs - savedAtNs > 0 && sinceNs >= interval.toNanos();
    }

    /** Keeps what is new. */
    void save() {
        saving.lock();
        try {
            List<AlertRecord> told = new ArrayList<>();
            try {
                saveProgress(told);
                savePictures();
                failing = false;
            } catch (StoreException failure) {
                failing = true;
                throw failure;
            } finally {
                savedAtNs = clock.monotonicNs();
                told.forEach(onKept);
            }
        } finally {
            saving.unlock();
        }
    }

    private void saveProgress(List<AlertRecord> told) {
        settleUnderway(told);
        Unkept.Share share = unkept.take();
        SessionProgress change = change(share);
        try {
            store.save(change);
        } catch (UnsettledException open) {
            underway = Optional.of(new Underway(share, change.state(), open.outcome()));
            throw open;
        } catch (RuntimeException failure) {
            unkept.giveBack(share);
            throw failure;
        }
        kept(share, change.state(), told);
    }

    private SessionProgress change(Unkept.Share share) {
        try {
            return progress.apply(share);
        } catch (RuntimeException failure) {
            unkept.giveBack(share);
            throw failure;
        }
    }

    private void kept(Unkept.Share share, SessionRecord.State state, List<AlertRecord> told) {
        keptState = state;
        unkept.kept(share);
        told.addAll(share.alerts());
        if (!share.lost().isNothing()) {
            losing = false;
            LOG.error("session {} is kept again without {}", sessionId, share.lost());
        }
    }

    /** What is under way may not be handed over a second time before it is known not to be kept. */
    private void settleUnderway(List<AlertRecord> told) {
        if (underway.isEmpty()) {
            return;
        }
        Underway earlier = underway.get();
        if (!earlier.outcome().isDone()) {
            throw new StoreException("an earlier change is still under way", null);
        }
        underway = Optional.empty();
        if (earlier.outcome().isCompletedExceptionally()) {
            unkept.giveBack(earlier.share());
        } else {
            kept(earlier.share(), earlier.state(), told);
        }
    }

    private void savePictures() {
        for (Optional<Unkept.Picture> next = unkept.nextPicture(); next.isPresent(); next = unkept.nextPicture()) {
            Unkept.Picture picture = next.get();
            store.saveEvidence(sessionId, picture.alertId(), picture.jpeg());
            ledger.evidenceKept(picture.alertId());
            unkept.kept(picture);
        }
    }

    /** Has the store have the alerts so far before it returns, whoever hands them over; one known to fail is not waited for. */
    void keepAlerts() {
        if (!failing && unkept.isUnsettled()) {
            saving.lock();
            try {
                if (!failing && unkept.isUrgent()) {
                    trySave();
                }
            } finally {
                saving.unlock();
            }
        }
    }

    /** As {@link #trySave} for a caller who is waited for: a store known to fail is not asked again. */
    boolean trySaveUnlessFailing() {
        if (failing) {
            return false;
        }
        saving.lock();
        try {
            return !failing && trySave();
        } finally {
            saving.unlock();
        }
    }

    /** Keeps what is new, and says whether it did; a store that fails is tried again later and shows in the health. */
    boolean trySave() {
        boolean failedBefore = failing;
        try {
            save();
            return true;
        } catch (StoreException failure) {
            if (!failedBefore) {
                LOG.error("session {} could not be kept and is tried again: {}", sessionId, failure.getMessage());
            }
            return false;
        }
    }
}
