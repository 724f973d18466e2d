package io.invigil.bench;

import io.invigil.api.CameraState;
import io.invigil.api.Policy;
import io.invigil.core.sight.Sight;
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

/** The decode stage: a JPEG of quality 80 to an upright picture, with its grey copy and the measures of quality. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBenchmark {
    /** Width and height. */
    @Param({"1280x720", "640x480"})
    public String size;

    private FramePath path;

    /** Makes the frames and loads the engine's vision. */
    @Setup
    public void open() {
        String[] sides = size.split("x");
        path = new FramePath(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), Policy.interview(), 5);
    }

    /** Copies a file in and decodes it. */
    @Benchmark
    public void decode() {
        path.nextFrame();
        path.decode();
    }

    /** Looks at the last picture: it must be a good one with a face. */
    @TearDown(Level.Iteration)
    public void check() {
        path.workspace.face();
        path.workspace.gaze();
        Sight seen = path.observe();
        if (seen.quality().state() != CameraState.OK || !size.equals(seen.widthPx() + "x" + seen.heightPx())) {
            throw new IllegalStateException("expected a good picture of " + size + ", got "
                    + seen.quality().state() + " of " + seen.widthPx() + "x" + seen.heightPx());
        }
    }

    /** Frees natives. */
    @TearDown
    public void close() {
        path.close();
    }
}
