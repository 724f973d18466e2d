package io.invigil.server.live;

import io.invigil.api.CalibrationTarget;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.Acknowledgement;
import io.invigil.wire.AlertPage;
import io.invigil.wire.AlertQuery;
import io.invigil.wire.AlertReportView;
import io.invigil.wire.AlertRequest;
import io.invigil.wire.AlertView;
import io.invigil.wire.CalibrationRequest;
import io.invigil.wire.Caller;
import io.invigil.wire.DeliveryPage;
import io.invigil.wire.DeliveryView;
import io.invigil.wire.DetailedHealthView;
import io.invigil.wire.Done;
import io.invigil.wire.FeedMessage;
import io.invigil.wire.FrameGateway;
import io.invigil.wire.FrameLink;
import io.invigil.wire.FrameSink;
import io.invigil.wire.HealthView;
import io.invigil.wire.PrecheckView;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ProctoringService;
import io.invigil.wire.ReviewFeed;
import io.invigil.wire.ReviewRequest;
import io.invigil.wire.ReviewView;
import io.invigil.wire.Scope;
import io.invigil.wire.ScoreView;
import io.invigil.wire.ServiceView;
import io.invigil.wire.SessionPage;
import io.invigil.wire.SessionQuery;
import io.invigil.wire.SessionRequest;
import io.invigil.wire.SessionView;
import io.invigil.wire.StatusView;
import io.invigil.wire.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The service: sessions over an engine and a store, behind the ports the adapters call. The engine and the store are the
 * caller's, who closes them afterwards. Thread-safe.
 */
