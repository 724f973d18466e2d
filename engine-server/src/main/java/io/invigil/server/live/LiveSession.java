package io.invigil.server.live;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.EngineException;
import io.invigil.api.EngineLoad;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.HostEvent;
import io.invigil.api.OfferResult;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Registration;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionScore;
import io.invigil.api.SessionSignal;
import io.invigil.api.SessionState;
import io.invigil.api.Severity;
import io.invigil.report.log.TracePoint;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AlertReportView;
import io.invigil.wire.AlertRequest;
import io.invigil.wire.AlertView;
import io.invigil.wire.AttentionView;
import io.invigil.wire.CameraView;
import io.invigil.wire.FeedMessage;
import io.invigil.wire.FrameLink;
import io.invigil.wire.FrameResultView;
import io.invigil.wire.FrameSink;
import io.invigil.wire.FramesView;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ReviewView;
import io.invigil.wire.ScoreView;
import io.invigil.wire.StatusView;
import io.invigil.wire.UnkeptView;
import io.invigil.wire.WireTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live session: its engine session, its socket when it has one, and what is still to be told and kept.
 *
 * <p>Locks, in the order they are taken: the monitor of {@code pausing} for pauses; {@link Keeping}'s own while the store is written;
 * the monitor of {@code order} for frames, the socket, results and whether frames are taken. None is held while the engine or a
 * socket is waited for, and a status needs none.
 */
final class LiveSession {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    private static final int STATUS_ALERTS = 20;
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final Duration TELLING = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ProctoringSession engine;
    private final Registration registration;
    private final LongConsumer resultMeter;
    private final ServerClock serverClock;
    private final SessionClock clock;
    private final Feed feed;
    private final Policy policy;
    private final SessionRecord created;
    private final AlertLedger ledger;
    private final ResultViews views;
    private final Optional<RecentFrames> recentFrames;

    private final Object pausing = new Object();
    private final FrameOrder order = new FrameOrder(this::emit);
    private final Keeping keeping;
    private FrameSink sink;
    private Link link;
    private long nextIndex;

    private volatile SessionRecord.State state;
    private volatile OptionalLong endNs = OptionalLong.empty();
    private volatile boolean taking = true;
    private volatile boolean everConnected;
    private volatile boolean connected;
    private volatile long activeAtNs;
    private volatile boolean failed;
    private volatile Optional<FrameResult> latestSeen = Optional.empty();
    private volatile EngineLoad load = EngineLoad.IDLE;

    LiveSession(
            ProctoringSession engine,
            RecordStore store,
            LiveSettings settings,
            ServerClock serverClock,
            SessionClock clock,
            Feed feed,
            Policy policy,
            SessionRecord record,
            List<AlertRecord> alerts) {
        this.engine = engine;
        this.resultMeter = settings.resultMeter();
        this.serverClock = serverClock;
        this.clock = clock;
        this.feed = feed;
        this.policy = policy;
        this.created = record;
        this.state = record.state();
        this.nextIndex = record.frames().offered();
        this.everConnected = record.frames().offered() > 0;
        this.activeAtNs = serverClock.monotonicNs();
        this.ledger = new AlertLedger(record.id(), alerts);
        this.keeping = new Keeping(record.id(), store, settings, serverClock, ledger, this::progress, this::tellKept);
        this.views = new ResultViews(record.id(), policy, ledger);
        this.recentFrames = record.keepEvidence() ? Optional.of(new RecentFrames()) : Optional.empty();
        this.registration = engine.addListener(new Ear());
    }

    /** What the store knows of open alerts and what the engine goes on with may differ by what was never kept. */
    void reconcile() {
        List<Alert> open = engine.openAlerts();
        open.forEach(this::note);
        for (AlertRecord record : ledger.open()) {
            boolean goesOn = open.stream()
                    .anyMatch(alert -> alert.id().equals(record.alert().id()));
            if (!goesOn) {
                note(closed(record.alert()));
            }
        }
    }

    private static Alert closed(Alert alert) {
        return new Alert(
                alert.id(),
                alert.type(),
                AlertPhase.CLOSED,
                alert.severity(),
                alert.startNs(),
                alert.endNs(),
                alert.message(),
                alert.confidence(),
                alert.evidence(),
                alert.details());
    }

    String id() {
        return created.id();
    }

    String owner() {
        return created.owner();
    }

    Policy policy() {
        return policy;
    }

    SessionRecord.State state() {
        return state;
    }

    boolean isConnected() {
        return connected;
    }

    boolean hasFailed() {
        return failed;
    }

