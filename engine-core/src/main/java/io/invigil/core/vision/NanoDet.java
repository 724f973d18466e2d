package io.invigil.core.vision;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs NanoDet (trained at 416 pixels along the longer side) on pictures or parts of them. For one thread at a time.
 *
 * <p>The network takes any size in steps of 32 pixels: a wide picture costs less than a square one, since no bars are looked at.
 */
final class NanoDet implements AutoCloseable {
    static final int SIDE_PX = 416;

    /** For parts that are looked at without a suspicion. */
    static final int AROUND_SIDE_PX = 320;

    private static final int STEP_PX = 32;
    private static final int[] STRIDES_PX = {8, 16, 32};

    private final OnnxModel model;
    private final NanoDetDecoder.Wanted wanted;
    private final List<Input> inputs = new ArrayList<>();
    /** Where the part that was looked at last lies in its input: mostly it is the same again. */
    private TileFit lastFit;

    private Tile lastPart;
    private int lastSidePx;

    NanoDet(OnnxModel model, NanoDetDecoder.Wanted wanted) {
        this.model = model;
        this.wanted = wanted;
    }

    /**
     * Looks at a part of the picture and adds what it finds, unsuppressed, boxes in pixels of the whole picture.
     *
     * @param sidePx what the part's longer side becomes, a multiple of 32
     */
    void look(DecodedImage image, Tile part, int sidePx, ObjectCandidates into) {
        TileFit fit = fit(part, sidePx);
        Input input = inputFor(fit.inputWidthPx(), fit.inputHeightPx());
        input.canvas.draw(image, part, fit);
        input.runner.run();
        int before = into.size();
        for (int i = 0; i < STRIDES_PX.length; i++) {
            int stride = STRIDES_PX[i];
            NanoDetDecoder.decode(
                    input.scores[i],
                    input.distances[i],
                    fit.inputWidthPx() / stride,
                    fit.inputHeightPx() / stride,
                    stride,
                    fit,
                    wanted,
                    into);
        }
        into.clip(before, image.widthPx(), image.heightPx());
    }

    private TileFit fit(Tile part, int sidePx) {
        if (sidePx != lastSidePx || !part.equals(lastPart)) {
            lastFit = TileFit.letterboxed(part, sidePx, STEP_PX);
            lastPart = part;
            lastSidePx = sidePx;
        }
        return lastFit;
    }

    /** There are some dozens of shapes, and a lane sees two or three. */
    private Input inputFor(int widthPx, int heightPx) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).widthPx == widthPx && inputs.get(i).heightPx == heightPx) {
                return inputs.get(i);
            }
        }
        Input added = new Input(model, widthPx, heightPx);
        inputs.add(added);
        return added;
    }

    @Override
    public void close() {
        inputs.forEach(Input::close);
        inputs.clear();
    }

    /** Tensors of one input size. */
    private static final class Input implements AutoCloseable {
        final int widthPx;
        final int heightPx;
        final ModelRunner runner;
        final TileCanvas canvas;
        final FloatBuffer[] scores = new FloatBuffer[STRIDES_PX.length];
        final FloatBuffer[] distances = new FloatBuffer[STRIDES_PX.length];

        Input(OnnxModel model, int widthPx, int heightPx) {
            this.widthPx = widthPx;
            this.heightPx = heightPx;
            Map<String, long[]> outputs = new HashMap<>();
            for (int stride : STRIDES_PX) {
                long cells = (long) (widthPx / stride) * (heightPx / stride);
                outputs.put("scores_" + stride, new long[] {1, cells, NanoDetClasses.COUNT});
                outputs.put("dist_" + stride, new long[] {1, cells, NanoDetDecoder.SIDES * NanoDetDecoder.BINS});
            }
            runner = model.newRunner(new long[] {1, heightPx, widthPx, 3}, outputs);
            canvas = new TileCanvas(runner.inputBytes(), widthPx, heightPx);
            for (int i = 0; i < STRIDES_PX.length; i++) {
                scores[i] = runner.output("scores_" + STRIDES_PX[i]);
                distances[i] = runner.output("dist_" + STRIDES_PX[i]);
            }
        }

        @Override
        public void close() {
            canvas.close();
            runner.close();
        }
    }
}
