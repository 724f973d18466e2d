package io.invigil.core;

import io.invigil.api.EngineConfig;
import io.invigil.api.EngineException;
import io.invigil.api.EngineStatistics;
import io.invigil.api.ErrorCode;
import io.invigil.api.FrameCounts;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.core.perception.Perception;
import io.invigil.core.pipeline.Lanes;
import io.invigil.core.pipeline.PipelineSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: opens sessions on lanes and adds up their counters. */
final class DefaultProctoringEngine implements ProctoringEngine {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultProctoringEngine.class);

    /** What threads that are told to stop need for it, however little time is left; those in a frame the rest of it. */
    private static final Duration LEAST_HALT = Duration.ofSeconds(1);

    private final EngineConfig config;
    private final Perception perception;
    private final Lanes lanes;
    private final ExecutorService ownExecutor = newListenerExecutor();
    private final Map<SessionId, PipelineSession> sessions = new LinkedHashMap<>();
    /** Closed, with a frame inside still: after a close that ran out of time. */
    private final List<PipelineSession> leaving = new ArrayList<>();

    private boolean closed;
    private long sessionsOpened;
    private FrameCounts closedFrames = FrameCounts.ZERO;
    private long closedAlerts;
    private long closedListenerFailures;
    private long closedConflated;

    DefaultProctoringEngine(EngineConfig config, Perception perception) {
        this.config = config;
        this.perception = perception;
        this.lanes = new Lanes(config, perception, config.listenerExecutor().orElse(ownExecutor));
    }

    /** Grows with slow listeners, so that none holds up another, and shrinks to nothing when all is quiet. */
    private static ExecutorService newListenerExecutor() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "invigil-listener-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public synchronized ProctoringSession openSession(SessionConfig session) {
        Objects.requireNonNull(session, "config");
        if (closed) {
            throw new EngineException(ErrorCode.CLOSED, "the engine is closed");
        }
        if (sessions.size() >= config.maxSessions()) {
            throw new EngineException(
                    ErrorCode.TOO_MANY_SESSIONS,
                    sessions.size() + " sessions are open, must be fewer than maxSessions, " + config.maxSessions());
        }
        if (sessions.containsKey(session.id())) {
            throw new EngineException(
                    ErrorCode.DUPLICATE_SESSION,
                    "the session " + session.id()
                            + " is open already; another needs a configuration of its own, or another id");
        }
        PipelineSession opened = lanes.open(session, this::sessionClosed);
        sessions.put(session.id(), opened);
        sessionsOpened++;
        return opened;
    }

    private synchronized void sessionClosed(PipelineSession session) {
        if (sessions.remove(session.id()) != null) {
            leaving.add(session);
            addUpThoseGone();
        }
    }

    private void addUpThoseGone() {
        leaving.removeIf(session -> {
            FrameCounts frames = session.frames();
            if (frames.inFlight() > 0) {
                return false;
            }
            closedFrames = closedFrames.plus(frames);
            closedAlerts += session.alertsOpened();
            closedListenerFailures += session.listenerFailures();
            closedConflated += session.conflatedResults();
            return true;
        });
    }

    @Override
    public synchronized EngineStatistics statistics() {
        addUpThoseGone();
        FrameCounts frames = closedFrames;
        long alerts = closedAlerts;
        long failures = closedListenerFailures;
        long conflated = closedConflated;
        List<PipelineSession> counted = new ArrayList<>(sessions.values());
        counted.addAll(leaving);
        for (PipelineSession session : counted) {
            frames = frames.plus(session.frames());
            alerts += session.alertsOpened();
            failures += session.listenerFailures();
            conflated += session.conflatedResults();
        }
        return new EngineStatistics(
                frames, sessions.size(), sessionsOpened, alerts, failures, conflated, lanes.stageNs(), lanes.load());
    }

    @Override
    public Map<String, String> modelHashes() {
        return perception.modelHashes();
    }

    @Override
    public void close() {
        List<PipelineSession> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            sessions.values().forEach(PipelineSession::requireNoListenerCalls);
            closed = true;
            open = new ArrayList<>(sessions.values());
        }
        long deadlineNs = System.nanoTime() + config.closeTimeout().toNanos();
        // Step by step for all of them, listeners last: a stuck one must not use up the time of the others' frames.
        open.forEach(PipelineSession::stopTaking);
        open.forEach(session -> session.finishWork(left(deadlineNs)));
        if (lanes.close(atLeast(LEAST_HALT, left(deadlineNs)))) {
            perception.close();
        } else {
            LOG.error("a stage thread did not stop within {}; its models stay loaded", config.closeTimeout());
        }
        boolean complete = true;
        for (PipelineSession session : open) {
            complete &= session.close(left(deadlineNs)).complete();
        }
        if (!complete) {
            LOG.warn("not every session was finished within {}", config.closeTimeout());
        }
        ownExecutor.shutdown();
    }

    private static Duration atLeast(Duration least, Duration time) {
        return time.compareTo(least) < 0 ? least : time;
    }

    private static Duration left(long deadlineNs) {
        return Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime()));
    }
}
