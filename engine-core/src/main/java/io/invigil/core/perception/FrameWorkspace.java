package io.invigil.core.perception;

import io.invigil.core.sight.Sight;

/**
 * Where one frame is looked at, step by step: {@code decode}, then {@code face} and {@code gaze} in this order, with
 * {@code presence} before, between, after or beside them, then {@code observe}. Reused from frame to frame. Every step may
 * throw an {@link io.invigil.api.EngineException}; the frame is then given up and the next {@code decode} starts afresh.
 */
public interface FrameWorkspace extends AutoCloseable {
    /**
     * Turns the bytes into an upright picture and measures its quality.
     *
     * @param frame the bytes; not touched after this call
     * @param memory the session's memory, kept for the later steps of this frame
     * @param pressure what the later steps look for less often, or leave to a calmer moment
     */
    void decode(FrameBuffer frame, PerceptionMemory memory, Pressure pressure);

    /** Finds and follows faces and their meshes. */
    void face();

    /** Fits head poses and reads gazes. */
    void gaze();

    /** Looks for bodies and objects when they are due. */
    void presence();

    /**
     * Puts together what was seen, rounded so that text keeps it exactly.
     *
     * @return the workspace's own, good until its next {@code decode}
     */
    Sight observe(long frameIndex);

    /** Frees the picture buffers. */
    @Override
    void close();
}
