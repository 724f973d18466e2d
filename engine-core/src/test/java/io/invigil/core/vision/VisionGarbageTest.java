package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.ThreadMXBean;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Policy;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.rules.SessionRules;
import io.invigil.core.sight.Sight;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a frame of a candidate who sits still leaves on the heap with the real models, from its bytes to what the rules say,
 * counted by the JVM; what ONNX Runtime leaves is counted apart.
 */
class VisionGarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WIDTH_PX = 1280;
    private static final int HEIGHT_PX = 720;
    private static final int DISTINCT_FRAMES = 8;

    /** Beyond the last time that a session's memory of pictures grows, at any of the rates here (see {@link RepeatWatch}). */
    private static final int WARM_UP_FRAMES = 260;

    private static final int FRAMES = 60;

    /**
     * About once in a thousand frames, never at the same one again, some 300 bytes are left: the thread at whose call the JVM decides
     * to compile a method makes that method's string constants. Garbage of a frame or of a look would be there in every round.
     */
    private static final int MOST_ROUNDS = 3;

    /** All that a frame may leave, the caller's {@link Frame} not counted. */
    private static final long MOST_BYTES = 2048;

    /**
     * OpenCV's decoder returns its picture by value, whatever it was told to decode into: JavaCPP makes a {@link Mat} of 56 bytes
     * of it, with what frees its native header: 72 bytes, a counter of 16, and an iterator of 32 until the compiler finds that
     * nobody keeps it. There is no call that returns nothing.
     */
    private static final long RETURNED_PICTURE_BYTES = 56 + 72 + 16 + 32;

    private static List<byte[]> raw;
    private static List<byte[]> jpeg;

    /** The same picture with new noise in every frame. */
    @BeforeAll
    static void draw() {
        raw = new ArrayList<>();
        jpeg = new ArrayList<>();
        try (Mat picture = new Mat(HEIGHT_PX, WIDTH_PX, CV_8UC3, new Scalar(150, 140, 135, 0));
                Mat face = Pictures.face("astronaut.png");
                Mat large = new Mat();
                Size size = new Size(HEIGHT_PX, HEIGHT_PX);
                BytePointer file = new BytePointer()) {
            resize(face, large, size, 0, 0, INTER_CUBIC);
            Pictures.paste(picture, large, (WIDTH_PX - HEIGHT_PX) / 2, 0);
            for (int i = 0; i < DISTINCT_FRAMES; i++) {
                byte[] pixels = Pictures.noisy(picture, 1.5, new Random(i));
                raw.add(pixels);
                try (BytePointer bytes = new BytePointer(pixels);
                        Mat noisy = new Mat(HEIGHT_PX, WIDTH_PX, CV_8UC3, bytes)) {
                    imencode(".jpg", noisy, file);
                    byte[] coded = new byte[(int) file.limit()];
                    file.get(coded);
                    jpeg.add(coded);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void shouldLeaveNothingButWhatOnnxRuntimeDoesOfARawFrame(int framesPerSecond) {
        Counts counts = countFrames(framesPerSecond, PixelFormat.BGR, 0);

        assertThat(counts.own).hasSize(FRAMES).containsOnly(0L);
        assertThat(counts.onnxRuntime / FRAMES).isBetween(500L, MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void shouldLeaveNoMoreThanTheReturnedPictureBesidesOfAJpeg(int framesPerSecond) {
        Counts counts = countFrames(framesPerSecond, PixelFormat.ENCODED, RETURNED_PICTURE_BYTES);

        assertThat(counts.own).hasSize(FRAMES).allMatch(bytes -> bytes <= RETURNED_PICTURE_BYTES);
        assertThat(counts.onnxRuntime / FRAMES + RETURNED_PICTURE_BYTES).isBetween(500L, MOST_BYTES);
    }

    /** What the frames of a round left; rounds go on until none left more than this besides ONNX Runtime, but not for ever. */
    private static Counts countFrames(int framesPerSecond, PixelFormat format, long mostOwn) {
        Counts counts = new Counts();
        try (VisionPerception perception = VisionPerception.load(EngineConfig.DEFAULT_MAX_PIXELS, counts);
                PerceptionLane lane = perception.openLane();
                FrameWorkspace workspace = lane.newWorkspace();
                PerceptionMemory memory = perception.openMemory(Policy.interview())) {
            SessionRules rules = new SessionRules(Policy.interview());
            FrameBuffer buffer = new FrameBuffer();
            for (int i = 0; i < WARM_UP_FRAMES + MOST_ROUNDS * FRAMES; i++) {
                if (i >= WARM_UP_FRAMES && (i - WARM_UP_FRAMES) % FRAMES == 0) {
                    if (i > WARM_UP_FRAMES && counts.own.stream().allMatch(bytes -> bytes <= mostOwn)) {
                        return counts;
                    }
                    counts.begin();
                }
                buffer.copyFrom(frame(format, i, i * 1_000_000_000L / framesPerSecond));
                long onnxRuntimeBefore = counts.onnxRuntime;
                long before = THREADS.getCurrentThreadAllocatedBytes();
                workspace.decode(buffer, memory, Pressure.NONE);
                workspace.face();
                workspace.gaze();
                workspace.presence();
                Sight seen = workspace.observe(i);
                rules.judge(seen);
                long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
                counts.own.add(bytes - (counts.onnxRuntime - onnxRuntimeBefore));
                assertThat(seen.faces()).hasSize(1);
                assertThat(seen.presence().persons()).isNotEmpty();
            }
            return counts;
        }
    }

    private static Frame frame(PixelFormat format, int i, long timestampNs) {
        return format == PixelFormat.ENCODED
                ? Frame.encoded(jpeg.get(i % DISTINCT_FRAMES), timestampNs)
                : Frame.packed(
                        format,
                        WIDTH_PX,
                        HEIGHT_PX,
                        ByteBuffer.wrap(raw.get(i % DISTINCT_FRAMES)),
                        3 * WIDTH_PX,
                        timestampNs);
    }

    /** Runs models as ever and counts what the calls leave on the heap. */
    private static final class Counts implements Inference {
        /** What each frame of the round left besides. */
        final List<Long> own = new ArrayList<>();

        long onnxRuntime;

        void begin() {
            own.clear();
            onnxRuntime = 0;
        }

        @Override
        public void run(OrtSession session, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs)
                throws OrtException {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            PLAIN.run(session, inputs, outputs);
            onnxRuntime += THREADS.getCurrentThreadAllocatedBytes() - before;
        }
    }
}
