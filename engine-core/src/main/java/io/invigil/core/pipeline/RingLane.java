package io.invigil.core.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import io.invigil.api.EngineLoad;
import io.invigil.api.Frame;
import io.invigil.api.StageTimings;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One ring with its stage threads: either one thread that runs all stages of a frame in turn, or one thread a stage. Batches
 * have one frame, so a stage's progress shows at once; publishing never blocks; whoever finds the ring full waits in a queue
 * that the last stage serves.
 */
final class RingLane extends Lane {
    private final RingBuffer<FrameSlot> ring;
    private final PerceptionLane perception;
    private final List<FrameWorkspace> workspaces = new ArrayList<>();
    private final Map<Stage, StageHandler> handlers = new EnumMap<>(Stage.class);
    private final List<BatchEventProcessor<FrameSlot>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final FrameTimes times;
    private final LaneLoad load = new LaneLoad(System::nanoTime);
    private final LookBudget looks = new LookBudget(System::nanoTime);
    private final Queue<PipelineSession> waiting = new ConcurrentLinkedQueue<>();

    private RingLane(
            String name,
            PerceptionLane perception,
            int ringSize,
            boolean staged,
            FrameTimes times,
            WaitStrategy waitStrategy) {
        this.perception = perception;
        this.times = times;
        for (Stage stage : Stage.values()) {
            handlers.put(stage, new StageHandler(stage, this::putsOff, slot -> noteWork(slot, staged)));
        }
        FrameWorkspace shared = staged ? null : newWorkspace();
        ring = RingBuffer.createMultiProducer(
                () -> new FrameSlot(staged ? newWorkspace() : shared), ringSize, waitStrategy);
        if (staged) {
            buildGraph(name);
        } else {
            add(name + "-frames", new FusedHandler(handlers), ring.newBarrier());
        }
        ring.addGatingSequences(processors.get(processors.size() - 1).getSequence());
        threads.forEach(Thread::start);
    }

    /** A lane whose one thread runs all stages; slots share one picture, since one frame is worked on at a time. */
    static RingLane fused(String name, PerceptionLane perception, int ringSize, FrameTimes times) {
        return new RingLane(name, perception, ringSize, false, times, new ParkingWaitStrategy());
    }

    /** A lane with a thread a stage; every slot has its own picture. */
    static RingLane staged(String name, PerceptionLane perception, int ringSize, FrameTimes times) {
        return new RingLane(name, perception, ringSize, true, times, new ParkingWaitStrategy());
    }

    private void noteWork(FrameSlot slot, boolean staged) {
        looks.spend(slot.tookNs(Stage.PRESENCE));
        if (slot.session().isLive()) {
            load.finished(slot.occupiedNs(staged));
        }
        times.tell(slot);
    }

    /** Looks that can wait do while frames wait, but for their share of the time. */
    private boolean putsOff(long sequence) {
        return (ring.getCursor() > sequence || hasWaiting()) && looks.isSpent();
    }

    private FrameWorkspace newWorkspace() {
        FrameWorkspace workspace = perception.newWorkspace();
        workspaces.add(workspace);
        return workspace;
    }

    private void buildGraph(String name) {
        Map<Stage, Sequence> sequences = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            Sequence[] upstream = stage.needs().stream().map(sequences::get).toArray(Sequence[]::new);
            sequences.put(
                    stage,
                    add(
                            name + "-" + stage.name().toLowerCase(Locale.ROOT),
                            handlers.get(stage),
                            ring.newBarrier(upstream)));
        }
    }

    private Sequence add(String threadName, EventHandler<FrameSlot> handler, SequenceBarrier barrier) {
        BatchEventProcessor<FrameSlot> processor =
                new BatchEventProcessorBuilder().setMaxBatchSize(1).build(ring, barrier, handler);
        processor.setExceptionHandler(new SurvivingExceptionHandler());
        processors.add(processor);
        Thread thread = new Thread(processor, threadName);
        thread.setDaemon(true);
        threads.add(thread);
        return processor.getSequence();
    }

    @Override
    boolean isCallerDriven() {
        return false;
    }

    @Override
    boolean tryPublish(PipelineSession session, Frame frame, long frameIndex) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException e) {
            return false;
        }
        FrameSlot slot = ring.get(sequence);
        slot.begin(session, frameIndex, loadFor(session));
        slot.copyIn(frame);
        ring.publish(sequence);
        return true;
    }

    @Override
    FrameBuffer tryPublish(PipelineSession session, FrameBuffer filled, long frameIndex) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException e) {
            return null;
        }
        FrameSlot slot = ring.get(sequence);
        slot.begin(session, frameIndex, loadFor(session));
        FrameBuffer old = slot.swapBuffer(filled);
        ring.publish(sequence);
        return old;
    }

    /** A replay waits for its turn and is never cut short. */
    private EngineLoad loadFor(PipelineSession session) {
        return session.isLive() ? load.current() : EngineLoad.IDLE;
    }

    @Override
    LaneLoad load() {
        return load;
    }

    @Override
    void enqueue(PipelineSession session) {
        waiting.add(session);
    }

    @Override
    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    @Override
    void pump() {
        // A session whose turn comes while the ring is full goes back to the end; the next finished frame pumps again,
        // and
        // there is one, because the ring is full.
        int turns = waiting.size();
        for (int i = 0; i < turns && ring.hasAvailableCapacity(1); i++) {
            PipelineSession session = waiting.poll();
            if (session == null) {
                return;
            }
            session.publishPending();
        }
    }

    @Override
    StageTimings stageNs() {
        return new StageTimings(
                handlers.get(Stage.DECODE).totalNs(),
                handlers.get(Stage.FACE).totalNs(),
                handlers.get(Stage.GAZE).totalNs(),
                handlers.get(Stage.PRESENCE).totalNs(),
                handlers.get(Stage.RULES).totalNs());
    }

    @Override
    boolean close(Duration timeout) {
        processors.forEach(BatchEventProcessor::halt);
        if (!Threads.joinAll(threads, timeout)) {
            return false;
        }
        workspaces.forEach(FrameWorkspace::close);
        perception.close();
        return true;
    }
}
