package io.invigil.core.pipeline;

import io.invigil.api.EngineException;
import io.invigil.api.EngineLoad;
import io.invigil.api.ErrorCode;
import io.invigil.api.Frame;
import io.invigil.api.StageTimings;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.Pressure;
import java.util.List;

/**
 * A ring slot: one frame on its way through a lane. Slots are made once and reused. Each stage writes its own fields only;
 * the ring's sequences hand them from thread to thread.
 */
final class FrameSlot {
    private final FrameWorkspace workspace;
    private FrameBuffer buffer = new FrameBuffer();
    private PipelineSession session;
    private long frameIndex;
    private EngineLoad load = EngineLoad.IDLE;
    private Pressure pressure = Pressure.NONE;
    private long waitedNs;
    private final EngineException[] failures = new EngineException[Stage.values().length];
    private final EngineException unnamed =
            new EngineException(ErrorCode.STAGE, "a stage failed, and there was no memory to say with what");
    private final long[] stageNs = new long[Stage.values().length];

    FrameSlot(FrameWorkspace workspace) {
        this.workspace = workspace;
    }

    /** Takes up a new frame; its bytes are in {@link #buffer()} already or come through {@link #swapBuffer}. */
    void begin(PipelineSession newSession, long newFrameIndex, EngineLoad newLoad) {
        session = newSession;
        load = newLoad;
        waitedNs = 0;
        frameIndex = newFrameIndex;
        for (int i = 0; i < failures.length; i++) {
            failures[i] = null;
            stageNs[i] = 0;
        }
    }

    /**
     * Copies a frame's bytes in. A slot once claimed must go its way, so a failure here becomes the frame's, that of a mapped file
     * which shrank too: an {@link InternalError}.
     */
    void copyIn(Frame frame) {
        try {
            buffer.copyFrom(frame);
        } catch (Throwable e) {
            fail(Stage.DECODE, failureOf("copying the frame", e));
        }
    }

    /** What was thrown, as the frame's failure: one made beforehand where there is no memory, or stack, for another. */
    EngineException failureOf(String doing, Throwable thrown) {
        if (thrown instanceof EngineException failure) {
            return failure;
        }
        try {
            return new EngineException(
                    ErrorCode.STAGE, doing + " failed with " + thrown.getClass().getName(), thrown);
        } catch (Throwable e) {
            return unnamed;
        }
    }

    /** Exchanges the slot's buffer for a filled one and gives back the old one: a frame changes hands without a copy. */
    FrameBuffer swapBuffer(FrameBuffer filled) {
        FrameBuffer old = buffer;
        buffer = filled;
        return old;
    }

    FrameBuffer buffer() {
        return buffer;
    }

    FrameWorkspace workspace() {
        return workspace;
    }

    PipelineSession session() {
        return session;
    }

    long frameIndex() {
        return frameIndex;
    }

    /** How busy the lanes were when the frame went in. */
    EngineLoad load() {
        return load;
    }

    /** The first stage begins; what can wait is put off or not. */
    void started(long nowNs, boolean putsOff) {
        pressure = Pressure.of(load.shedding(), putsOff);
        waitedNs = Math.max(0, nowNs - buffer.takenNs());
    }

    /** How much the engine was pressed for time when the first stage began. */
    Pressure pressure() {
        return pressure;
    }

    /** How long the frame waited for its first stage. */
    long waitedNs() {
        return waitedNs;
    }

    void fail(Stage stage, EngineException failure) {
        failures[stage.ordinal()] = failure;
    }

    void took(Stage stage, long elapsedNs) {
        stageNs[stage.ordinal()] = elapsedNs;
    }

    /** How long this stage took, 0 before. */
    long tookNs(Stage stage) {
        return stageNs[stage.ordinal()];
    }

    /** True when this stage has failed on the frame. */
    boolean failed(Stage stage) {
        return failures[stage.ordinal()] != null;
    }

    /** True when this stage has nothing to work on because one it needs has failed. */
    boolean blocked(Stage stage) {
        List<Stage> needs = stage.needs();
        for (int i = 0; i < needs.size(); i++) { // No iterator: this is asked several times a frame.
            if (failed(needs.get(i)) || blocked(needs.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** How long the frame kept its lane from others: all stages in turn, or the longest of those side by side. */
    long occupiedNs(boolean staged) {
        long sum = 0;
        long longest = 0;
        for (long elapsedNs : stageNs) {
            sum += elapsedNs;
            longest = Math.max(longest, elapsedNs);
        }
        return staged ? longest : sum;
    }

    /** The first failure in stage order, or null. */
    EngineException failure() {
        for (EngineException failure : failures) {
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    StageTimings timings() {
        return Stage.timings(stageNs);
    }

    /** Lets go of the session, so that a waiting slot keeps nothing alive. */
    void release() {
        session = null;
    }
}
