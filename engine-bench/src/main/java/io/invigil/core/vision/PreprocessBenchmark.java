package io.invigil.core.vision;

import io.invigil.api.CameraState;
import io.invigil.bench.NoisyScene;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.sight.Sight;
import java.nio.ByteBuffer;
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
 * What is done to a decoded 720p picture before a model sees it, one step at a time. In this package, since the steps are
 * nobody's else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class PreprocessBenchmark {
    private static final int WIDTH_PX = 1280;
    private static final int HEIGHT_PX = 720;

    /** What is measured. */
    public enum Step {
        /** The picture's halves and its small grey copy. */
        HALVES,
        /** Quality, change since the frame before, and how the camera moved. */
        QUALITY,
        /** A turned square round the face for the mesh. */
        FACE_SQUARE,
        /** The whole picture in a square for the face detector. */
        SEARCH_SQUARE,
        /** The whole picture for NanoDet. */
        NANODET,
        /** The whole picture for CenterNet. */
        CENTERNET
    }

    /** The step. */
    @Param
    public Step step;

    private final DecodedImage image = new DecodedImage();
    private final QualityMeter meter = new QualityMeter();
    private final QualityMemory memory = new QualityMemory();
    private final Sight sight = new Sight();
    private final Letterbox square = new Letterbox();
    private long frameIndex;
    private ByteBuffer input;
    private AutoCloseable drawing;
    private CropSampler sampler;
    private TileCanvas canvas;
    private TileFit fit;

    /** Decodes a picture and makes the model's input. */
    @Setup
    public void open() {
        FrameBuffer frame = new FrameBuffer();
        frame.copyFrom(NoisyScene.frame(WIDTH_PX, HEIGHT_PX));
        try (FrameDecoder decoder = new FrameDecoder(WIDTH_PX * HEIGHT_PX)) {
            decoder.decode(frame, image.upright());
        }
        image.refresh();
        Tile whole = Tile.whole(WIDTH_PX, HEIGHT_PX);
        switch (step) {
            case FACE_SQUARE -> sampleSquares(FaceMesh.INPUT_SIZE, 4, 400, 0.1);
            case SEARCH_SQUARE -> sampleSquares(FaceDetector.INPUT_SIZE, 2, WIDTH_PX, 0);
            case NANODET -> drawTiles(TileFit.letterboxed(whole, NanoDet.SIDE_PX, TileRuns.STEP_PX));
            case CENTERNET -> drawTiles(TileFit.letterboxed(whole, CenterNet.WHOLE_SIDE_PX, TileRuns.STEP_PX));
            default -> drawing = () -> {};
        }
    }

    private void sampleSquares(int inputSize, double maxSkip, double sidePx, double angleRad) {
        input = ByteBuffer.allocateDirect(3 * inputSize * inputSize);
        sampler = new CropSampler(input, inputSize, maxSkip);
        square.set(WIDTH_PX / 2.0, HEIGHT_PX / 2.0, sidePx, angleRad, inputSize);
        drawing = sampler;
    }

    private void drawTiles(TileFit whole) {
        fit = whole;
        input = ByteBuffer.allocateDirect(3 * fit.inputWidthPx() * fit.inputHeightPx());
        canvas = new TileCanvas(input, fit.inputWidthPx(), fit.inputHeightPx());
        drawing = canvas;
    }

    /** Runs the step. */
    @Benchmark
    public void run() {
        switch (step) {
            case HALVES -> image.refresh();
            case QUALITY -> {
                frameIndex++;
                long nowNs = frameIndex * 1_000_000_000L;
                sight.begin(frameIndex, nowNs, WIDTH_PX, HEIGHT_PX);
                meter.measure(image, nowNs, memory, sight.quality());
            }
            case FACE_SQUARE, SEARCH_SQUARE -> sampler.sample(image, square);
            default -> canvas.draw(image, Tile.whole(WIDTH_PX, HEIGHT_PX), fit);
        }
    }

    /** The small copy must be grey, the quality good, the middle of a model's input not black; and made anew the next time. */
    @TearDown(Level.Iteration)
    public void check() {
        boolean done = switch (step) {
            case HALVES -> image.smallWidth() == 160 && image.smallGrey()[0] != 0;
            case QUALITY -> sight.quality().state() == CameraState.OK;
            default -> input.get(input.capacity() / 2 + input.capacity() % 2) != 0;
        };
        if (!done) {
            throw new IllegalStateException("the step " + step + " did nothing");
        }
        for (int i = 0; input != null && i < input.capacity(); i++) {
            input.put(i, (byte) 0);
        }
    }

    /** Frees natives. */
    @TearDown
    public void close() throws Exception {
        drawing.close();
        image.close();
    }
}
