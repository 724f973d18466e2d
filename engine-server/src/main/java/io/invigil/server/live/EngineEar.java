package io.invigil.server.live;

import io.invigil.api.Alert;
import io.invigil.api.EngineException;
import io.invigil.api.EngineLoad;
import io.invigil.api.FrameResult;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionState;
import io.invigil.report.log.TracePoint;
import io.invigil.server.record.AlertRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears a session's engine and passes on what it tells: to the ledger, to what is to be kept, and to the socket. The engine's
 * calls come one at a time, on a thread of its listeners; the rest may be called on any thread.
 */
final class EngineEar implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(EngineEar.class);

    private final Policy policy;
    private final SessionClock clock;
    private final AlertLedger ledger;
    private final Keeping keeping;
    private final Optional<RecentFrames> recentFrames;
    private final ResultViews views;
    private final FrameStream stream;
    private final LongConsumer resultMeter;

    private volatile boolean deaf;
    private volatile boolean failed;
    private volatile Optional<FrameResult> latestSeen = Optional.empty();
    private volatile EngineLoad load = EngineLoad.IDLE;

    /**
     * Heard nothing yet.
     *
     * @param resultMeter hears how many nanoseconds after its picture a result went out
     */
    EngineEar(
            Opened opened,
            AlertLedger ledger,
            Keeping keeping,
            Optional<RecentFrames> recentFrames,
            FrameStream stream,
            LongConsumer resultMeter) {
        this.policy = opened.policy();
        this.clock = opened.clock();
        this.ledger = ledger;
        this.keeping = keeping;
        this.recentFrames = recentFrames;
        this.views = new ResultViews(opened.id(), policy, ledger);
        this.stream = stream;
        this.resultMeter = resultMeter;
    }

    /** Takes no more alerts: what the engine raises after this is none of this run's. */
    void deafen() {
        deaf = true;
    }

    /** Whether the engine gave the session up. */
    boolean hasFailed() {
        return failed;
    }

    /** The latest analysed frame. */
    Optional<FrameResult> latestSeen() {
        return latestSeen;
    }

    EngineLoad load() {
        return load;
    }

    /** What the store knows of open alerts and what the engine goes on with may differ by what was never kept. */
    void reconcile(List<Alert> open) {
        open.forEach(this::note);
        for (AlertRecord record : ledger.open()) {
            boolean goesOn = open.stream()
                    .anyMatch(alert -> alert.id().equals(record.alert().id()));
            if (!goesOn) {
                note(record.closed(clock.nowNs()).alert());
            }
        }
    }

    /** Takes an alert as it stands. */
    void note(Alert alert) {
        if (deaf) {
            return;
        }
        ledger.note(alert, clock.nowNs())
                .map(AlertRecord::alert)
                .filter(news -> !news.type().isHostReported())
                .ifPresent(news -> recentFrames.ifPresent(frames -> noteEvidence(frames, news)));
    }

    private void noteEvidence(RecentFrames frames, Alert alert) {
        long timestampNs = alert.evidence().timestampNs();
        frames.at(timestampNs)
                .ifPresent(picture -> keeping.unkept().add(new Unkept.Picture(alert.id(), picture), timestampNs));
    }

    @Override
    public void onAlert(SessionId session, Alert alert) {
        note(alert);
    }

    @Override
    public void onEvent(SessionId session, SessionEvent event) {
        keeping.unkept().add(event);
    }

    @Override
    public void onFrameResult(SessionId session, FrameResult result) {
        if (result.isAnalysed()) {
            latestSeen = Optional.of(result);
            keeping.unkept()
                    .add(TracePoint.of(
                            result.observation().orElseThrow(),
                            result.attention().orElseThrow(),
                            policy.prohibitedObjects().keySet()));
        }
        load = result.load();
        keeping.keepAlerts(); // What a client is told is kept before, unless the store is known to fail.
        FrameStream.Arrival arrival = stream.arrivalOf(result.timestampNs());
        stream.finished(result.timestampNs(), views.of(result, arrival.index()));
        resultMeter.accept(System.nanoTime() - arrival.atNs());
    }

    @Override
    public void onStateChange(SessionId session, SessionState newState) {
        failed |= newState == SessionState.FAILED;
    }

    @Override
    public void onError(SessionId session, EngineException error) {
        LOG.debug("session {}: {}", session, error.code());
    }
}
