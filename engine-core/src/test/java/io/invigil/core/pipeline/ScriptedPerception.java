package io.invigil.core.pipeline;

import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.FaceObservation;
import io.invigil.api.Frame;
import io.invigil.api.ImageQuality;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.Sight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Perception whose pictures are scripts: the text {@code faces=1 throw=FACE stick=DECODE} in place of pixels says what is
 * seen, which stage throws, and which one waits for {@link #unstick()}. Everything else of the engine is the real thing.
 */
public final class ScriptedPerception implements Perception {
    private final CountDownLatch unstuck = new CountDownLatch(1);
    private final CountDownLatch stuck = new CountDownLatch(1);
    final AtomicInteger openParts = new AtomicInteger();
    private volatile boolean closed;

    /** What was taken up, in order. */
    final Queue<String> begun = new ConcurrentLinkedQueue<>();

    /** Frames that were taken up while an earlier one of their session was not told yet. */
    final AtomicInteger overlapping = new AtomicInteger();

    public static Frame frame(long timestampNs, String script) {
        return Frame.encoded(script.getBytes(StandardCharsets.US_ASCII), timestampNs);
    }

    /** Whether the models were freed. */
    public boolean isClosed() {
        return closed;
    }

    /** Lets every stage that waits go on. */
    public void unstick() {
        unstuck.countDown();
    }

    /** Waits until a stage waits. */
    public void awaitStuck() throws InterruptedException {
        stuck.await();
    }

    @Override
    public Map<String, String> modelHashes() {
        return Map.of("scripted", "0");
    }

    @Override
    public PerceptionLane openLane() {
        openParts.incrementAndGet();
        return new PerceptionLane() {
            @Override
            public FrameWorkspace newWorkspace() {
                openParts.incrementAndGet();
                return new Workspace();
            }

            @Override
            public void close() {
                openParts.decrementAndGet();
            }
        };
    }

    @Override
    public PerceptionMemory openMemory(Policy policy) {
        openParts.incrementAndGet();
        return new Memory();
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Counts the session's frames, so that a mix-up between sessions shows in the observations. */
    private final class Memory implements PerceptionMemory {
        private int framesSeen;
        private final AtomicInteger inside = new AtomicInteger();

        @Override
        public void close() {
            openParts.decrementAndGet();
        }
    }

    private final class Workspace implements FrameWorkspace {
        private String script = "";
        private long timestampNs;
        private Memory memory;
        private final Sight sight = new Sight();

        @Override
        public void decode(FrameBuffer frame, PerceptionMemory frameMemory, Pressure pressure) {
            script = StandardCharsets.US_ASCII.decode(frame.bytes().duplicate()).toString();
            timestampNs = frame.timestampNs();
            memory = (Memory) frameMemory;
            memory.framesSeen++;
            begun.add(script);
            overlapping.addAndGet(memory.inside.getAndIncrement() > 0 ? 1 : 0);
            act(Stage.DECODE);
        }

        @Override
        public void face() {
            act(Stage.FACE);
        }

        @Override
        public void gaze() {
            act(Stage.GAZE);
        }

        @Override
        public void presence() {
            act(Stage.PRESENCE);
        }

        private void act(Stage stage) {
            if (script.contains("throw=" + stage)) {
                throw new IllegalStateException("scripted");
            }
            if (script.contains("fail=" + stage)) {
                throw new EngineException(ErrorCode.FRAME_DECODE, "scripted");
            }
            if (script.contains("die=" + stage)) {
                throw new StackOverflowError("scripted");
            }
            if (script.contains("stick=" + stage)) {
                stuck.countDown();
                try {
                    unstuck.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public Sight observe(long frameIndex) {
            memory.inside.decrementAndGet();
            act(Stage.RULES);
            int faces = script.contains("faces=") ? script.charAt(script.indexOf("faces=") + 6) - '0' : 0;
            List<FaceObservation> seen = new ArrayList<>();
            for (int i = 0; i < faces; i++) {
                seen.add(new FaceObservation(
                        i + 1,
                        new BoundingBox(100 + 150 * i, 100, 120, 120),
                        0.95,
                        5 + memory.framesSeen % 7,
                        Optional.empty(),
                        Optional.empty(),
                        Reading.cannotTell(Doubt.TOO_SMALL)));
            }
            ImageQuality quality = new ImageQuality(
                    script.contains("black") ? CameraState.BLACK : CameraState.OK, 120, 50, 0.3, 2, 6, false, false);
            sight.set(new Observation(
                    frameIndex,
                    timestampNs,
                    640,
                    480,
                    quality,
                    faces > 0 ? Reading.present(0.95) : Reading.absent(0.9),
                    seen,
                    PresenceObservation.NONE));
            return sight;
        }

        @Override
        public void close() {
            openParts.decrementAndGet();
        }
    }
}
