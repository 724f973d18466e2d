package io.invigil.bench.service;

import io.invigil.api.Alert;
import io.invigil.api.Attention;
import io.invigil.api.Doubt;
import io.invigil.api.EngineLoad;
import io.invigil.api.EngineStatistics;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.OfferResult;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Registration;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionReport;
import io.invigil.api.SessionScore;
import io.invigil.api.SessionSignal;
import io.invigil.api.SessionState;
import io.invigil.api.StageTimings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine that looks at nothing and answers at once, on the caller's thread: what is left is the cost of the service. */
final class NullEngine implements ProctoringEngine {
    private final Sight sight;

    NullEngine(Sight sight) {
        this.sight = sight;
    }

    @Override
    public ProctoringSession openSession(SessionConfig config) {
        return new Session(config.id(), sight);
    }

    @Override
    public EngineStatistics statistics() {
        return new EngineStatistics(FrameCounts.ZERO, 0, 0, 0, 0, 0, StageTimings.NONE, EngineLoad.IDLE);
    }

    @Override
    public Map<String, String> modelHashes() {
        return Map.of();
    }

    @Override
    public void close() {}

    private static final class Session implements ProctoringSession {
        private final SessionId id;
        private final Sight sight;
        private final CopyOnWriteArrayList<SessionListener> listeners = new CopyOnWriteArrayList<>();
        private long frames;

        private Session(SessionId id, Sight sight) {
            this.id = id;
            this.sight = sight;
        }

        @Override
        public SessionId id() {
            return id;
        }

        @Override
        public OfferResult offer(Frame frame) {
            FrameResult result = new FrameResult(
                    frames,
                    frame.timestampNs(),
                    Optional.of(sight.at(frames, frame.timestampNs())),
                    Optional.of(Attention.cannotTell(Doubt.NOT_EVALUATED)),
                    List.of(),
                    Optional.empty(),
                    StageTimings.NONE,
                    EngineLoad.IDLE);
            frames++;
            listeners.forEach(listener -> listener.onFrameResult(id, result));
            return OfferResult.ACCEPTED;
        }

        @Override
        public Optional<Alert> report(SessionSignal signal) {
            return Optional.empty();
        }

        @Override
        public byte[] snapshot() {
            return new byte[0];
        }

        @Override
        public Registration addListener(SessionListener listener) {
            listeners.add(listener);
            return new Registration() {
                @Override
                public long failures() {
                    return 0;
                }

                @Override
                public long conflated() {
                    return 0;
                }

                @Override
                public void close() {
                    listeners.remove(listener);
                }
            };
        }

        @Override
        public SessionState state() {
            return SessionState.OPEN;
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public FrameCounts frames() {
            return new FrameCounts(frames, frames, 0, 0, 0, 0, 0);
        }

        @Override
        public List<Alert> openAlerts() {
            return List.of();
        }

        @Override
        public SessionScore score() {
            return SessionScore.ZERO;
        }

        @Override
        public boolean drain(Duration timeout) {
            return true;
        }

        @Override
        public SessionReport close(Duration timeout) {
            return new SessionReport(frames(), true);
        }

        @Override
        public void close() {}
    }
}
