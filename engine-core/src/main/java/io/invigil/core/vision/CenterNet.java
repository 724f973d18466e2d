package io.invigil.core.vision;

import java.nio.FloatBuffer;

/**
 * Runs CenterNet (512 pixels square, the picture stretched to it as in its training) to find phones: a second network that
 * errs on other things than NanoDet does. For one thread at a time.
 */
final class CenterNet implements AutoCloseable {
    static final int SIDE_PX = 512;

    private final ModelRunner runner;
    private final TileCanvas canvas;
    private final FloatBuffer scores;
    private final FloatBuffer distances;

    CenterNet(OnnxModel model) {
        runner = model.newRunner();
        canvas = new TileCanvas(runner.inputBytes(), SIDE_PX, SIDE_PX);
        scores = runner.output("scores");
        distances = runner.output("boxes");
    }

    /** Looks at a part of the picture and adds the phones it finds, boxes in pixels of the whole picture. */
    void look(DecodedImage image, Tile part, ObjectCandidates into) {
        TileFit fit = TileFit.stretched(part, SIDE_PX);
        canvas.draw(image, part, fit);
        runner.run();
        int before = into.size();
        CenterNetDecoder.phones(scores, distances, fit, into);
        into.clip(before, image.widthPx(), image.heightPx());
    }

    @Override
    public void close() {
        canvas.close();
        runner.close();
    }
}