public final class LiveProctoring implements ProctoringService, FrameGateway, AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final RecordStore store;
    private final LiveSettings settings;
    private final SessionTokens tokens;
    private final ServerClock clock;
    private final Deliveries deliveries;
    private final Feed feed;
    private final AuditTrail trail;
    private final LiveSessions sessions;
    private final Downloads downloads;
    private final AlertReader alerts;
    private final SessionReader reader;
    private final Precheck precheck;
    private final Health health;

    /** A service that goes on with what the store holds. */
    public LiveProctoring(
            ProctoringEngine engine,
            RecordStore store,
            LiveSettings settings,
            SessionTokens tokens,
            ServerClock clock) {
        this(engine, store, settings, tokens, clock, Deliveries.NONE);
    }

    /** As above, for a host that is told of what happens. */
    public LiveProctoring(
            ProctoringEngine engine,
            RecordStore store,
            LiveSettings settings,
            SessionTokens tokens,
            ServerClock clock,
            Deliveries deliveries) {
        this.deliveries = Objects.requireNonNull(deliveries, "deliveries");
        this.store = Objects.requireNonNull(store, "store");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.clock = Objects.requireNonNull(clock, "clock");
        feed = new Feed(clock);
        trail = new AuditTrail(store);
        sessions = new LiveSessions(Objects.requireNonNull(engine, "engine"), store, settings, clock, feed, trail);
        downloads = new Downloads(store, settings, engine.modelHashes());
        alerts = new AlertReader(store);
        reader = new SessionReader(store, settings, sessions, downloads, alerts);
        precheck = new Precheck(engine);
        health = new Health(engine, store, settings, sessions, clock);
        sessions.start();
    }

    /** The feed reviewers follow. */
    public ReviewFeed feed() {
        return feed;
    }

    // ---- the service itself

    @Override
    public ServiceView service() {
        return new ServiceView("ok", "Invigil: camera frames in, explained alerts out", settings.version());
    }

    @Override
    public HealthView health() {
        return health.view();
    }

    @Override
    public DetailedHealthView detailedHealth() {
        return health.detailed();
    }

    // ---- sessions

    @Override
    public Done<SessionView> create(SessionRequest request, Caller caller) {
        Policy policy = request.policy().map(SessionViews::policy).orElse(settings.defaultPolicy());
        LiveSession session = StoreCall.answer(() -> sessions.open(request, policy, caller.name()));
        boolean audited = note(caller, "create", session.id(), "", true);
        SessionView view = session.session();
        feed.publish("session", session.id(), view);
        SessionRecord record = session.record();
        Instant expires = WireTime.instant(record.startNs())
                .plus(Duration.ofMinutes(record.durationMinutes()))
                .plus(settings.grace());
        return new Done<>(
                view.withAccess(
                        settings.publicWsUrl() + "/ws/" + session.id(),
                        tokens.tokenFor(session.id(), expires).orElse(null)),
                audited);
    }

    @Override
    public SessionView session(String sessionId, Caller caller) {
        SessionView view = reader.view(sessionId);
        return seesAll(caller) ? view : view.forCandidate();
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        return reader.page(query);
    }

    @Override
    public Acknowledgement end(String sessionId, Caller caller) {
        // Whether the store has it is nothing to the candidate's client, which goes on streaming unless all is well.
        // But it waits for 10 s only: a store that was waited for once is not waited for again.
        sessions.end(sessionId, SessionRecord.State.ENDED).ifPresent(kept -> note(caller, "end", sessionId, "", kept));
        return Acknowledgement.success("Session ended");
    }

    @Override
    public Done<SessionView> pause(String sessionId, Caller caller) {
        return pause(sessionId, true, caller);
    }

    @Override
    public Done<SessionView> resume(String sessionId, Caller caller) {
        return pause(sessionId, false, caller);
    }

    private Done<SessionView> pause(String sessionId, boolean paused, Caller caller) {
        boolean kept = reader.live(sessionId).pause(paused);
        boolean audited = note(caller, paused ? "pause" : "resume", sessionId, "", kept);
        return new Done<>(reader.view(sessionId), audited);
    }

    @Override
    public Done<Acknowledgement> calibrate(String sessionId, CalibrationRequest request, Caller caller) {
        LiveSession session = reader.live(sessionId);
        long nowNs = session.nowNs();
        long untilNs = nowNs + Math.round(request.durationS() * 1e9);
        boolean kept = session.signal(new CalibrationTarget(nowNs, untilNs, request.x(), request.y()));
        boolean audited = note(caller, "calibrate", sessionId, "", kept);
        return new Done<>(Acknowledgement.success("Calibration point noted"), audited);
    }

    // ---- what was seen

    @Override
    public StatusView status(String sessionId, Caller caller) {
        StatusView view = reader.status(sessionId);
        return seesAll(caller) ? view : view.forCandidate();
    }

    @Override
    public AlertPage alerts(String sessionId, AlertQuery query, Caller caller) {
        AlertPage page = alerts.page(reader.kept(sessionId), query);
        return seesAll(caller) ? page : page.forCandidate();
    }

    @Override
    public Done<AlertReportView> report(String sessionId, AlertRequest request, Caller caller) {
        Done<AlertReportView> done = reader.live(sessionId).report(request);
        boolean audited = note(caller, "report", sessionId, done.view().alert().alertId(), done.kept());
        return new Done<>(seesAll(caller) ? done.view() : done.view().forCandidate(), audited);
    }

    @Override
    public Done<AlertView> review(String sessionId, String alertId, ReviewRequest request, Caller caller) {
        SessionRecord record = reader.kept(sessionId);
        String engineId = AlertReader.engineId(sessionId, alertId);
        boolean open = request.state().equals("open");
        String by = open ? null : caller.name();
        String at = open ? null : WireTime.iso(clock.epochNs());
        AlertRecord reviewed = StoreCall.answer(() -> store.review(
                        sessionId,
                        engineId,
                        before -> new ReviewView(request.state(), request.note().orElse(before.note()), by, at)))
                .orElseThrow(() -> ProblemException.of(404, "Alert not found"));
        sessions.find(sessionId).ifPresent(live -> live.reviewed(engineId, reviewed.review()));
        boolean audited = note(caller, "review", sessionId, alertId, true);
        AlertView view = SessionViews.alert(record.startNs(), reviewed);
        feed.publish("alert", sessionId, new FeedMessage.AlertNews(sessionId, view));
        return new Done<>(view, audited);
    }

    @Override
    public ScoreView score(String sessionId) {
        return reader.view(sessionId).score();
    }

    @Override
    public String reportPage(String sessionId) {
        SessionRecord record = reader.kept(sessionId);
        Downloads.PictureSize size =
                sessions.find(sessionId).map(LiveSession::pictureSize).orElse(Downloads.PictureSize.UNKNOWN);
        return StoreCall.answer(() -> downloads.page(record, reader.policy(record), size));
    }

    @Override
    public String alertLines(String sessionId) {
        SessionRecord record = reader.kept(sessionId);
        return StoreCall.answer(() -> downloads.lines(record));
    }

    @Override
    public String alertTable(String sessionId) {
        SessionRecord record = reader.kept(sessionId);
        return StoreCall.answer(() -> downloads.table(record));
    }

    @Override
    public byte[] evidence(String sessionId, String alertId) {
        reader.record(sessionId);
        return StoreCall.answer(() -> store.evidence(sessionId, AlertReader.engineId(sessionId, alertId)))
                .orElseThrow(() -> ProblemException.of(404, "Evidence not found"));
    }

    @Override
    public DeliveryPage deliveries(String sessionId, Optional<String> state, int limit) {
        reader.record(sessionId);
        return new DeliveryPage(sessionId, StoreCall.answer(() -> deliveries.of(sessionId, state, limit)));
    }

    @Override
    public Done<DeliveryView> redeliver(String sessionId, String deliveryId, Caller caller) {
        reader.record(sessionId);
        DeliveryView delivery = StoreCall.answer(() -> deliveries.redeliver(sessionId, deliveryId))
                .orElseThrow(() -> ProblemException.of(404, "Delivery not found"));
        return new Done<>(delivery, note(caller, "redeliver", sessionId, deliveryId, true));
    }

    @Override
    public PrecheckView precheck(byte[] picture) {
        return precheck.look(picture);
    }

    // ---- sockets

    @Override
    public void check(String sessionId) {
        if (sessions.isStopping()) {
            throw ProblemException.tooMuch(503, "the service stops", RETRY);
        }
        reader.live(sessionId);
    }

    @Override
    public FrameLink attach(String sessionId, FrameSink sink) {
        check(sessionId);
        return reader.live(sessionId).attach(sink);
    }

    // ---- the rest

    private static boolean seesAll(Caller caller) {
        return caller.may(Scope.PROCTOR);
    }

    /** Notes what has taken effect; whether everything of it is in the store. */
    private boolean note(Caller caller, String action, String sessionId, String subject, boolean kept) {
        Instant now = WireTime.instant(clock.epochNs());
        return trail.note(new AuditEntry(now, caller.name(), action, sessionId, subject), kept);
    }

    /** Keeps where every session stands. The sockets should be closed before, the engine and the store after. */
    @Override
    public void close() {
        sessions.close();
    }
}
