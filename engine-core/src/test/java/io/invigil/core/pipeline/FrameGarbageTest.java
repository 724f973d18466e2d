package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.invigil.api.CameraState;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
import io.invigil.api.Policy;
import io.invigil.api.Reading;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.FaceSight;
import io.invigil.core.sight.Sight;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine around perception leaves on the heap for each frame of a calm candidate, counted by the JVM. */
@Timeout(60)
class FrameGarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_FRAMES = 500;
    private static final int FRAMES = 1500;
    private static final long FRAME_NS = 200_000_000L;

    /**
     * Garbage of a frame would be there on every one. But the thread at whose call the JVM decides to compile a method makes that
     * method's string constants and loads the classes of its signature, 24 to 640 bytes once for each method, now and then
     * 15 kB; and a second's measured load is a new value.
     */
    private static final int ALLOWED_FRAMES = FRAMES / 100;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldLeaveNothingWhenAlertsAloneAreHeard(ThreadingMode threading) {
        assertThat(framesAbove(0, bytesOf(threading, Policy.interview(), false)))
                .isLessThanOrEqualTo(ALLOWED_FRAMES);
    }

    @Test
    void shouldLeaveNothingUnderTheStrictestPolicy() {
        assertThat(framesAbove(0, bytesOf(ThreadingMode.CALLER, Policy.strict(), false)))
                .isLessThanOrEqualTo(ALLOWED_FRAMES);
    }

    @Test
    void shouldLeaveLittleMoreThanTheResultWhenResultsAreHeard() {
        long[] bytes = bytesOf(ThreadingMode.CALLER, Policy.interview(), true);
        assertThat(framesAbove(300, bytes)).isEqualTo(FRAMES);
        assertThat(framesAbove(800, bytes)).isLessThanOrEqualTo(ALLOWED_FRAMES);
    }

    private static long framesAbove(long bytesEach, long[] bytes) {
        return Arrays.stream(bytes).filter(left -> left > bytesEach).count();
    }

    /** Bytes that the calling and the lane's threads allocate for each of {@link #FRAMES} frames, the frame itself not counted. */
    private static long[] bytesOf(ThreadingMode threading, Policy policy, boolean results) {
        CalmPerception perception = new CalmPerception();
        Lanes lanes =
                new Lanes(EngineConfig.builder().threading(threading).lanes(1).build(), perception, Runnable::run);
        try (PipelineSession session =
                lanes.open(SessionConfig.builder().policy(policy).build(), closed -> {})) {
            Hearer hearer = new Hearer(results);
            session.addListener(hearer);
            Frame[] frames = new Frame[WARM_UP_FRAMES + FRAMES];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = Frame.encoded(new byte[1000], i * FRAME_NS);
            }
            List<Thread> laneThreads = laneThreads();
            long[] bytes = new long[FRAMES];
            for (int i = 0; i < frames.length; i++) {
                long before = allocated(laneThreads);
                long ownBefore = THREADS.getCurrentThreadAllocatedBytes();
                session.offer(frames[i]);
                long own = THREADS.getCurrentThreadAllocatedBytes() - ownBefore;
                perception.seen.acquireUninterruptibly();
                awaitRest(laneThreads);
                if (i >= WARM_UP_FRAMES) {
                    bytes[i - WARM_UP_FRAMES] = own + allocated(laneThreads) - before;
                }
            }
            assertThat(session.drain(Duration.ofSeconds(20))).isTrue();
            assertThat(session.frames().analysed()).isEqualTo(frames.length);
            assertThat(hearer.results).isEqualTo(results ? frames.length : 0);
            return bytes;
        } finally {
            lanes.close(Duration.ofSeconds(20));
        }
    }

    private static List<Thread> laneThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("invigil-lane-"))
                .toList();
    }

    private static long allocated(List<Thread> threads) {
        long bytes = 0;
        for (Thread thread : threads) {
            bytes += THREADS.getThreadAllocatedBytes(thread.getId());
        }
        return bytes;
    }

    /** Waits without a lock of the session: threads that meet at a lock leave a node of its queue behind. */
    private static void awaitRest(List<Thread> threads) {
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    private static final class Hearer implements SessionListener {
        private final boolean wantsResults;
        private volatile int results;

        Hearer(boolean wantsResults) {
            this.wantsResults = wantsResults;
        }

        @Override
        public boolean hearsFrameResults() {
            return wantsResults;
        }

        @Override
        public void onFrameResult(SessionId session, FrameResult result) {
            results = results + 1;
        }
    }

    /** Sees one candidate who sways a little and looks at the camera. */
    private static final class CalmPerception implements Perception {
        final Semaphore seen = new Semaphore(0);

        @Override
        public Map<String, String> modelHashes() {
            return Map.of();
        }

        @Override
        public PerceptionLane openLane() {
            return new PerceptionLane() {
                @Override
                public FrameWorkspace newWorkspace() {
                    return new Workspace(seen);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public PerceptionMemory openMemory(Policy policy) {
            return () -> {};
        }

        @Override
        public void close() {}
    }

    private static final class Workspace implements FrameWorkspace {
        private static final Reading SEEN = Reading.present(0.95);

        private final Sight sight = new Sight();
        private final Semaphore seen;
        private long timestampNs;

        Workspace(Semaphore seen) {
            this.seen = seen;
        }

        @Override
        public void decode(FrameBuffer frame, PerceptionMemory memory, Pressure pressure) {
            timestampNs = frame.timestampNs();
        }

        @Override
        public void face() {}

        @Override
        public void gaze() {}

        @Override
        public void presence() {}

        @Override
        public Sight observe(long frameIndex) {
            double sway = Math.sin(frameIndex * 0.7);
            sight.begin(frameIndex, timestampNs, 1280, 720);
            sight.quality().set(CameraState.OK, 120, 50, 0.3);
            sight.quality().setChange(2, 6, false, false);
            sight.setFace(SEEN);
            FaceSight face = sight.addFace();
            face.begin(1, 0.95, 4);
            face.box().set(480 + sway, 200, 300, 300);
            face.setPose(2 + sway, -3, 1, 60, 1.2);
            face.setGaze(1, -2 + sway, 3 + sway, -5, 0.3);
            face.setGazeReading(SEEN);
            seen.release();
            return sight;
        }

        @Override
        public void close() {}
    }
}
