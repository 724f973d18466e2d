package io.invigil.core.pipeline;

import io.invigil.api.EngineConfig;
import io.invigil.api.EngineLoad;
import io.invigil.api.SessionConfig;
import io.invigil.api.StageTimings;
import io.invigil.api.ThreadingMode;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** An engine's lanes. A new session goes to the lane with the fewest, and stays there. */
public final class Lanes {
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Integer> load = new ArrayList<>();
    private final EngineConfig config;
    private final Perception perception;
    private final Executor listenerExecutor;

    /** Starts the lanes. */
    public Lanes(EngineConfig config, Perception perception, Executor listenerExecutor) {
        this.config = config;
        this.perception = perception;
        this.listenerExecutor = config.threading() == ThreadingMode.CALLER ? Runnable::run : listenerExecutor;
        int count = config.threading() == ThreadingMode.CALLER ? 1 : config.lanes();
        for (int i = 0; i < count; i++) {
            lanes.add(open("invigil-lane-" + i, perception.openLane()));
            load.add(0);
        }
    }

    private Lane open(String name, PerceptionLane lane) {
        FrameTimes times = new FrameTimes(config.frameObserver());
        return switch (config.threading()) {
            case FUSED -> RingLane.fused(name, lane, config.ringSize(), times);
            case STAGED -> RingLane.staged(name, lane, config.ringSize(), times);
            case CALLER -> new CallerLane(lane, times);
        };
    }

    /** Opens a session; {@code onClosed} hears once when it is closed. */
    public PipelineSession open(SessionConfig session, Consumer<PipelineSession> onClosed) {
        PerceptionMemory memory = perception.openMemory(session.effectivePolicy());
        int index = take();
        try {
            return new PipelineSession(
                    session,
                    config.maxPixels(),
                    config.closeTimeout(),
                    listenerExecutor,
                    memory,
                    lanes.get(index),
                    closed -> {
                        giveBack(index);
                        onClosed.accept(closed);
                    });
        } catch (RuntimeException unfit) {
            giveBack(index);
            memory.close();
            throw unfit;
        }
    }

    private synchronized int take() {
        int best = 0;
        for (int i = 1; i < load.size(); i++) {
            if (load.get(i) < load.get(best)) {
                best = i;
            }
        }
        load.set(best, load.get(best) + 1);
        return best;
    }

    private synchronized void giveBack(int index) {
        load.set(index, load.get(index) - 1);
    }

    /** The load of the busiest lane. */
    public EngineLoad load() {
        EngineLoad busiest = EngineLoad.IDLE;
        for (Lane lane : lanes) {
            EngineLoad load = lane.load().current();
            busiest = load.load() > busiest.load() ? load : busiest;
        }
        return busiest;
    }

    /** Time spent in each stage by all lanes since the start. */
    public StageTimings stageNs() {
        long decode = 0;
        long face = 0;
        long gaze = 0;
        long presence = 0;
        long rules = 0;
        for (Lane lane : lanes) {
            StageTimings timings = lane.stageNs();
            decode += timings.decodeNs();
            face += timings.faceNs();
            gaze += timings.gazeNs();
            presence += timings.presenceNs();
            rules += timings.rulesNs();
        }
        return new StageTimings(decode, face, gaze, presence, rules);
    }

    /** Stops the lanes; false when one did not stop in time. */
    public boolean close(Duration timeout) {
        boolean clean = true;
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        for (Lane lane : lanes) {
            clean &= lane.close(Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime())));
        }
        return clean;
    }
}
