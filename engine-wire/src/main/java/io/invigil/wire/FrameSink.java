package io.invigil.wire;

/** Where a session's results go. Calls come from any thread, one at a time; none may block. */
public interface FrameSink {
    /** A frame's result; in order. */
    void result(FrameResultView result);

    /** The session's state changed to {@code active}, {@code paused}, {@code ended} or {@code expired}. */
    void state(String state);

    /** Another socket took over: nothing more will come. */
    void takenOver();
}
