package io.invigil.bench;

import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.IntakeMode;
import io.invigil.api.OfferResult;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.core.pipeline.Lanes;
import io.invigil.core.pipeline.PipelineSession;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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

/** The engine around perception that sees without looking: admission, ring, hand-overs, rules and listeners of a frame. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
    private static final long INTERVAL_NS = 200_000_000L;
    private static final int FILE_BYTES = 100_000;

    /** Which threads run the stages. */
    @Param
    public ThreadingMode threading;

    /** Who listens. */
    public enum Hearing {
        /** Somebody who wants to hear of alerts alone: nothing is told of a calm candidate's frames. */
        ALERTS,
        /** Somebody who wants every frame's result: what is made for that listener is the listener's to keep. */
        RESULTS
    }

    /** What the session's one listener hears. */
    @Param
    public Hearing hearing;

    private final byte[] file = new byte[FILE_BYTES];
    private final LongAdder heard = new LongAdder();
    private ExecutorService executor;
    private Lanes lanes;
    private PipelineSession session;
    private long frameIndex;
    private long refused;

    /** Starts one lane and a session on it. */
    @Setup
    public void open() {
        executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "bench-listener");
            thread.setDaemon(true);
            return thread;
        });
        lanes = new Lanes(
                EngineConfig.builder().threading(threading).lanes(1).build(), new FixedPerception(), executor);
        session = lanes.open(SessionConfig.builder().intake(IntakeMode.REPLAY).build(), closed -> {});
        session.addListener(new SessionListener() {
            @Override
            public boolean hearsFrameResults() {
                return hearing == Hearing.RESULTS;
            }

            @Override
            public void onFrameResult(SessionId id, FrameResult result) {
                heard.increment();
            }
        });
    }

    /** One frame of 100 kB; waits for room when the lane is behind, so the mean is the frame's way through the lane. */
    @Benchmark
    public OfferResult offer() {
        OfferResult result = session.offer(Frame.encoded(file, ++frameIndex * INTERVAL_NS));
        refused += result == OfferResult.ACCEPTED ? 0 : 1;
        return result;
    }

    /** Every frame must have been analysed and told. */
    @TearDown(Level.Iteration)
    public void check() {
        boolean drained = session.drain(Duration.ofSeconds(20));
        FrameCounts frames = session.frames();
        if (!drained || refused > 0 || frames.analysed() != frameIndex || !frames.addsUp()) {
            throw new IllegalStateException("not every frame was analysed: " + frames);
        }
        if (heard.sum() + session.conflatedResults() != (hearing == Hearing.RESULTS ? frameIndex : 0)) {
            throw new IllegalStateException(heard.sum() + " of " + frameIndex + " results were told");
        }
    }

    /** Stops the lane. */
    @TearDown
    public void close() {
        session.close();
        lanes.close(Duration.ofSeconds(10));
        executor.shutdown();
    }
}