    /** Whether the store has everything of an ended session. */
    boolean isKept() {
        return keeping.isDone() && engine.drain(Duration.ZERO); // What is still to be told is still to be kept.
    }

    boolean isStoreFailing() {
        return keeping.isFailing();
    }

    /** The session's record as it stands now. */
    SessionRecord record() {
        return created.at(progress(Optional.empty(), List.of(), List.of(), List.of()));
    }

    private FrameCounts frames() {
        FrameCounts before = created.frames();
        // What was inside the engine when an earlier run of the server ended was never finished.
        FrameCounts settled = new FrameCounts(
                before.offered(),
                before.analysed(),
                before.sampledOut(),
                before.superseded(),
                before.rejected(),
                before.failed() + before.inFlight(),
                0);
        return settled.plus(engine.frames());
    }

    private SessionProgress progress(
            Optional<byte[]> snapshot, List<AlertRecord> alerts, List<SessionEvent> events, List<TracePoint> trace) {
        SessionRecord.State now = state;
        Optional<SessionScore> finalScore = now.isLive() ? Optional.empty() : Optional.of(engine.score());
        return new SessionProgress(
                id(), now, endNs, clock.nowNs(), frames(), finalScore, snapshot, alerts, events, trace);
    }

    AlertView view(AlertRecord record) {
        return SessionViews.alert(created.startNs(), record);
    }

    StatusView status() {
        List<AlertRecord> open = ledger.open();
        Optional<FrameResult> seen = latestSeen;
        return new StatusView(
                id(),
                state.isLive(),
                ledger.newest(STATUS_ALERTS).stream().map(this::view).toList(),
                open.stream()
                        .map(record -> record.alert().type().wireName())
                        .distinct()
                        .toList(),
                state.wireName(),
                connected,
                seen.flatMap(FrameResult::attention).map(AttentionView::of).orElse(AttentionView.NONE),
                seen.flatMap(FrameResult::observation)
                        .map(observation -> CameraView.of(observation.quality()))
                        .orElse(CameraView.NONE),
                load.load(),
                ResultViews.word(load.shedding()),
                FramesView.of(frames()),
                open.stream().map(this::view).toList(),
                score(),
                unkept());
    }

    private UnkeptView unkept() {
        Losses lost = keeping.unkept().lost();
        return new UnkeptView(keeping.unkept().size(), lost.events(), lost.tracePoints(), lost.pictures());
    }

    /** Size of the pictures, by the latest analysed. */
    Downloads.PictureSize pictureSize() {
        return latestSeen
                .flatMap(FrameResult::observation)
                .map(seen -> new Downloads.PictureSize(seen.widthPx(), seen.heightPx()))
                .orElse(Downloads.PictureSize.UNKNOWN);
    }

    ScoreView score() {
        return Scores.view(id(), engine.score());
    }

    /** Whether the session should end by itself. */
    boolean isOver(LiveSettings settings) {
        long nowNs = serverClock.monotonicNs();
        Duration quiet = Duration.ofNanos(nowNs - activeAtNs);
        Duration age = Duration.ofNanos(clock.nowNs() - created.startNs());
        Duration longest = Duration.ofMinutes(created.durationMinutes()).plus(settings.grace());
        return age.compareTo(longest) > 0
                || quiet.compareTo(everConnected ? settings.idle() : settings.unconnected()) > 0;
    }

    // ---- the socket

    FrameLink attach(FrameSink newSink) {
        FrameSink old;
        Link newLink = new Link();
        synchronized (order) {
            if (!taking) {
                throw ProblemException.sessionOver();
            }
            old = sink;
            sink = newSink;
            link = newLink;
            connected = true;
            everConnected = true;
            activeAtNs = serverClock.monotonicNs();
        }
        if (old != null) {
            old.takenOver();
        }
        return newLink;
    }

    /** One socket's hold; frames of a socket that was taken over are no longer taken. */
    private final class Link implements FrameLink {
        private boolean anchored;
        private long offsetNs;

        @Override
        public void frame(ByteBuffer picture) {
            synchronized (order) {
                if (link == this && taking) {
                    offer(picture, clock.nextFrameNs());
                }
            }
        }

        @Override
        public void frame(ByteBuffer picture, long timestampNs) {
            synchronized (order) {
                if (link != this || !taking) {
                    return;
                }
                long nowNs = clock.nowNs();
                if (!anchored) {
                    anchored = true;
                    offsetNs = nowNs + 1 - timestampNs;
                }
                long mediaNs = timestampNs + offsetNs;
                if (Math.abs(mediaNs - nowNs) > DAY_NS || !clock.advanceTo(mediaNs)) {
                    activeAtNs = serverClock.monotonicNs();
                    order.answered(
                            clock.nowNs(),
                            nextIndex,
                            FrameResultView.failed(
                                    WireTime.iso(clock.nowNs()),
                                    id(),
                                    nextIndex++,
                                    "the picture's time must be after the one before and within a day of now"));
                } else {
                    offer(picture, mediaNs);
                }
            }
        }

