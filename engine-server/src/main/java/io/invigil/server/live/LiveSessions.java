package io.invigil.server.live;

import io.invigil.api.Accommodation;
import io.invigil.api.AlertPhase;
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
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnreadableException;
import io.invigil.server.record.UnsettledException;
import io.invigil.wire.ProblemException;
import io.invigil.wire.SessionRequest;
import io.invigil.wire.WireTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
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
    private final AuditTrail trail;
    private final Shared shared;
    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Boolean> busy = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(named("invigil-keeper"));
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, named("invigil-keeper-worker"));
    /** Sessions that are being opened, by owner. */
    private final Map<String, Integer> opening = new HashMap<>();

    private volatile boolean stopping;
    private long mentionedAtNs;

    LiveSessions(
            ProctoringEngine engine,
            RecordStore store,
            LiveSettings settings,
            ServerClock clock,
            Feed feed,
            AuditTrail trail) {
        this.engine = engine;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.feed = feed;
        this.trail = trail;
        this.shared = Shared.of(store, settings, clock, feed);
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
            } catch (PolicyException | EngineException | UnreadableException unusable) {
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
        List<AlertRecord> alerts =
                store.alerts(record.id(), AlertFilter.ALL); // Unreadable, they leave no engine session.
        ProctoringSession opened = engine.openSession(config.build());
        SessionClock sessionClock = SessionClock.goingOn(clock, record.lastMediaNs());
        LiveSession session = new LiveSession(new Opened(record, policy, opened, sessionClock), shared, alerts);
        session.reconcile();
        sessions.put(record.id(), session);
    }

    /** Ends a session that nobody goes on with, and what was open in it. */
    private void giveUp(SessionRecord record) {
        List<AlertRecord> closed = readable(record.id()).stream()
                .filter(alert -> alert.alert().phase() != AlertPhase.CLOSED)
                .map(alert -> alert.closed(record.lastMediaNs()))
                .toList();
        store.save(new SessionProgress(
                record.id(),
                SessionRecord.State.EXPIRED,
                OptionalLong.of(record.lastMediaNs()),
                record.lastMediaNs(),
                record.frames(),
                Optional.empty(),
                Optional.empty(),
                closed,
                List.of(),
                List.of()));
    }

    private List<AlertRecord> readable(String id) {
        try {
            return store.alerts(id, AlertFilter.ALL);
        } catch (UnreadableException unusable) {
            return List.of(); // They stand as they are, for a program that knows them.
        }
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
        takeRoom(owner);
        try {
            LiveSession session = openInRoom(request, policy, accommodations, owner);
            sessions.put(session.id(), session);
            return session;
        } finally {
            giveRoomBack(owner); // What is open counts as itself from here on.
        }
    }

    private LiveSession openInRoom(
            SessionRequest request, Policy policy, List<Accommodation> accommodations, String owner) {
        String id = SessionId.random().value();
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
                FrameCounts.ZERO,
                Optional.empty());
        try {
            store.insert(record);
        } catch (StoreException failure) {
            opened.close(Duration.ZERO);
            if (failure instanceof UnsettledException open) {
                // Nobody knows its id: if it is kept after all, it is over.
                open.outcome().thenRunAsync(() -> giveUpSafely(record), workers);
            }
            throw failure;
        }
        return new LiveSession(new Opened(record, policy, opened, sessionClock), shared, List.of());
    }

    private void giveUpSafely(SessionRecord record) {
        try {
            giveUp(record);
        } catch (StoreException failure) {
            LOG.error("session {} was never used and could not be ended: {}", record.id(), failure.getMessage());
        }
    }

    /** Counts a session that is being opened, without holding up others while the store keeps it. */
    private void takeRoom(String owner) {
        synchronized (opening) {
            int all = opening.values().stream().mapToInt(Integer::intValue).sum();
            if (sessions.size() + all >= settings.maxSessions()) {
                throw ProblemException.tooMuch(503, "too many sessions are live", RETRY);
            }
            long held = sessions.values().stream()
                    .filter(session -> session.owner().equals(owner))
                    .count();
            if (held + opening.getOrDefault(owner, 0) >= settings.maxSessionsPerCaller()) {
                throw ProblemException.tooMuch(429, "this caller has too many live sessions", RETRY);
            }
            opening.merge(owner, 1, Integer::sum);
        }
    }

    private void giveRoomBack(String owner) {
        synchronized (opening) {
            opening.computeIfPresent(owner, (name, held) -> held > 1 ? held - 1 : null);
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

    /** Ends a live session, and says whether the store has its end; empty when there is none with the id. */
    Optional<Boolean> end(String id, SessionRecord.State how) {
        LiveSession session = sessions.get(id);
        if (session == null) {
            return Optional.empty();
        }
        boolean kept = session.end(how, settings.endTimeout());
        forgetWhenKept(session);
        return Optional.of(kept);
    }

    /** An ended session stays here until the store has its last word. */
    private void forgetWhenKept(LiveSession session) {
        if (!session.state().isLive() && session.isEndKept()) {
            sessions.remove(session.id(), session);
        }
    }

    private void tick() {
        try {
            boolean mention = feed.hasFollowers() && clock.monotonicNs() - mentionedAtNs > MENTION_NS;
            if (mention) {
                mentionedAtNs = clock.monotonicNs();
            }
            if (trail.isWaiting()) {
                saveTrail();
            }
            for (LiveSession session : sessions.values()) {
                if (!session.state().isLive()) {
                    work(session, () -> {
                        if (session.isSaveDue(settings.saveInterval())) {
                            session.trySave();
                        }
                        forgetWhenKept(session);
                    });
                } else if (session.isOver(settings) || session.hasFailed()) {
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

    private void saveTrail() {
        try {
            workers.execute(trail::save);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("The audit log is saved by whoever stops the server");
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
        boolean kept = session.end(SessionRecord.State.EXPIRED, settings.endTimeout());
        forgetWhenKept(session);
        trail.note(new AuditEntry(WireTime.instant(clock.epochNs()), "invigil", "expire", session.id(), ""), kept);
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
        List<LiveSession> all = List.copyOf(sessions.values());
        all.forEach(LiveSession::stopTaking); // They finish their last frames beside each other.
        long deadlineNs = System.nanoTime() + settings.endTimeout().toNanos();
        int kept = 0;
        boolean answers = true;
        for (LiveSession session : all) {
            if (suspend(session, deadlineNs - System.nanoTime(), answers)) {
                kept++;
            } else {
                answers = answers && store.isHealthy(); // One that hangs is waited for once, not for every session.
            }
        }
        if (answers) {
            trail.save();
        }
        if (trail.isWaiting()) {
            LOG.error("not all that was done is in the audit log: the store failed");
        }
        LOG.info("{} live sessions were kept and go on at the next start", kept);
        if (kept < all.size()) {
            LOG.error("{} sessions go on from where they were kept last: the store failed", all.size() - kept);
        }
    }

    private static boolean suspend(LiveSession session, long leftNs, boolean storeAnswers) {
        try {
            return session.suspend(Duration.ofNanos(Math.max(0, leftNs)), storeAnswers);
        } catch (RuntimeException failure) {
            LOG.error(
                    "session {} did not stop cleanly: {}",
                    session.id(),
                    failure.getClass().getName(),
                    failure);
            return false;
        }
    }
}
