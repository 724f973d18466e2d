package io.invigil.bench;

import io.invigil.api.Policy;
import io.invigil.core.sight.Sight;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One stage at a time on 720p frames of a still camera. The other stages of the frame run outside the clock, so times are the
 * stage's, but what the allocation profiler prints belongs to the whole frame: {@code frame-cost} has bytes by stage.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
public class StageBenchmark {
    /** What is measured. */
    public enum Step {
        /** A followed face, the detector not due. */
        FACE_FOLLOWED(Duration.ofSeconds(10), Duration.ofMinutes(1)),
        /** A followed face, the detector due. */
        FACE_SEARCHED(Duration.ZERO, Duration.ofMinutes(1)),
        /** Head pose and gaze of one face. */
        GAZE(Duration.ofSeconds(10), Duration.ofMinutes(1)),
        /** Bodies and objects, due on every frame. */
        PRESENCE_DUE(Duration.ofSeconds(10), Duration.ZERO),
        /** Bodies and objects, not due. */
        PRESENCE_CARRIED(Duration.ofSeconds(10), Duration.ofMinutes(1));

        private final Duration faceInterval;
        private final Duration presenceInterval;

        Step(Duration faceInterval, Duration presenceInterval) {
            this.faceInterval = faceInterval;
            this.presenceInterval = presenceInterval;
        }
    }

    /** The stage. */
    @Param
    public Step step;

    private FramePath path;

    /** Makes the frames and loads the engine's vision. */
    @Setup
    public void open() {
        Policy policy = Policy.interview().toBuilder()
                .faceInterval(step.faceInterval)
                .presenceInterval(step.presenceInterval)
                .build();
        // So many frames in a second of media time that a cadence of a minute hardly ever comes due.
        path = new FramePath(1280, 720, policy, 100);
        for (int i = 0; i < 20; i++) {
            path.runFrame();
        }
    }

    /** Runs the stages before. */
    @Setup(Level.Invocation)
    public void runUpstream() {
        path.nextFrame();
        path.decode();
        if (step == Step.GAZE) {
            path.workspace.face();
        }
    }

    /** Runs the stage. */
    @Benchmark
    public void run() {
        switch (step) {
            case FACE_FOLLOWED, FACE_SEARCHED -> path.workspace.face();
            case GAZE -> path.workspace.gaze();
            default -> path.workspace.presence();
        }
    }

    /** Runs the stages behind and checks what was seen. */
    @TearDown(Level.Invocation)
    public void check() {
        if (step == Step.PRESENCE_DUE || step == Step.PRESENCE_CARRIED) {
            path.workspace.face();
        }
        if (step != Step.GAZE) {
            path.workspace.gaze();
        }
        Sight seen = path.observe();
        if (step == Step.PRESENCE_DUE
                && (!seen.presence().fresh() || seen.presence().persons().isEmpty())) {
            throw new IllegalStateException("expected a person to be found on this frame");
        }
    }

    /** Frees natives. */
    @TearDown
    public void close() {
        path.close();
    }
}
