package io.invigil.server.live;

import io.invigil.api.AlertType;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.SessionScore;
import io.invigil.api.Severity;
import io.invigil.report.log.PolicyException;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.wire.Acknowledgement;
import io.invigil.wire.AlertPage;
import io.invigil.wire.AlertQuery;
import io.invigil.wire.AlertReportView;
import io.invigil.wire.AlertRequest;
import io.invigil.wire.AlertView;
import io.invigil.wire.AttentionView;
import io.invigil.wire.CalibrationRequest;
import io.invigil.wire.Caller;
import io.invigil.wire.CameraView;
import io.invigil.wire.DeliveryPage;
import io.invigil.wire.DeliveryView;
import io.invigil.wire.DetailedHealthView;
import io.invigil.wire.FeedMessage;
import io.invigil.wire.FieldError;
import io.invigil.wire.FrameGateway;
import io.invigil.wire.FrameLink;
import io.invigil.wire.FrameSink;
import io.invigil.wire.FramesView;
import io.invigil.wire.HealthView;
import io.invigil.wire.PrecheckView;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ProctoringService;
import io.invigil.wire.ReviewFeed;
import io.invigil.wire.ReviewRequest;
import io.invigil.wire.ReviewView;
import io.invigil.wire.ScoreView;
import io.invigil.wire.ServiceView;
import io.invigil.wire.SessionPage;
import io.invigil.wire.SessionQuery;
import io.invigil.wire.SessionRequest;
import io.invigil.wire.SessionView;
import io.invigil.wire.StatusView;
import io.invigil.wire.UnkeptView;
import io.invigil.wire.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: sessions over an engine and a store, behind the ports the adapters call. The engine and the store are the
 * caller's, who closes them afterwards. Thread-safe.
 */
