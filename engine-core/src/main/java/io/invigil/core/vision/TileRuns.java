package io.invigil.core.vision;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a model that takes pictures of any size, in whole steps of pixels, on pictures or parts of them: a wide picture costs less
 * than a square one, since no bars are looked at. Tensors are kept for each size. For one thread at a time.
 */
final class TileRuns implements AutoCloseable {
    /** Both detectors halve what they see five times. */
    static final int STEP_PX = 32;

    private final OnnxModel model;
    private final Outputs outputs;
    private final List<Input> inputs = new ArrayList<>();
    /** Where the part that was looked at last lies in its input: mostly it is the same again. */
    private TileFit lastFit;

    private Tile lastPart;
    private int lastSidePx;
    private Input lastInput;

    /** The shapes of a model's outputs, by name. */
    interface Outputs {
        Map<String, long[]> shapes(int inputWidthPx, int inputHeightPx);
    }

    TileRuns(OnnxModel model, Outputs outputs) {
        this.model = model;
        this.outputs = outputs;
    }

    /**
     * Looks at a part of the picture; what comes out is in {@link #output(String)} until the next look.
     *
     * @param sidePx what the part's longer side becomes, a multiple of {@value #STEP_PX}
     * @return where the part lay in the input
     */
    TileFit look(DecodedImage image, Tile part, int sidePx) {
        if (sidePx != lastSidePx || !part.equals(lastPart)) {
            TileFit fit = TileFit.letterboxed(part, sidePx, STEP_PX);
            lastInput = inputFor(fit.inputWidthPx(), fit.inputHeightPx());
            lastFit = fit;
            lastPart = part;
            lastSidePx = sidePx;
        }
        lastInput.canvas.draw(image, part, lastFit);
        lastInput.runner.run();
        return lastFit;
    }

    /** An output of the last look. */
    FloatBuffer output(String name) {
        return lastInput.runner.output(name);
    }

    /** There are some dozens of sizes, and a lane sees two or three. */
    private Input inputFor(int widthPx, int heightPx) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).widthPx == widthPx && inputs.get(i).heightPx == heightPx) {
                return inputs.get(i);
            }
        }
        Input added = new Input(model, outputs, widthPx, heightPx);
        inputs.add(added);
        return added;
    }

    @Override
    public void close() {
        inputs.forEach(Input::close);
        inputs.clear();
    }

    /** Tensors of one size. */
    private static final class Input implements AutoCloseable {
        final int widthPx;
        final int heightPx;
        final ModelRunner runner;
        final TileCanvas canvas;

        Input(OnnxModel model, Outputs outputs, int widthPx, int heightPx) {
            this.widthPx = widthPx;
            this.heightPx = heightPx;
            runner = model.newRunner(new long[] {1, heightPx, widthPx, 3}, outputs.shapes(widthPx, heightPx));
            canvas = new TileCanvas(runner.inputBytes(), widthPx, heightPx);
        }

        @Override
        public void close() {
            canvas.close();
            runner.close();
        }
    }
}
