package io.invigil.bench;

import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
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
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * From an offer to the listener that hears its result, with percentiles: the engine around perception that sees without
 * looking, one live session, one frame at a time, so that each hand-over wakes a thread that sleeps.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class AnswerBenchmark {
    private static final long INTERVAL_NS = 200_000_000L;
    private static final int FILE_BYTES = 100_000;

    /** Which threads run the stages. */
    @Param
    public ThreadingMode threading;

    private final byte[] file = new byte[FILE_BYTES];
    private ExecutorService executor;
    private Lanes lanes;
    private PipelineSession session;
    private long timestampNs;
    private volatile long heardNs;
    private volatile Thread waiting;

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
        session = lanes.open(SessionConfig.builder().build(), closed -> {});
        session.addListener(new SessionListener() {
            @Override
            public void onFrameResult(SessionId id, FrameResult result) {
                heardNs = result.timestampNs();
                LockSupport.unpark(waiting);
            }
        });
    }

    /** Offers one frame of 100 kB and waits for its result. */
    @Benchmark
    public long answer() {
        waiting = Thread.currentThread();
        timestampNs += INTERVAL_NS;
        session.offer(Frame.encoded(file, timestampNs));
        while (heardNs != timestampNs) {
            LockSupport.parkNanos(this, INTERVAL_NS);
        }
        return heardNs;
    }

    /** Every frame must have been analysed. */
    @TearDown
    public void close() {
        session.close(); // The last result was heard; only now it is counted for certain.
        long analysed = session.frames().analysed();
        lanes.close(Duration.ofSeconds(10));
        executor.shutdown();
        if (analysed != timestampNs / INTERVAL_NS) {
            throw new IllegalStateException(analysed + " of " + timestampNs / INTERVAL_NS + " frames were analysed");
        }
    }
}
