package io.invigil.bench;

import io.invigil.api.Alert;
import io.invigil.api.Judgement;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.core.rules.SessionRules;
import io.invigil.core.sight.Sight;
import java.util.List;
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

/** Judging one observation under the strict policy, read from reused memory or from an observation made for it. */
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
    private final Sight sight = new Sight();

    /** Starts a session and lets it calibrate. */
    @Setup
    public void open() {
        rules = new SessionRules(Policy.strict());
        for (int i = 0; i < 100; i++) {
            judge();
        }
    }

    /** Makes an observation to keep and nothing more: take this off the last figure. */
    @Benchmark
    public Observation makeObservation() {
        frameIndex++;
        return FixedPerception.observation(frameIndex, frameIndex * INTERVAL_NS);
    }

    /** Fills a sight and judges it, as a live session does. */
    @Benchmark
    public List<Alert> judge() {
        frameIndex++;
        FixedPerception.show(frameIndex, frameIndex * INTERVAL_NS, sight);
        rules.judge(sight);
        return rules.alerts();
    }

    /** Makes an observation and judges it, as judging a log again does. */
    @Benchmark
    public Judgement observe() {
        return rules.observe(makeObservation());
    }

    /** The candidate looks at the camera all the time: that must be what the rules say. */
    @TearDown(Level.Iteration)
    public void check() {
        if (!rules.attention().reading().isAbsent() || !rules.alerts().isEmpty()) {
            throw new IllegalStateException("expected a calm candidate, got "
                    + rules.attention().reading().answer() + " and "
                    + rules.alerts().size() + " alerts");
        }
    }
}
