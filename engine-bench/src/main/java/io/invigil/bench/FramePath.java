package io.invigil.bench;

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

    private final int widthPx;
    private final int heightPx;
    private final Coding coding;
    private final List<byte[]> pictures;
    private final long intervalNs;
    private final Perception perception;
    private final PerceptionLane lane;
    private final FrameBuffer buffer = new FrameBuffer();
    private final PerceptionMemory memory;
    /** What the stages run on. */
    final FrameWorkspace workspace;

    private long frameIndex = -1;

    FramePath(int widthPx, int heightPx, Policy policy, double framesPerSecond) {
        this(widthPx, heightPx, Coding.JPEG, policy, framesPerSecond);
    }

    FramePath(int widthPx, int heightPx, Coding coding, Policy policy, double framesPerSecond) {
        this(
                widthPx,
                heightPx,
                coding,
                TestFrames.noisy(TestFrames.scene(widthPx, heightPx), DISTINCT_FRAMES).stream()
                        .map(coding::bytes)
                        .toList(),
                policy,
                framesPerSecond);
    }

    /** Of pictures that come again and again in this order. */
    FramePath(int widthPx, int heightPx, Coding coding, List<byte[]> pictures, Policy policy, double framesPerSecond) {
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        this.coding = coding;
        this.pictures = pictures;
        intervalNs = Math.round(1e9 / framesPerSecond);
        perception = VisionPerception.load();
        lane = perception.openLane();
        workspace = lane.newWorkspace();
        memory = perception.openMemory(policy);
    }

    /** Copies the next frame in, an interval of media time later. */
    void nextFrame() {
        frameIndex++;
        byte[] picture = pictures.get((int) (frameIndex % pictures.size()));
        buffer.copyFrom(coding.frame(picture, widthPx, heightPx, frameIndex * intervalNs));
    }

    void decode() {
        workspace.decode(buffer, memory, Pressure.NONE);
    }

    /** What the frame showed, good until the next. */
    Sight observeAny() {
        return workspace.observe(frameIndex);
    }

    /** The same; there must be the one face with its pose, or the figures are worth nothing. */
    Sight observe() {
        Sight seen = observeAny();
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
