package io.invigil.core.pipeline;

import io.invigil.api.EngineLoad;
import io.invigil.api.Frame;
import io.invigil.api.StageTimings;
import io.invigil.core.perception.FrameBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Lanes that share the sessions. A session is bound to a lane only while frames of it are there, so that they stay in order;
 * its next frame goes to whichever lane is free, and a lane is idle only when nothing waits that may go there (docs/adr/0006).
 * What a frame shows does not depend on the lane: all that is remembered is the session's own.
 */
final class RingLanes extends LaneSet {
    private final List<RingLane> lanes = new ArrayList<>();
    private final WaitingSessions waiting = new WaitingSessions();
    private final LaneLoad load;

    /** Makes the lanes one after another; {@code newLane} gets this set and the lane's number. */
    RingLanes(int count, BiFunction<RingLanes, Integer, RingLane> newLane) {
        load = new LaneLoad(System::nanoTime, count);
        for (int i = 0; i < count; i++) {
            lanes.add(newLane.apply(this, i));
        }
    }

    @Override
    boolean isCallerDriven() {
        return false;
    }

    @Override
    boolean tryPublish(PipelineSession session, Frame frame, long frameIndex) {
        return laneFor(session).tryPublish(session, frame, frameIndex, loadFor(session));
    }

    @Override
    FrameBuffer tryPublish(PipelineSession session, FrameBuffer filled, long frameIndex) {
        return laneFor(session).tryPublish(session, filled, frameIndex, loadFor(session));
    }

    /** The lane with frames of the session, or else the one with the fewest of anybody; whether it has room is its to say. */
    private RingLane laneFor(PipelineSession session) {
        RingLane bound = session.lane();
        return bound != null ? bound : emptiest();
    }

    private RingLane emptiest() {
        RingLane best = lanes.get(0);
        for (int i = 1; i < lanes.size(); i++) {
            RingLane lane = lanes.get(i);
            best = lane.unfinished() < best.unfinished() ? lane : best;
        }
        return best;
    }

    /** A replay waits for its turn and is never cut short. */
    private EngineLoad loadFor(PipelineSession session) {
        return session.isLive() ? load.current() : EngineLoad.IDLE;
    }

    @Override
    void arrived() {
        load.arrived();
    }

    /** A live frame kept a lane so long from others. */
    void finished(long elapsedNs) {
        load.finished(elapsedNs);
    }

    @Override
    EngineLoad load() {
        return load.current();
    }

    @Override
    void enqueue(PipelineSession session) {
        waiting.add(session);
    }

    @Override
    boolean hasWaiting() {
        return waiting.any();
    }

    /**
     * Lanes take turns, so that all have something to do before one has much. A session that finds its place taken meanwhile
     * is put back; while it was in no list a lane may have run empty and found nobody, so it is tried again unless every
     * lane has a frame whose end pumps. A session that has frames inside needs no such care: they end after it is in the list.
     */
    @Override
    void pump() {
        boolean again = waiting.any();
        while (again) {
            again = false;
            for (int i = 0; i < lanes.size() && waiting.any(); i++) {
                PipelineSession session = waiting.takeFor(lanes.get(i));
                again |= session != null && (session.publishPending() || session.lane() == null && isAnyIdle());
            }
        }
    }

    private boolean isAnyIdle() {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).unfinished() == 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    void putBack(PipelineSession session) {
        waiting.putBack(session);
    }

    @Override
    void dequeue(PipelineSession session) {
        waiting.remove(session);
    }

    @Override
    StageTimings stageNs() {
        long[] sums = new long[Stage.values().length];
        for (RingLane lane : lanes) {
            for (Stage stage : Stage.values()) {
                sums[stage.ordinal()] += lane.stageNs(stage);
            }
        }
        return Stage.timings(sums);
    }

    @Override
    boolean close(Duration timeout) {
        boolean clean = true;
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        lanes.forEach(RingLane::halt); // One that hangs must not use up the time of those that end at once.
        for (RingLane lane : lanes) {
            clean &= lane.close(Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime())));
        }
        return clean;
    }
}
