package io.invigil.core.vision;

import java.util.HashMap;
import java.util.Map;

/**
 * Runs NanoDet (trained at 416 pixels along the longer side) on pictures or parts of them. For one thread at a time.
 */
final class NanoDet implements AutoCloseable {
    static final int SIDE_PX = 416;

    /** For parts that are looked at without a suspicion. */
    static final int AROUND_SIDE_PX = 320;

    private static final int[] STRIDES_PX = {8, 16, 32};
    private static final String[] SCORES = {"scores_8", "scores_16", "scores_32"};
    private static final String[] DISTANCES = {"dist_8", "dist_16", "dist_32"};

    private final TileRuns runs;
    private final NanoDetDecoder.Wanted wanted;

    NanoDet(OnnxModel model, NanoDetDecoder.Wanted wanted) {
        runs = new TileRuns(model, NanoDet::outputs);
        this.wanted = wanted;
    }

    private static Map<String, long[]> outputs(int widthPx, int heightPx) {
        Map<String, long[]> shapes = new HashMap<>();
        for (int i = 0; i < STRIDES_PX.length; i++) {
            long cells = (long) (widthPx / STRIDES_PX[i]) * (heightPx / STRIDES_PX[i]);
            shapes.put(SCORES[i], new long[] {1, cells, NanoDetClasses.COUNT});
            shapes.put(DISTANCES[i], new long[] {1, cells, NanoDetDecoder.SIDES * NanoDetDecoder.BINS});
        }
        return shapes;
    }

    /**
     * Looks at a part of the picture and adds what it finds, unsuppressed, boxes in pixels of the whole picture.
     *
     * @param sidePx what the part's longer side becomes, a multiple of {@value TileRuns#STEP_PX}
     */
    void look(DecodedImage image, Tile part, int sidePx, ObjectCandidates into) {
        TileFit fit = runs.look(image, part, sidePx);
        int before = into.size();
        for (int i = 0; i < STRIDES_PX.length; i++) {
            int stride = STRIDES_PX[i];
            NanoDetDecoder.decode(
                    runs.output(SCORES[i]),
                    runs.output(DISTANCES[i]),
                    fit.inputWidthPx() / stride,
                    fit.inputHeightPx() / stride,
                    stride,
                    fit,
                    wanted,
                    into);
        }
        into.clip(before, image.widthPx(), image.heightPx());
    }

    @Override
    public void close() {
        runs.close();
    }
}
