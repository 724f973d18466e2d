package io.invigil.bench;

import io.invigil.api.Attention;
import io.invigil.api.Judgement;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.core.rules.SessionRules;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Judging one observation under the strict policy, and what making the observation costs on the way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class RulesBenchmark {
    private static final long INTERVAL_NS = 200_000_000L;

    private SessionRules rules;
    private long frameIndex;
    private Judgement last;

    /** Starts a session and lets it calibrate. */
    @Setup
    public void open() {
        rules = new SessionRules(Policy.strict());
        for (int i = 0; i < 100; i++) {
            last = rules.observe(next());
        }
    }

    private Observation next() {
        frameIndex++;
        return FixedPerception.observation(frameIndex, frameIndex * INTERVAL_NS);
    }

    /** Makes an observation and nothing more: take this off the other figure. */
    @Benchmark
    public Observation makeObservation() {
        return next();
    }

    /** Makes an observation and judges it. */
    @Benchmark
    public Attention observe() {
        last = rules.observe(next());
        return last.attention();
    }

    /** The candidate looks at the camera all the time: that must be what the rules say. */
    @TearDown(Level.Iteration)
    public void check() {
        if (!last.attention().reading().isAbsent() || !last.alerts().isEmpty()) {
            throw new IllegalStateException("expected a calm candidate, got "
                    + last.attention().reading().answer() + " and "
                    + last.alerts().size() + " alerts");
        }
    }
}
