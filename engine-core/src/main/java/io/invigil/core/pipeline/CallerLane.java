package io.invigil.core.pipeline;

import io.invigil.api.EngineLoad;
import io.invigil.api.Frame;
import io.invigil.api.StageTimings;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Runs the same stages on the caller's thread, one frame at a time: for tests and tools. */
final class CallerLane extends LaneSet {
    private final PerceptionLane perception;
    private final FrameWorkspace workspace;
    private final FrameSlot slot;
    private final Map<Stage, StageHandler> handlers = new EnumMap<>(Stage.class);
    private final FusedHandler fused;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    CallerLane(PerceptionLane perception, FrameTimes times) {
        this.perception = perception;
        workspace = perception.newWorkspace();
        slot = new FrameSlot(workspace);
        for (Stage stage : Stage.values()) {
            handlers.put(stage, new StageHandler(stage, place -> false, slot -> finished(slot, times)));
        }
        fused = new FusedHandler(handlers);
    }

    private static void finished(FrameSlot slot, FrameTimes times) {
        times.tell(slot);
        slot.release();
    }

    @Override
    boolean isCallerDriven() {
        return true;
    }

    @Override
    boolean tryPublish(PipelineSession session, Frame frame, long frameIndex) {
        lock.lock();
        try {
            if (closed || lock.getHoldCount() > 1) {
                return false; // A listener that offers frames from inside a callback finds the one slot taken.
            }
            slot.begin(session, frameIndex, EngineLoad.IDLE);
            slot.copyIn(frame);
            fused.onEvent(slot, frameIndex, true);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    FrameBuffer tryPublish(PipelineSession session, FrameBuffer filled, long frameIndex) {
        throw new IllegalStateException("no frame ever waits on a caller-driven lane");
    }

    @Override
    void enqueue(PipelineSession session) {
        throw new IllegalStateException("no session ever waits on a caller-driven lane");
    }

    @Override
    void putBack(PipelineSession session) {
        throw new IllegalStateException("no session ever waits on a caller-driven lane");
    }

    @Override
    void dequeue(PipelineSession session) {}

    /** The caller waits for each frame: nothing is ever too much, so nothing is noted. */
    @Override
    void arrived() {}

    @Override
    EngineLoad load() {
        return EngineLoad.IDLE;
    }

    @Override
    boolean hasWaiting() {
        return false;
    }

    @Override
    void pump() {}

    @Override
    StageTimings stageNs() {
        long[] sums = new long[Stage.values().length];
        for (StageHandler handler : handlers.values()) {
            sums[handler.stage().ordinal()] = handler.totalNs();
        }
        return Stage.timings(sums);
    }

    @Override
    boolean close(Duration timeout) {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                workspace.close();
                perception.close();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
