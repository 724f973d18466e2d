package io.invigil.bench;

import io.invigil.api.Frame;
import io.invigil.api.Policy;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.Sight;
import io.invigil.core.vision.VisionPerception;
import java.util.List;

/** The real perception of one session, stepped by hand. Not thread-safe. */
final class FramePath implements AutoCloseable {
    private static final int DISTINCT_FRAMES = 8;

    private final List<byte[]> files;
    private final long intervalNs;
    private final Perception perception;
    private final PerceptionLane lane;
    private final FrameBuffer buffer = new FrameBuffer();
    private final PerceptionMemory memory;
    /** What the stages run on. */
    final FrameWorkspace workspace;

    private long frameIndex = -1;

    FramePath(int widthPx, int heightPx, Policy policy, double framesPerSecond) {
        files = TestFrames.stillCamera(widthPx, heightPx, DISTINCT_FRAMES);
        intervalNs = Math.round(1e9 / framesPerSecond);
        perception = VisionPerception.load();
        lane = perception.openLane();
        workspace = lane.newWorkspace();
        memory = perception.openMemory(policy);
    }

    /** Copies the next frame in, an interval of media time later. */
    void nextFrame() {
        frameIndex++;
        buffer.copyFrom(Frame.encoded(files.get((int) (frameIndex % files.size())), frameIndex * intervalNs));
    }

    void decode() {
        workspace.decode(buffer, memory, Pressure.NONE);
    }

    /** What the frame showed, good until the next; there must be the one face with its pose, or the figures are worth nothing. */
    Sight observe() {
        Sight seen = workspace.observe(frameIndex);
        if (!seen.face().isPresent()
                || seen.faces().size() != 1
                || !seen.faces().get(0).hasPose()) {
            throw new IllegalStateException("expected one face with a head pose in frame " + frameIndex + ", got "
                    + seen.face().answer() + " and " + seen.faces().size() + " faces");
        }
        return seen;
    }

    /** A whole frame. */
    Sight runFrame() {
        nextFrame();
        decode();
        workspace.face();
        workspace.gaze();
        workspace.presence();
        return observe();
    }

    @Override
    public void close() {
        memory.close();
        workspace.close();
        lane.close();
        perception.close();
    }
}
