package io.invigil.bench;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Judging one observation under each preset, read from reused memory or from an observation made for it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class RulesBenchmark {
    private static final long INTERVAL_NS = 200_000_000L;

    /** Frames of a calm candidate, one after another. */
    @State(Scope.Thread)
    public static class Frames {
        private long frameIndex;

        private Observation next() {
            frameIndex++;
            return FixedPerception.observation(frameIndex, frameIndex * INTERVAL_NS);
        }
    }

    /** A session that has calibrated. */
    @State(Scope.Thread)
    public static class Session {
        /** The rule set. */
        @Param({"interview", "closed-book", "paper-allowed", "open-book", "strict"})
        public String policy;

        private SessionRules rules;
        private long frameIndex;
        private final Sight sight = new Sight();

        /** Starts the session and lets it calibrate. */
        @Setup
        public void open() {
            rules = new SessionRules(Policy.preset(policy));
            for (int i = 0; i < 100; i++) {
                judgeNext();
            }
        }

        private List<Alert> judgeNext() {
            frameIndex++;
            FixedPerception.show(frameIndex, frameIndex * INTERVAL_NS, sight);
            rules.judge(sight);
            return rules.alerts();
        }

        private Judgement observeNext() {
            frameIndex++;
            return rules.observe(FixedPerception.observation(frameIndex, frameIndex * INTERVAL_NS));
        }

        /** The candidate looks at the camera all the time: that must be what the rules say, where they are asked. */
        @TearDown(Level.Iteration)
        public void check() {
            boolean asked =
                    Policy.preset(policy).rule(AlertType.EYES_LOOKING_AWAY).enabled();
            if (asked && !rules.attention().reading().isAbsent()
                    || !rules.alerts().isEmpty()) {
                throw new IllegalStateException("expected a calm candidate, got "
                        + rules.attention().reading().answer() + " and "
                        + rules.alerts().size() + " alerts");
            }
        }
    }

    /** Makes an observation to keep and nothing more: take this off the last figure. */
    @Benchmark
    public Observation makeObservation(Frames frames) {
        return frames.next();
    }

    /** Fills a sight and judges it, as a live session does. */
    @Benchmark
    public List<Alert> judge(Session session) {
        return session.judgeNext();
    }

    /** Makes an observation and judges it, as judging a log again does. */
    @Benchmark
    public Judgement observe(Session session) {
        return session.observeNext();
    }
}