        @Override
        public AlertReportView event(AlertRequest event) {
            return report(event);
        }

        @Override
        public void undelivered(List<AlertView> alerts, List<AlertView> updates) {
            ledger.giveBack(engineIds(alerts), engineIds(updates));
        }

        private List<String> engineIds(List<AlertView> alerts) {
            return alerts.stream()
                    .map(alert -> alert.alertId().substring(id().length() + 1))
                    .toList();
        }

        @Override
        public void close() {
            synchronized (order) {
                if (link == this) {
                    link = null;
                    sink = null;
                    connected = false;
                }
            }
        }
    }

    private void offer(ByteBuffer picture, long timestampNs) {
        activeAtNs = serverClock.monotonicNs();
        long index = nextIndex++;
        recentFrames.ifPresent(frames -> frames.offering(timestampNs, picture));
        order.offering(timestampNs, index, System.nanoTime());
        OfferResult result = engine.offer(Frame.encoded(picture, timestampNs));
        recentFrames.ifPresent(frames -> {
            if (result.isAccepted()) {
                frames.accepted();
            } else {
                frames.refused(timestampNs);
            }
        });
        switch (result) {
            case ACCEPTED -> order.accepted(timestampNs, index, false);
            case ACCEPTED_SUPERSEDING -> order.accepted(timestampNs, index, true);
            case SAMPLED_OUT ->
                order.answered(
                        timestampNs,
                        index,
                        FrameResultView.skipped(
                                WireTime.iso(timestampNs),
                                id(),
                                index,
                                state == SessionRecord.State.PAUSED ? "paused" : "sampled_out"));
            case REJECTED_OUT_OF_ORDER, REJECTED_INVALID, REJECTED_BACKPRESSURE, CLOSED ->
                order.answered(
                        timestampNs,
                        index,
                        FrameResultView.failed(
                                WireTime.iso(timestampNs), id(), index, refusal(result, picture.remaining())));
        }
    }

    private static String refusal(OfferResult result, int length) {
        return switch (result) {
            case REJECTED_INVALID ->
                length == 0
                        ? "the message is empty"
                        : "the picture is damaged, larger than allowed, or neither JPEG, PNG nor WebP";
            case CLOSED -> "the session takes no more pictures";
            default -> "there was no room for the picture";
        };
    }

    /** Sends a result with what is still to be told; called with the monitor of {@code order} held. */
    private void emit(FrameResultView result) {
        FrameSink to = sink;
        if (to == null) {
            return; // What is untold waits for the next socket.
        }
        AlertLedger.Untold untold = ledger.takeUntold();
        boolean nothing = untold.openings().isEmpty() && untold.changes().isEmpty();
        to.result(
                nothing
                        ? result
                        : result.withAlerts(
                                untold.openings().stream().map(this::view).toList(),
                                untold.changes().stream().map(this::view).toList()));
    }

    // ---- what the host tells

