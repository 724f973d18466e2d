package io.invigil.core.pipeline;

import io.invigil.api.EngineConfig;
import io.invigil.api.EngineLoad;
import io.invigil.api.SessionConfig;
import io.invigil.api.StageTimings;
import io.invigil.api.ThreadingMode;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionMemory;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** An engine's lanes, with the sessions that share them. */
public final class Lanes {
    private final LaneSet lanes;
    private final EngineConfig config;
    private final Perception perception;
    private final Executor listenerExecutor;

    /** Starts the lanes. */
    public Lanes(EngineConfig config, Perception perception, Executor listenerExecutor) {
        this.config = config;
        this.perception = perception;
        this.listenerExecutor = config.threading() == ThreadingMode.CALLER ? Runnable::run : listenerExecutor;
        FrameTimes times = new FrameTimes(config.frameObserver());
        this.lanes = Threads.madeApart("invigil-open", () -> newLanes(times));
    }

    private LaneSet newLanes(FrameTimes times) {
        return config.threading() == ThreadingMode.CALLER
                ? new CallerLane(perception.openLane(), times)
                : new RingLanes(config.lanes(), (siblings, number) -> open(siblings, "invigil-lane-" + number, times));
    }

    private RingLane open(RingLanes siblings, String name, FrameTimes times) {
        return config.threading() == ThreadingMode.STAGED
                ? RingLane.staged(siblings, name, perception.openLane(), config.ringSize(), times)
                : RingLane.fused(siblings, name, perception.openLane(), config.ringSize(), times);
    }

    /** Opens a session; {@code onClosed} hears once when it is closed. */
    public PipelineSession open(SessionConfig session, Consumer<PipelineSession> onClosed) {
        PerceptionMemory memory = perception.openMemory(session.effectivePolicy());
        try {
            return new PipelineSession(
                    session, config.maxPixels(), config.closeTimeout(), listenerExecutor, memory, lanes, onClosed);
        } catch (RuntimeException unfit) {
            memory.close();
            throw unfit;
        }
    }

    /** The load of all lanes together. */
    public EngineLoad load() {
        return lanes.load();
    }

    /** Time spent in each stage by all lanes since the start. */
    public StageTimings stageNs() {
        return lanes.stageNs();
    }

    /** Stops the lanes; false when one did not stop in time. */
    public boolean close(Duration timeout) {
        return lanes.close(timeout);
    }
}
