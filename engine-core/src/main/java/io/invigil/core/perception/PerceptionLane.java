package io.invigil.core.perception;

/**
 * What one lane's threads look with. Each of a workspace's four steps is called by one thread at a time over all workspaces
 * of the lane, but different steps may run at once on different workspaces, and {@code face}/{@code gaze} beside
 * {@code presence} on the same one.
 */
public interface PerceptionLane extends AutoCloseable {
    /** A new workspace with its own picture buffers, which grow to the largest picture seen. */
    FrameWorkspace newWorkspace();

    /** Frees tensors and scratch buffers; every workspace must be closed before. */
    @Override
    void close();
}
