package io.invigil.server.live;

import io.invigil.api.EngineLoad;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Registration;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.api.SessionSignal;
import io.invigil.report.log.TracePoint;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AlertReportView;
import io.invigil.wire.AlertRequest;
import io.invigil.wire.AlertView;
import io.invigil.wire.AttentionView;
import io.invigil.wire.CameraView;
import io.invigil.wire.CurrentView;
import io.invigil.wire.Done;
import io.invigil.wire.FeedMessage;
import io.invigil.wire.FrameLink;
import io.invigil.wire.FrameSink;
import io.invigil.wire.FramesView;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ReviewView;
import io.invigil.wire.ScoreView;
import io.invigil.wire.SessionView;
import io.invigil.wire.StatusView;
import io.invigil.wire.UnkeptView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One live session: how it stands, and what belongs to it: its engine session, the {@link FrameStream}, what is heard of the
 * engine ({@link EngineEar}) and what is to be kept ({@link Keeping}). Thread-safe.
 *
 * <p>Locks, in the order they are taken: {@link Keeping}'s own while the store is written; the monitor of {@code pausing} while
 * the session and its engine pause or go on, while the engine is handed a report or a signal, and while the last snapshot is
 * taken; the stream's monitor. None is held while the engine or a socket is waited for, and a status needs none of them.
 */
final class LiveSession {
    private static final int STATUS_ALERTS = 20;
    private static final Duration TELLING = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ProctoringSession engine;
    private final Registration registration;
    private final SessionClock clock;
    private final Feed feed;
    private final Policy policy;
    private final SessionRecord created;
    private final Activity activity;
    private final AlertLedger ledger;
    private final Keeping keeping;
    private final FrameStream stream;
    private final EngineEar ear;
    private final HostReports reports;
    private final Object pausing = new Object();

    private final AtomicReference<SessionRecord.State> state;
    private volatile OptionalLong endNs = OptionalLong.empty();
    private volatile boolean suspended;
    /** What the session goes on from after the server's stop; guarded by {@code pausing}. */
    private Optional<byte[]> lastSnapshot = Optional.empty();

    /**
     * A session that goes on from here.
     *
     * @param alerts those it has already, in the order they opened
     */
    LiveSession(Opened opened, Shared shared, List<AlertRecord> alerts) {
        this.engine = opened.engine();
        this.clock = opened.clock();
        this.feed = shared.feed();
        this.policy = opened.policy();
        this.created = opened.record();
        this.state = new AtomicReference<>(created.state());
        this.activity = new Activity(shared.clock());
        this.ledger = new AlertLedger(id(), alerts);
        this.keeping = new Keeping(id(), state(), shared, ledger, this::progress, this::tellKept);
        Optional<RecentFrames> frames = created.keepEvidence() ? Optional.of(new RecentFrames()) : Optional.empty();
        this.stream = new FrameStream(opened, activity, ledger, frames, new StreamHost());
        this.ear = new EngineEar(
                opened, ledger, keeping, frames, stream, shared.settings().resultMeter());
        this.reports = new HostReports(opened, ledger, ear, keeping);
        this.registration = engine.addListener(ear);
    }

    private final class StreamHost implements FrameStream.Host {
        @Override
        public boolean isPaused() {
            return state() == SessionRecord.State.PAUSED;
        }

        @Override
        public AlertReportView report(AlertRequest request) {
            return LiveSession.this.report(request).view().forCandidate();
        }

        @Override
        public ProblemException refusal() {
            return LiveSession.this.refusal();
        }
    }

    /** Takes over what the engine goes on with. */
    void reconcile() {
        ear.reconcile(engine.openAlerts());
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
        return state.get();
    }

    boolean isConnected() {
        return stream.isConnected();
    }

    boolean hasFailed() {
        return ear.hasFailed();
    }

    /** Whether the store has the session's end and everything of it. */
    boolean isEndKept() {
        return engine.drain(Duration.ZERO) && keeping.isEndKept(); // What is still to be told is still to be kept.
    }

    boolean isStoreFailing() {
        return keeping.isFailing();
    }

    /** The session's record as it stands now. */
    SessionRecord record() {
        return created.at(progress(state(), Optional.empty(), List.of(), List.of(), List.of()));
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
            SessionRecord.State now,
            Optional<byte[]> snapshot,
            List<AlertRecord> alerts,
            List<SessionEvent> events,
            List<TracePoint> trace) {
        Optional<SessionScore> finalScore = now.isLive() ? Optional.empty() : Optional.of(engine.score());
        return new SessionProgress(
                id(), now, endNs, clock.nowNs(), frames(), finalScore, snapshot, alerts, events, trace);
    }

