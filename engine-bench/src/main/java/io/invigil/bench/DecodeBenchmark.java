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

/** The decode stage: a picture in each coding to an upright one in BGR, with its grey copy and the measures of quality. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBenchmark {
    /** Coding, width and height. */
    @Param({
        "JPEG 1280x720",
        "JPEG 640x480",
        "PNG 1280x720",
        "WEBP 1280x720",
        "BGR 1280x720",
        "RGBA 1280x720",
        "I420 1280x720",
        "NV12 1280x720"
    })
    public String picture;

    private FramePath path;

    /** Makes the frames and loads the engine's vision. */
    @Setup
    public void open() {
        String[] parts = picture.split("[ x]");
        path = new FramePath(
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Coding.valueOf(parts[0]),
                Policy.interview(),
                5);
    }

    /** Copies a picture in and decodes it. */
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
        if (seen.quality().state() != CameraState.OK
                || !picture.endsWith(" " + seen.widthPx() + "x" + seen.heightPx())) {
            throw new IllegalStateException("expected a good picture, " + picture + ", got "
                    + seen.quality().state() + " of " + seen.widthPx() + "x" + seen.heightPx());
        }
    }

    /** Frees natives. */
    @TearDown
    public void close() {
        path.close();
    }
}
