package io.invigil.core.pipeline;

import io.invigil.api.EngineLoad;
import io.invigil.api.Frame;
import io.invigil.api.StageTimings;
import io.invigil.core.perception.FrameBuffer;
import java.time.Duration;

/** Where the frames of an engine's sessions are worked on, those of one session in order. */
abstract class LaneSet {
    private final SpareBuffers spareBuffers = new SpareBuffers();

    /** Buffers for frames that wait. */
    final SpareBuffers spareBuffers() {
        return spareBuffers;
    }

    /** Frames a caller hands over are worked on before the call returns; there is nothing to wait for. */
    abstract boolean isCallerDriven();

    /**
     * Copies the frame into a free slot and lets the stages have it; never blocks. Called under the session's own lock unless
     * the caller's thread does the work.
     *
     * @return false when there is no room for the session now
     */
    abstract boolean tryPublish(PipelineSession session, Frame frame, long frameIndex);

    /**
     * Puts a filled buffer into a free slot in exchange for an empty one; never blocks. Called under the session's own lock.
     *
     * @return the slot's former buffer, or null when there is no room for the session now
     */
    abstract FrameBuffer tryPublish(PipelineSession session, FrameBuffer filled, long frameIndex);

    /** Notes that a session has a frame waiting for a slot. */
    abstract void enqueue(PipelineSession session);

    /** The same for one whose turn had come, but whose place was taken meanwhile: it is the next again. */
    abstract void putBack(PipelineSession session);

    /** The session waits no longer. */
    abstract void dequeue(PipelineSession session);

    /** True when a session waits for a slot; a newcomer then queues behind it. */
    abstract boolean hasWaiting();

    /** Gives free slots to waiting sessions, first come first served. */
    abstract void pump();

    /** A live frame came that is to be worked on, whether it gives way later or not. */
    abstract void arrived();

    /** How busy the lanes are with live frames, all together. */
    abstract EngineLoad load();

    /** Time spent in each stage since the start. */
    abstract StageTimings stageNs();

    /**
     * Stops the threads and frees tensors and slots.
     *
     * @return false when a thread did not end in time; what it uses is then left alone, since freeing it under a running
     *     native call would bring the process down
     */
    abstract boolean close(Duration timeout);
}