    private AlertView view(AlertRecord record) {
        return SessionViews.alert(created.startNs(), record);
    }

    SessionView session() {
        CurrentView current = new CurrentView(stream.isConnected(), views(ledger.open()), unkept());
        return SessionViews.session(record(), policy, score(), current);
    }

    private List<AlertView> views(List<AlertRecord> alerts) {
        return alerts.stream().map(this::view).toList();
    }

    StatusView status() {
        List<AlertRecord> open = ledger.open();
        Optional<FrameResult> seen = ear.latestSeen();
        EngineLoad load = ear.load();
        return new StatusView(
                id(),
                state().isLive(),
                views(ledger.newest(STATUS_ALERTS)),
                open.stream()
                        .map(record -> record.alert().type().wireName())
                        .distinct()
                        .toList(),
                state().wireName(),
                stream.isConnected(),
                seen.flatMap(FrameResult::attention).map(AttentionView::of).orElse(AttentionView.NONE),
                seen.flatMap(FrameResult::observation)
                        .map(observation -> CameraView.of(observation.quality()))
                        .orElse(CameraView.NONE),
                load.load(),
                ResultViews.word(load.shedding()),
                FramesView.of(frames()),
                views(open),
                score(),
                unkept());
    }

    private UnkeptView unkept() {
        Losses lost = keeping.unkept().lost();
        return new UnkeptView(
                keeping.isFailing(), keeping.unkept().size(), lost.events(), lost.tracePoints(), lost.pictures());
    }

    /** Size of the pictures, by the latest analysed. */
    Downloads.PictureSize pictureSize() {
        return ear.latestSeen()
                .flatMap(FrameResult::observation)
                .map(seen -> new Downloads.PictureSize(seen.widthPx(), seen.heightPx()))
                .orElse(Downloads.PictureSize.UNKNOWN);
    }

    ScoreView score() {
        return Scores.view(id(), engine.score());
    }

    /** Whether the session should end by itself. */
    boolean isOver(LiveSettings settings) {
        Duration age = Duration.ofNanos(clock.nowNs() - created.startNs());
        Duration longest = Duration.ofMinutes(created.durationMinutes()).plus(settings.grace());
        return age.compareTo(longest) > 0
                || activity.quiet().compareTo(stream.wasConnected() ? settings.idle() : settings.unconnected()) > 0;
    }

    FrameLink attach(FrameSink sink) {
        return stream.attach(sink);
    }

    // ---- what the host tells

    Done<AlertReportView> report(AlertRequest request) {
        requireLive();
        activity.note();
        requireRoom();
        HostReports.Taken taken;
        synchronized (pausing) {
            requireUnsettled();
            taken = reports.take(request);
        }
        return reports.answer(taken);
    }

    /** Pauses the session or goes on with it, and says whether the store has it; it holds in any case, and is tried again. */
    boolean pause(boolean paused) {
        SessionRecord.State wanted = paused ? SessionRecord.State.PAUSED : SessionRecord.State.ACTIVE;
        if (!change(wanted)) {
            return trySaveUnlessFailing(); // What was asked for before may still wait.
        }
        engine.drain(TELLING); // Its event is told on another thread, and is to be kept with what it did.
        boolean kept = trySaveUnlessFailing();
        tellState();
        return kept;
    }

    /** Has session and engine paused or going on as one, whenever somebody keeps them; false when they were. */
    private boolean change(SessionRecord.State wanted) {
        synchronized (pausing) {
            requireLive();
            activity.note();
            SessionRecord.State before = state();
            if (before == wanted) {
                return false;
            }
            requireRoom();
            if (!stream.whileTaking(() -> state.set(wanted))) {
                throw refusal();
            }
            try {
                hand(new Pause(clock.nowNs(), wanted == SessionRecord.State.PAUSED));
            } catch (ProblemException tooLate) {
                state.compareAndSet(wanted, before); // Its end may have come meanwhile, and is final.
                throw tooLate;
            }
        }
        if (!state().isLive()) {
            throw refusal(); // Its end came meanwhile, and is final.
        }
        return true;
    }

