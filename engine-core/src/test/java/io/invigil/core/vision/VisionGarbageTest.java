package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.invigil.api.Frame;
import io.invigil.api.Policy;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.rules.SessionRules;
import io.invigil.core.sight.Sight;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a frame with a face leaves on the heap with the real models, from its bytes to what the rules say, counted by the JVM. */
class VisionGarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_FRAMES = 60;
    private static final int FRAMES = 60;

    /** The wrappers that ONNX Runtime makes of a run of a model, and OpenCV of a decoded picture. */
    private static final long MOST_BYTES = 2048;

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void shouldLeaveNoMoreThanTheLibrariesWrappers(int framesPerSecond) {
        byte[] file = Pictures.file("astronaut.png");
        try (VisionPerception perception = VisionPerception.load();
                PerceptionLane lane = perception.openLane();
                FrameWorkspace workspace = lane.newWorkspace();
                PerceptionMemory memory = perception.openMemory(Policy.interview())) {
            SessionRules rules = new SessionRules(Policy.interview());
            FrameBuffer buffer = new FrameBuffer();
            long bytes = 0;
            for (int i = 0; i < WARM_UP_FRAMES + FRAMES; i++) {
                buffer.copyFrom(Frame.encoded(file, i * 1_000_000_000L / framesPerSecond));
                long before = THREADS.getCurrentThreadAllocatedBytes();
                workspace.decode(buffer, memory, Pressure.NONE);
                workspace.face();
                workspace.gaze();
                workspace.presence();
                Sight seen = workspace.observe(i);
                rules.judge(seen);
                bytes += i < WARM_UP_FRAMES ? 0 : THREADS.getCurrentThreadAllocatedBytes() - before;
                assertThat(seen.faces()).hasSize(1);
            }
            assertThat(bytes / FRAMES).isLessThanOrEqualTo(MOST_BYTES);
        }
    }
}
