package io.invigil.core.vision;

import java.nio.FloatBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Runs NanoDet (416 pixels square, letterboxed) on pictures or parts of them. For one thread at a time. */
final class NanoDet implements AutoCloseable {
    static final int SIDE_PX = 416;

    private static final int[] STRIDES_PX = {8, 16, 32};

    private final ModelRunner runner;
    private final TileCanvas canvas;
    private final NanoDetDecoder.Wanted wanted;
    private final FloatBuffer[] scores = new FloatBuffer[STRIDES_PX.length];
    private final FloatBuffer[] distances = new FloatBuffer[STRIDES_PX.length];

    NanoDet(OnnxModel model, NanoDetDecoder.Wanted wanted) {
        runner = model.newRunner();
        canvas = new TileCanvas(runner.inputBytes(), SIDE_PX);
        this.wanted = wanted;
        for (int i = 0; i < STRIDES_PX.length; i++) {
            scores[i] = runner.output("scores_" + STRIDES_PX[i]);
            distances[i] = runner.output("dist_" + STRIDES_PX[i]);
        }
    }

    /** Looks at a part of the picture and adds what it finds, unsuppressed, boxes in pixels of the whole picture. */
    void look(Mat bgr, Tile part, ObjectCandidates into) {
        TileFit fit = TileFit.letterboxed(part, SIDE_PX);
        canvas.draw(bgr, part, fit);
        runner.run();
        int before = into.size();
        for (int i = 0; i < STRIDES_PX.length; i++) {
            int stride = STRIDES_PX[i];
            NanoDetDecoder.decode(scores[i], distances[i], SIDE_PX / stride, stride, fit, wanted, into);
        }
        into.clip(before, bgr.cols(), bgr.rows());
    }

    @Override
    public void close() {
        canvas.close();
        runner.close();
    }
}
