package io.invigil.bench;

import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
import io.invigil.api.OfferResult;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import java.util.List;
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

/** A 720p JPEG through the public interface: offer, every stage, rules and a listener, on the caller's thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
public class FramePathBenchmark {
    private static final int DISTINCT_FRAMES = 8;

    /** Frames in a second of media time; detectors run on cadences of media time, so fewer frames cost more each. */
    @Param({"1", "2", "5"})
    public int framesPerSecond;

    private List<byte[]> files;
    private ProctoringEngine engine;
    private ProctoringSession session;
    private FrameResult last;
    private long frameIndex;

    /** Makes the frames, starts the engine and a session. */
    @Setup
    public void open() {
        files = TestFrames.stillCamera(1280, 720, DISTINCT_FRAMES);
        engine = ProctoringEngine.create(
                EngineConfig.builder().threading(ThreadingMode.CALLER).build());
        session = engine.openSession(SessionConfig.live(Policy.interview()));
        session.addListener(new SessionListener() {
            @Override
            public void onFrameResult(SessionId id, FrameResult result) {
                last = result;
            }
        });
    }

    /** One frame. */
    @Benchmark
    public OfferResult offer() {
        byte[] file = files.get((int) (frameIndex % DISTINCT_FRAMES));
        return session.offer(Frame.encoded(file, frameIndex++ * 1_000_000_000L / framesPerSecond));
    }

    /** The last frame must show the face, and none may be missing. */
    @TearDown(Level.Iteration)
    public void check() {
        if (session.frames().analysed() != frameIndex
                || !last.observation().orElseThrow().face().isPresent()) {
            throw new IllegalStateException("not every frame was analysed and seen: " + session.frames());
        }
    }

    /** Frees natives. */
    @TearDown
    public void close() {
        session.close();
        engine.close();
    }
}