    AlertReportView report(AlertRequest request) {
        requireLive();
        requireRoom();
        activeAtNs = serverClock.monotonicNs();
        long nowNs = clock.nowNs();
        long atNs = request.timestamp()
                .map(time -> Math.max(created.startNs(), Math.min(nowNs, WireTime.epochNs(time))))
                .orElse(nowNs);
        HostEvent.Phase phase = HostEvent.Phase.valueOf(request.phase().toUpperCase(Locale.ROOT));
        Optional<Severity> severity = request.severity().map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT)));
        HostEvent event = new HostEvent(request.type(), phase, atNs, severity, request.message());
        Optional<Alert> alert = engine.report(event);
        if (alert.isEmpty()) {
            save();
            return new AlertReportView("ignored", ignored(event));
        }
        note(alert.get());
        save();
        return new AlertReportView("success", view(ledger.get(alert.get().id()).orElseThrow()));
    }

    private AlertView ignored(HostEvent event) {
        Severity severity = event.severity().orElse(policy.rule(event.type()).severity());
        return new AlertView(
                AlertView.idOf(id(), "ignored-" + event.timestampNs()),
                event.type().wireName(),
                severity.wireName(),
                event.note(),
                WireTime.iso(event.timestampNs()),
                severity.requiresAttention(),
                "closed",
                WireTime.iso(event.timestampNs()),
                WireTime.iso(event.timestampNs()),
                WireTime.seconds(created.startNs(), event.timestampNs()),
                WireTime.seconds(created.startNs(), event.timestampNs()),
                1,
                Map.of("event", event.name()),
                null,
                ReviewView.OPEN);
    }

    /** Pauses the session or goes on with it. */
    void pause(boolean paused) {
        SessionRecord.State wanted = paused ? SessionRecord.State.PAUSED : SessionRecord.State.ACTIVE;
        synchronized (pausing) { // The engine hears of pauses in the order in which they are kept.
            requireLive();
            activeAtNs = serverClock.monotonicNs();
            if (state == wanted) {
                return;
            }
            requireRoom();
            engine.report(new Pause(clock.nowNs(), paused));
            synchronized (order) {
                requireLive(); // Its end may have come meanwhile, and is final.
                state = wanted;
            }
        }
        engine.drain(TELLING); // Its event is told on another thread, and is to be kept with what it did.
        try {
            save();
        } finally {
            tellState(); // It holds whether it could be kept or not, and is tried again.
        }
    }

    /** Hands the engine a signal. */
    void signal(SessionSignal signal) {
        requireLive();
        engine.report(signal);
    }

    long nowNs() {
        return clock.nowNs();
    }

    private void requireLive() {
        if (!taking || !state.isLive()) {
            throw ProblemException.sessionOver();
        }
    }

    /** What the engine sees must wait for the store; what the host tells may be refused instead. */
    private void requireRoom() {
        if (keeping.isFull()) {
            throw ProblemException.tooMuch(503, "the store does not answer", RETRY);
        }
    }

    private void tellState() {
        synchronized (order) {
            if (sink != null) {
                sink.state(state.wireName());
            }
        }
        feed.publish("session", id(), SessionViews.session(record(), policy, score()));
    }

    void reviewed(String alertId, ReviewView review) {
        ledger.reviewed(alertId, review);
    }

    // ---- the end

    /** Takes no more frames, finishes those inside, keeps everything and lets the socket go. Idempotent. */
    void end(SessionRecord.State how, Duration timeout) {
        synchronized (order) {
            if (!taking) {
                return;
            }
            taking = false;
        }
        engine.close(timeout);
        endNs = OptionalLong.of(clock.nowNs());
        state = how;
        trySave();
        tellState();
    }

    /** The server stops: takes no more frames, and finishes those inside. */
    void stopTaking() {
        synchronized (order) {
            taking = false;
        }
    }

    /**
     * Keeps where the session stands; it goes on when the server starts again.
     *
     * @param timeout how long the last frames may take
     * @param storeAnswers false to leave the store alone
     * @return whether everything is kept
     */
    boolean suspend(Duration timeout, boolean storeAnswers) {
        stopTaking();
        engine.drain(timeout);
        if (storeAnswers) {
            trySave();
        }
        registration.close(); // The engine's own end is not the session's.
        engine.close(timeout);
        return storeAnswers && isKept();
    }

    // ---- what is kept

    /** Keeps what is new. */
    void save() {
        keeping.save();
    }

    /** Keeps what is new; a store that fails is tried again later and shows in the health. */
    void trySave() {
        keeping.trySave();
    }

    /** Whether something waits to be kept: an alert at once, what only goes on after the interval. */
    boolean isSaveDue(Duration interval) {
        return keeping.isDue(interval, activeAtNs);
    }

    private SessionProgress progress(Unkept.Share share) {
        Optional<byte[]> snapshot = state.isLive() ? Optional.of(engine.snapshot()) : Optional.empty();
        return progress(snapshot, share.alerts(), share.eventsAndLosses(), share.trace());
    }

    private void tellKept(AlertRecord alert) {
        AlertRecord latest = ledger.get(alert.alert().id()).orElse(alert);
        feed.publish("alert", id(), new FeedMessage.AlertNews(id(), view(latest)));
    }

    private void note(Alert alert) {
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

    /** Hears the engine; calls come one at a time, on a thread of the engine's listeners. */
    private final class Ear implements SessionListener {
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
            if (!keeping.isFailing() && keeping.unkept().isUrgent()) {
                trySave(); // What a client is told is kept before, unless the store is known to fail.
            }
            long index;
            long cameNs;
            synchronized (order) {
                index = order.indexOf(result.timestampNs());
                cameNs = order.cameAtNs(result.timestampNs());
            }
            FrameResultView view = views.of(result, index);
            synchronized (order) {
                order.finished(result.timestampNs(), view);
            }
            resultMeter.accept(System.nanoTime() - cameNs);
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
}