public final class LiveProctoring implements ProctoringService, FrameGateway, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveProctoring.class);
    private static final int STATUS_ALERTS = 20;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final RecordStore store;
    private final LiveSettings settings;
    private final SessionTokens tokens;
    private final ServerClock clock;
    private final Deliveries deliveries;
    private final Feed feed;
    private final LiveSessions sessions;
    private final Downloads downloads;
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
        sessions = new LiveSessions(Objects.requireNonNull(engine, "engine"), store, settings, clock, feed);
        downloads = new Downloads(store, settings, engine.modelHashes());
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
    public SessionView create(SessionRequest request, Caller caller) {
        Policy policy = request.policy().map(SessionViews::policy).orElse(settings.defaultPolicy());
        LiveSession session = stored(() -> sessions.open(request, policy, caller.name()));
        audit(caller, "create", session.id(), "");
        SessionRecord record = session.record();
        SessionView view = SessionViews.session(record, policy, ScoreView.ZERO);
        feed.publish("session", session.id(), view);
        Instant expires = WireTime.instant(record.startNs())
                .plus(Duration.ofMinutes(record.durationMinutes()))
                .plus(settings.grace());
        return view.withAccess(
                settings.publicWsUrl() + "/ws/" + session.id(),
                tokens.tokenFor(session.id(), expires).orElse(null));
    }

    @Override
    public SessionView session(String sessionId) {
        Optional<LiveSession> live = sessions.find(sessionId);
        if (live.isPresent()) {
            return SessionViews.session(
                    live.get().record(), live.get().policy(), live.get().score());
        }
        return view(record(sessionId));
    }

    private SessionRecord record(String sessionId) {
        Optional<LiveSession> live = sessions.find(sessionId);
        return live.isPresent()
                ? live.get().record()
                : stored(() -> store.session(sessionId)).orElseThrow(ProblemException::sessionNotFound);
    }

    private SessionView view(SessionRecord record) {
        return SessionViews.session(record, policy(record), score(record));
    }

    private Policy policy(SessionRecord record) {
        Optional<LiveSession> live = sessions.find(record.id());
        if (live.isPresent()) {
            return live.get().policy();
        }
        try {
            return SessionViews.keptPolicy(record);
        } catch (PolicyException unusable) {
            // Kept by a version of the program that knew other policies; what was seen still stands.
            LOG.warn("the policy of session {} cannot be read: {}", record.id(), unusable.getMessage());
            return settings.defaultPolicy();
        }
    }

    private ScoreView score(SessionRecord record) {
        return sessions.find(record.id()).map(LiveSession::score).orElseGet(() -> finalScore(record));
    }

    private ScoreView finalScore(SessionRecord record) {
        return Scores.view(record.id(), record.score().orElseGet(() -> countOnce(record)));
    }

    /** The score of a session that ended without one: under an earlier program, or because it could not go on. */
    private SessionScore countOnce(SessionRecord record) {
        SessionScore score = stored(() -> downloads.score(record, policy(record)));
        if (!record.state().isLive()) {
            try {
                store.saveScore(record.id(), score);
            } catch (StoreException failure) {
                LOG.warn("the score of session {} is counted again next time: {}", record.id(), failure.getMessage());
            }
        }
        return score;
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        Optional<SessionRecord.State> state =
                query.state().map(word -> SessionRecord.State.valueOf(word.toUpperCase(Locale.ROOT)));
        Optional<SessionRecord.Key> after = query.cursor().map(Cursors::session);
        List<SessionRecord> found = stored(() -> store.sessions(state, query.limit() + 1, after));
        boolean more = found.size() > query.limit();
        List<SessionRecord> page = more ? found.subList(0, query.limit()) : found;
        return new SessionPage(
                page.stream().map(record -> view(latest(record))).toList(),
                more ? Cursors.of(page.get(page.size() - 1).key()) : null);
    }

    private SessionRecord latest(SessionRecord kept) {
        return sessions.find(kept.id()).map(LiveSession::record).orElse(kept);
    }

    @Override
    public Acknowledgement end(String sessionId, Caller caller) {
        if (sessions.end(sessionId, SessionRecord.State.ENDED)) {
            try {
                audit(caller, "end", sessionId, "");
            } catch (ProblemException failure) {
                // It ended all the same, and a client that is told otherwise goes on streaming.
                LOG.error("the end of session {} is not in the audit log", sessionId);
            }
        }
        return Acknowledgement.success("Session ended");
    }

    @Override
    public SessionView pause(String sessionId, Caller caller) {
        return pause(sessionId, true, caller);
    }

    @Override
    public SessionView resume(String sessionId, Caller caller) {
        return pause(sessionId, false, caller);
    }

    private SessionView pause(String sessionId, boolean paused, Caller caller) {
        LiveSession session = live(sessionId);
        stored(() -> {
            session.pause(paused);
            return null;
        });
        audit(caller, paused ? "pause" : "resume", sessionId, "");
        return session(sessionId);
    }

    private LiveSession live(String sessionId) {
        return sessions.find(sessionId)
                .filter(session -> session.state().isLive())
                .orElseThrow(() -> {
                    record(sessionId); // 404 when there never was one.
                    return ProblemException.sessionOver();
                });
    }

    @Override
    public Acknowledgement calibrate(String sessionId, CalibrationRequest request, Caller caller) {
        LiveSession session = live(sessionId);
        long nowNs = session.nowNs();
        long untilNs = nowNs + Math.round(request.durationS() * 1e9);
        session.signal(new CalibrationTarget(nowNs, untilNs, request.x(), request.y()));
        audit(caller, "calibrate", sessionId, "");
        return Acknowledgement.success("Calibration point noted");
    }

    // ---- what was seen

    @Override
    public StatusView status(String sessionId) {
        Optional<LiveSession> live = sessions.find(sessionId);
        if (live.isPresent()) {
            return live.get().status();
        }
        SessionRecord record = record(sessionId);
        List<AlertRecord> newest = stored(() -> store.alerts(sessionId, AlertFilter.newest(STATUS_ALERTS)));
        return new StatusView(
                sessionId,
                record.state().isLive(),
                newestFirst(record, newest),
                List.of(),
                record.state().wireName(),
                false,
                AttentionView.NONE,
                CameraView.NONE,
                0,
                "none",
                FramesView.of(record.frames()),
                List.of(),
                score(record),
                UnkeptView.NONE);
    }

    @Override
    public AlertPage alerts(String sessionId, AlertQuery query) {
        SessionRecord record = kept(sessionId);
        AlertFilter filter = new AlertFilter(
                query.limit() + 1,
                query.cursor().map(Cursors::alert).orElse(Long.MAX_VALUE),
                query.since().map(WireTime::epochNs).orElse(Long.MIN_VALUE),
                query.kind().map(LiveProctoring::kind),
                query.severity().map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT))));
        List<AlertRecord> found = stored(() -> store.alerts(sessionId, filter));
        boolean more = found.size() > query.limit();
        List<AlertRecord> page = more ? found.subList(1, found.size()) : found;
        return new AlertPage(
                sessionId,
                newestFirst(record, page),
                more ? Cursors.of(page.get(0).sequence()) : null);
    }

    private static List<AlertView> newestFirst(SessionRecord session, List<AlertRecord> alerts) {
        List<AlertView> views = new ArrayList<>(alerts.size());
        for (int i = alerts.size() - 1; i >= 0; i--) {
            views.add(SessionViews.alert(session.startNs(), alerts.get(i)));
        }
        return views;
    }

    private static AlertType kind(String name) {
        return AlertType.ofWireName(name)
                .orElseThrow(() -> ProblemException.invalid(new FieldError(
                        "literal_error", List.of("query", "kind"), "Input should be a kind of alert", name)));
    }

    @Override
    public AlertReportView report(String sessionId, AlertRequest request, Caller caller) {
        LiveSession session = live(sessionId);
        AlertReportView answer = stored(() -> session.report(request));
        audit(caller, "report", sessionId, answer.alert().alertId());
        return answer;
    }

    @Override
    public AlertView review(String sessionId, String alertId, ReviewRequest request, Caller caller) {
        SessionRecord record = kept(sessionId);
        String engineId = engineId(sessionId, alertId);
        boolean open = request.state().equals("open");
        ReviewView review = new ReviewView(
                request.state(),
                request.note(),
                open ? null : caller.name(),
                open ? null : WireTime.iso(clock.epochNs()));
        AlertRecord reviewed = stored(() -> store.review(sessionId, engineId, review))
                .orElseThrow(() -> ProblemException.of(404, "Alert not found"));
        sessions.find(sessionId).ifPresent(live -> live.reviewed(engineId, review));
        audit(caller, "review", sessionId, alertId);
        AlertView view = SessionViews.alert(record.startNs(), reviewed);
        feed.publish("alert", sessionId, new FeedMessage.AlertNews(sessionId, view));
        return view;
    }

    private static String engineId(String sessionId, String alertId) {
        String prefix = sessionId + ".";
        if (!alertId.startsWith(prefix)) {
            throw ProblemException.of(404, "Alert not found");
        }
        return alertId.substring(prefix.length());
    }

    /** The record of a session, with everything of it in the store. */
    private SessionRecord kept(String sessionId) {
        sessions.find(sessionId).ifPresent(LiveSession::trySave);
        return record(sessionId);
    }

    @Override
    public ScoreView score(String sessionId) {
        return session(sessionId).score();
    }

    @Override
    public String reportPage(String sessionId) {
        SessionRecord record = kept(sessionId);
        Downloads.PictureSize size =
                sessions.find(sessionId).map(LiveSession::pictureSize).orElse(Downloads.PictureSize.UNKNOWN);
        return stored(() -> downloads.page(record, policy(record), size));
    }

    @Override
    public String alertLines(String sessionId) {
        SessionRecord record = kept(sessionId);
        return stored(() -> downloads.lines(record));
    }

    @Override
    public String alertTable(String sessionId) {
        SessionRecord record = kept(sessionId);
        return stored(() -> downloads.table(record));
    }

    @Override
    public byte[] evidence(String sessionId, String alertId) {
        record(sessionId);
        return stored(() -> store.evidence(sessionId, engineId(sessionId, alertId)))
                .orElseThrow(() -> ProblemException.of(404, "Evidence not found"));
    }

    @Override
    public DeliveryPage deliveries(String sessionId, Optional<String> state, int limit) {
        record(sessionId);
        return new DeliveryPage(sessionId, stored(() -> deliveries.of(sessionId, state, limit)));
    }

    @Override
    public DeliveryView redeliver(String sessionId, String deliveryId, Caller caller) {
        record(sessionId);
        DeliveryView delivery = stored(() -> deliveries.redeliver(sessionId, deliveryId))
                .orElseThrow(() -> ProblemException.of(404, "Delivery not found"));
        audit(caller, "redeliver", sessionId, deliveryId);
        return delivery;
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
        live(sessionId);
    }

    @Override
    public FrameLink attach(String sessionId, FrameSink sink) {
        check(sessionId);
        return live(sessionId).attach(sink);
    }

    // ---- the rest

    private void audit(Caller caller, String action, String sessionId, String subject) {
        stored(() -> {
            store.audit(new AuditEntry(WireTime.instant(clock.epochNs()), caller.name(), action, sessionId, subject));
            return null;
        });
    }

    private static <T> T stored(Supplier<T> action) {
        try {
            return action.get();
        } catch (StoreException failure) {
            LOG.error("the store failed: {}", failure.getMessage());
            throw ProblemException.tooMuch(503, "the store does not answer", RETRY);
        }
    }

    /** Keeps where every session stands. The sockets should be closed before, the engine and the store after. */
    @Override
    public void close() {
        sessions.close();
    }
}
