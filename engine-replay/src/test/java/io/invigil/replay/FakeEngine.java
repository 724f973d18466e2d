package io.invigil.replay;

import io.invigil.api.EngineException;
import io.invigil.api.EngineLoad;
import io.invigil.api.EngineStatistics;
import io.invigil.api.ErrorCode;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.OfferResult;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.StageTimings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** An engine without models: it calls a dark picture a black screen and does everything on the caller's thread. */
public class FakeEngine implements ProctoringEngine {
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Function<Frame, Optional<OfferResult>> refusing;

    public FakeEngine() {
        this(frame -> Optional.empty());
    }

    /** An engine that refuses frames at the entrance. */
    public FakeEngine(Function<Frame, Optional<OfferResult>> refusing) {
        this.refusing = refusing;
    }

    @Override
    public ProctoringSession openSession(SessionConfig config) {
        if (!sessions.add(config.id().value())) {
            throw new EngineException(ErrorCode.DUPLICATE_SESSION, "session " + config.id() + " is open already");
        }
        return new FakeSession(config, refusing);
    }

    @Override
    public EngineStatistics statistics() {
        return new EngineStatistics(FrameCounts.ZERO, 0, sessions.size(), 0, 0, 0, StageTimings.NONE, EngineLoad.IDLE);
    }

    @Override
    public Map<String, String> modelHashes() {
        return Map.of("none", "0".repeat(64));
    }

    @Override
    public void close() {
        sessions.clear();
    }
}
