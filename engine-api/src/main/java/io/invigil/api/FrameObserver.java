package io.invigil.api;

/**
 * Hears how long each frame took, for measurement. Called on the lane's thread after the frame's last stage, one call a frame
 * that entered the pipeline; must return at once. A throw is ignored.
 */
@FunctionalInterface
public interface FrameObserver {
    /**
     * A frame was finished.
     *
     * @param waitedNs from the moment its bytes were taken to its first stage, in nanoseconds of the monotonic clock
     * @param timings how long the stages took
     */
    void finished(long waitedNs, StageTimings timings);
}