    /** Hands the engine a signal, and says whether the store has what it changed; it holds in any case. */
    boolean signal(SessionSignal signal) {
        requireLive();
        activity.note();
        synchronized (pausing) {
            requireUnsettled();
            hand(signal);
        }
        return trySaveUnlessFailing();
    }

    /** As the engine would otherwise take a wrong clock's time for good, it takes nothing far after the latest picture. */
    private void hand(SessionSignal signal) {
        try {
            engine.report(signal);
        } catch (IllegalArgumentException tooLate) {
            throw ProblemException.of(409, "a picture has to come first: " + tooLate.getMessage());
        }
    }

    long nowNs() {
        return clock.nowNs();
    }

    /** What comes after the snapshot that the session goes on from would be kept beside a state that knows nothing of it. */
    private void requireUnsettled() {
        if (lastSnapshot.isPresent()) {
            throw refusal();
        }
    }

    private void requireLive() {
        if (!stream.isTaking() || !state().isLive()) {
            throw refusal();
        }
    }

    /** Why nothing is taken: a session that the server's stop holds goes on after the next start. */
    private ProblemException refusal() {
        return suspended && state().isLive()
                ? ProblemException.tooMuch(503, "the service stops", RETRY)
                : ProblemException.sessionOver();
    }

    /** What the engine sees must wait for the store; what the host tells may be refused instead. */
    private void requireRoom() {
        if (keeping.isFull()) {
            throw ProblemException.tooMuch(503, "the store does not answer", RETRY);
        }
    }

    private void tellState() {
        stream.tell(state());
        feed.publish("session", id(), session());
    }

    void reviewed(String alertId, ReviewView review) {
        ledger.reviewed(alertId, review);
    }

    // ---- the end

    /**
     * Takes no more frames, finishes those inside, keeps everything and lets the socket go. Idempotent.
     *
     * @return whether the store has it, else the keeper hands it over once the store answers; true also while another call is
     *     still at it, which answers for itself
     * @throws ProblemException with 503 when the server stops: the session goes on then
     */
    boolean end(SessionRecord.State how, Duration timeout) {
        if (!stream.stop()) {
            if (suspended && state().isLive()) {
                throw refusal();
            }
            return state().isLive() || trySaveUnlessFailing(); // Another call is at it, or was.
        }
        engine.close(timeout);
        endNs = OptionalLong.of(clock.nowNs());
        state.set(how);
        boolean kept = trySaveUnlessFailing();
        tellState();
        return kept;
    }

    /** The server stops: takes no more frames, and finishes those inside. */
    void stopTaking() {
        suspended = true;
        stream.stop();
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
        synchronized (pausing) {
            // What a frame still inside or the engine's end raises from now on is not in the snapshot. Kept beside it,
            // its id would be given out again after the start, and the alert that gets it be taken for this one.
            ear.deafen();
            lastSnapshot = Optional.of(engine.snapshot());
        }
        if (storeAnswers) {
            trySave();
        }
        registration.close(); // The engine's own end is not the session's.
        engine.close(timeout);
        return storeAnswers && engine.drain(Duration.ZERO) && keeping.isDone();
    }

    // ---- what is kept

    /** Keeps what is new, and says whether it did; a store that fails is tried again later and shows in the health. */
    boolean trySave() {
        return keeping.trySave();
    }

    /** As {@link #trySave} for a caller who is waited for: a store known to fail is not asked again. */
    boolean trySaveUnlessFailing() {
        return keeping.trySaveUnlessFailing();
    }

    /** Whether something waits to be kept: an alert at once, what only goes on after the interval. */
    boolean isSaveDue(Duration interval) {
        return keeping.isDue(interval, activity.atNs(), !state().isLive());
    }

    private SessionProgress progress(Unkept.Share share) {
        if (state().isLive()) {
            synchronized (pausing) { // What goes on from the snapshot is paused where the session is.
                return progress(state(), lastSnapshot.or(() -> Optional.of(engine.snapshot())), share);
            }
        }
        return progress(state(), Optional.empty(), share);
    }

    private SessionProgress progress(SessionRecord.State now, Optional<byte[]> snapshot, Unkept.Share share) {
        return progress(now, snapshot, share.alerts(), share.eventsAndLosses(), share.trace());
    }

    private void tellKept(AlertRecord alert) {
        AlertRecord latest = ledger.get(alert.alert().id()).orElse(alert);
        feed.publish("alert", id(), new FeedMessage.AlertNews(id(), view(latest)));
    }
}
