package io.invigil.server.live;

import io.invigil.api.Accommodation;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.FrameCounts;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.log.PolicyException;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.wire.ProblemException;
import io.invigil.wire.SessionRequest;
import io.invigil.wire.WireTime;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions that are live: opens them, goes on with them after a restart, keeps them, and ends those that are over. */
final class LiveSessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSessions.class);
    private static final long TICK_MS = 500;
    private static final long MENTION_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int WORKERS = 4;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ProctoringEngine engine;
    private final RecordStore store;
    private final LiveSettings settings;
    private final ServerClock clock;
    private final Feed feed;
    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Boolean> busy = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(named("invigil-keeper"));
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, named("invigil-keeper-worker"));
    private final Object opening = new Object();
    private volatile boolean stopping;
    private long mentionedAtNs;

    LiveSessions(ProctoringEngine engine, RecordStore store, LiveSettings settings, ServerClock clock, Feed feed) {
        this.engine = engine;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.feed = feed;
    }

    private static java.util.concurrent.ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Goes on with the sessions that were live when the server stopped, and begins to look after them. */
    void start() {
        for (SessionRecord record : store.liveSessions()) {
            try {
                goOn(record);
            } catch (PolicyException | EngineException unusable) {
                LOG.error("session {} cannot go on and is ended: {}", record.id(), unusable.getMessage());
                giveUp(record);
            }
        }
        ticks.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void goOn(SessionRecord record) throws PolicyException {
        Policy policy = SessionViews.keptPolicy(record);
        SessionConfig.Builder config =
                config(record.id(), policy, SessionViews.accommodations(record.accommodations()));
        store.snapshot(record.id()).ifPresent(config::resumeFrom);
        ProctoringSession opened = engine.openSession(config.build());
        SessionClock sessionClock = SessionClock.goingOn(clock, record.lastMediaNs());
        LiveSession session = new LiveSession(
                opened,
                store,
                clock,
                sessionClock,
                feed,
                policy,
                record,
                store.alerts(record.id(), AlertFilter.ALL),
                settings.resultMeter());
        session.reconcile();
        sessions.put(record.id(), session);
    }

    private void giveUp(SessionRecord record) {
        store.save(new SessionProgress(
                record.id(),
                SessionRecord.State.EXPIRED,
                OptionalLong.of(record.lastMediaNs()),
                record.lastMediaNs(),
                record.frames(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of()));
    }

    private SessionConfig.Builder config(String id, Policy policy, List<Accommodation> accommodations) {
        return SessionConfig.builder()
                .id(new SessionId(id))
                .policy(policy)
                .accommodations(accommodations)
                .maxAnalysedFps(settings.maxAnalysedFps());
    }

    /** Opens a session. */
    LiveSession open(SessionRequest request, Policy policy, String owner) {
        requireRunning();
        List<Accommodation> accommodations = SessionViews.accommodations(request.accommodations());
        String id = SessionId.random().value();
        synchronized (opening) {
            checkRoom(owner);
            ProctoringSession opened = openInEngine(config(id, policy, accommodations));
            SessionClock sessionClock = SessionClock.startingNow(clock);
            SessionRecord record = new SessionRecord(
                    id,
                    request.candidateName(),
                    request.interviewType(),
                    request.durationMinutes(),
                    PolicyDocument.write(policy),
                    request.accommodations(),
                    request.keepEvidence(),
                    request.metadata(),
                    owner,
                    sessionClock.nowNs(),
                    SessionRecord.State.ACTIVE,
                    OptionalLong.empty(),
                    sessionClock.nowNs(),
                    FrameCounts.ZERO);
            try {
                store.insert(record);
            } catch (StoreException failure) {
                opened.close(Duration.ZERO);
                throw failure;
            }
            LiveSession session = new LiveSession(
                    opened, store, clock, sessionClock, feed, policy, record, List.of(), settings.resultMeter());
            sessions.put(id, session);
            return session;
        }
    }

    private void checkRoom(String owner) {
        if (sessions.size() >= settings.maxSessions()) {
            throw ProblemException.tooMuch(503, "too many sessions are live", RETRY);
        }
        long held = sessions.values().stream()
                .filter(session -> session.owner().equals(owner))
                .count();
        if (held >= settings.maxSessionsPerCaller()) {
            throw ProblemException.tooMuch(429, "this caller has too many live sessions", RETRY);
        }
    }

    private ProctoringSession openInEngine(SessionConfig.Builder config) {
        try {
            return engine.openSession(config.build());
        } catch (EngineException refusal) {
            if (refusal.code() == ErrorCode.TOO_MANY_SESSIONS || refusal.code() == ErrorCode.CLOSED) {
                throw ProblemException.tooMuch(503, "the engine takes no more sessions", RETRY);
            }
            if (refusal.code() == ErrorCode.CONFIGURATION) {
                throw ProblemException.invalid(
                        new io.invigil.wire.FieldError("value_error", List.of("body"), refusal.getMessage(), null));
            }
            throw refusal;
        }
    }

    private void requireRunning() {
        if (stopping) {
            throw ProblemException.tooMuch(503, "the service stops", RETRY);
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** The session with this id when it is live, or over and not kept yet. */
    Optional<LiveSession> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    Collection<LiveSession> all() {
        return sessions.values();
    }

    /** Ends a live session; false when there is none with the id. */
    boolean end(String id, SessionRecord.State how) {
        LiveSession session = sessions.get(id);
        if (session == null) {
            return false;
        }
        session.end(how, settings.endTimeout());
        forgetWhenKept(session);
        return true;
    }

    /** An ended session stays here until the store has its last word. */
    private void forgetWhenKept(LiveSession session) {
        if (!session.state().isLive() && session.isKept()) {
            sessions.remove(session.id(), session);
        }
    }

    private void tick() {
        try {
            boolean mention = feed.hasFollowers() && clock.monotonicNs() - mentionedAtNs > MENTION_NS;
            if (mention) {
                mentionedAtNs = clock.monotonicNs();
            }
            for (LiveSession session : sessions.values()) {
                if (!session.state().isLive() && session.isSaveDue(settings.saveInterval())) {
                    work(session, () -> {
                        session.trySave();
                        forgetWhenKept(session);
                    });
                } else if (session.state().isLive() && (session.isOver(settings) || session.hasFailed())) {
                    work(session, () -> expire(session));
                } else if (session.isSaveDue(settings.saveInterval())) {
                    work(session, session::trySave);
                }
                if (mention && session.isConnected()) {
                    feed.mention("status", session.id(), session.status());
                }
            }
        } catch (RuntimeException failure) {
            LOG.error(
                    "looking after sessions failed with {}", failure.getClass().getName(), failure);
        }
    }

    private void work(LiveSession session, Runnable task) {
        if (busy.putIfAbsent(session.id(), true) != null) {
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException failure) {
                    LOG.error(
                            "session {} failed with {}",
                            session.id(),
                            failure.getClass().getName(),
                            failure);
                } finally {
                    busy.remove(session.id());
                }
            });
        } catch (RejectedExecutionException stopped) {
            busy.remove(session.id());
        }
    }

    private void expire(LiveSession session) {
        LOG.info("session {} is over by itself", session.id());
        end(session.id(), SessionRecord.State.EXPIRED);
        try {
            store.audit(new AuditEntry(WireTime.instant(clock.epochNs()), "invigil", "expire", session.id(), ""));
        } catch (StoreException failure) {
            LOG.error("the audit log could not be written: {}", failure.getMessage());
        }
    }

    /** Keeps where every session stands; they go on when the server starts again. */
    @Override
    public void close() {
        stopping = true;
        ticks.shutdownNow();
        workers.shutdown();
        try {
            workers.awaitTermination(settings.endTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int count = 0;
        for (LiveSession session : List.copyOf(sessions.values())) {
            session.suspend(settings.endTimeout());
            count++;
        }
        LOG.info("{} live sessions were kept and go on at the next start", count);
    }
}
