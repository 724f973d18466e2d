package io.invigil.core.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import io.invigil.api.EngineLoad;
import io.invigil.api.Frame;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One ring with its stage threads: either one thread that runs all stages of a frame in turn, or one thread a stage. Batches
 * have one frame, so a stage's progress shows at once; publishing never blocks.
 *
 * <p>How many frames it takes: a thread that runs all stages is given a session that comes anew only when it is idle, since
 * another lane may be free before it; the session's further frames may follow, as many as there are slots. Where each stage has
 * its thread, any frame may come while there are slots.
 */
final class RingLane {
    private final RingLanes siblings;
    private final RingBuffer<FrameSlot> ring;
    private final PerceptionLane perception;
    private final List<FrameWorkspace> workspaces = new ArrayList<>();
    private final Map<Stage, StageHandler> handlers = new EnumMap<>(Stage.class);
    private final List<BatchEventProcessor<FrameSlot>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final FrameTimes times;
    private final boolean staged;
    private final LookBudget looks = new LookBudget(System::nanoTime);

    private final AtomicInteger unfinished = new AtomicInteger();

    private RingLane(
            RingLanes siblings,
            String name,
            PerceptionLane perception,
            int ringSize,
            boolean staged,
            FrameTimes times) {
        this.siblings = siblings;
        this.perception = perception;
        this.staged = staged;
        this.times = times;
        for (Stage stage : Stage.values()) {
            handlers.put(stage, new StageHandler(stage, this::putsOff, this::finished));
        }
        FrameWorkspace shared = staged ? null : newWorkspace();
        ring = RingBuffer.createMultiProducer(
                () -> new FrameSlot(staged ? newWorkspace() : shared), ringSize, new ParkingWaitStrategy());
        if (staged) {
            buildGraph(name);
        } else {
            add(name + "-frames", new FusedHandler(handlers), ring.newBarrier());
        }
        ring.addGatingSequences(processors.get(processors.size() - 1).getSequence());
        threads.forEach(Thread::start);
    }

    /** A lane whose one thread runs all stages; slots share one picture, since one frame is worked on at a time. */
    static RingLane fused(RingLanes siblings, String name, PerceptionLane perception, int ringSize, FrameTimes times) {
        return new RingLane(siblings, name, perception, ringSize, false, times);
    }

    /** A lane with a thread a stage; every slot has its own picture. */
    static RingLane staged(RingLanes siblings, String name, PerceptionLane perception, int ringSize, FrameTimes times) {
        return new RingLane(siblings, name, perception, ringSize, true, times);
    }

    /** The last stage is done with a frame; its slot is free in a moment, and its place is already. */
    private void finished(FrameSlot slot) {
        try {
            looks.spend(slot.tookNs(Stage.PRESENCE));
            if (slot.session().isLive()) {
                siblings.finished(slot.occupiedNs(staged));
            }
            times.tell(slot);
        } finally {
            slot.release();
            unfinished.decrementAndGet();
            siblings.pump();
        }
    }

    /** Looks that can wait do while frames wait, but for their share of the time. */
    private boolean putsOff(long sequence) {
        return (ring.getCursor() > sequence || siblings.hasWaiting()) && looks.isSpent();
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

    /** Whether a frame may come: of a session that has frames here already, or of one that has none anywhere. */
    boolean hasRoom(boolean bound) {
        return unfinished.get() < places(bound);
    }

    /** Frames inside whose last stage is not done. */
    int unfinished() {
        return unfinished.get();
    }

    /** Copies a frame of a session that is bound to this lane or to none into a free slot, and binds it; false without room. */
    boolean tryPublish(PipelineSession session, Frame frame, long frameIndex, EngineLoad load) {
        long sequence = claim(session);
        if (sequence < 0) {
            return false;
        }
        try {
            FrameSlot slot = ring.get(sequence);
            slot.begin(session, frameIndex, load);
            slot.copyIn(frame);
        } finally {
            ring.publish(sequence); // Whatever was thrown: a slot that is never published stops the lane for good.
        }
        return true;
    }

    /** The same with a filled buffer in exchange for the slot's; null without room. */
    FrameBuffer tryPublish(PipelineSession session, FrameBuffer filled, long frameIndex, EngineLoad load) {
        long sequence = claim(session);
        if (sequence < 0) {
            return null;
        }
        try {
            FrameSlot slot = ring.get(sequence);
            slot.begin(session, frameIndex, load);
            return slot.swapBuffer(filled);
        } finally {
            ring.publish(sequence);
        }
    }

    /** Takes a place and then a slot; a slot that has been worked on is free a moment after its place. */
    private long claim(PipelineSession session) {
        if (!takePlace(session.lane() == this)) {
            return -1;
        }
        long sequence = -1;
        try {
            sequence = ring.tryNext();
            session.enter(this);
            return sequence;
        } catch (InsufficientCapacityException full) {
            return -1;
        } finally {
            if (sequence < 0) {
                unfinished.decrementAndGet();
            }
        }
    }

    private boolean takePlace(boolean bound) {
        int now = unfinished.get();
        while (now < places(bound)) {
            if (unfinished.compareAndSet(now, now + 1)) {
                return true;
            }
            now = unfinished.get();
        }
        return false;
    }

    private int places(boolean bound) {
        return bound || staged ? ring.getBufferSize() : 1;
    }

    /** Time spent in this stage since the start. */
    long stageNs(Stage stage) {
        return handlers.get(stage).totalNs();
    }

    /** Lets no thread take up another frame. */
    void halt() {
        processors.forEach(BatchEventProcessor::halt);
    }

    /** See {@link LaneSet#close}; after {@link #halt}. */
    boolean close(Duration timeout) {
        if (!Threads.joinAll(threads, timeout)) {
            return false;
        }
        workspaces.forEach(FrameWorkspace::close);
        perception.close();
        return true;
    }
}
