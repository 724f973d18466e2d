package io.invigil.core.vision;

import java.util.Map;

/**
 * Runs CenterNet (trained at 512 pixels square) on pictures or parts of them to find phones: a second network that errs on other things
 * than NanoDet does. For one thread at a time.
 */
final class CenterNet implements AutoCloseable {
    /** For the whole picture, the first question of several: a third of the time of its training's 512 (see the model's card). */
    static final int WHOLE_SIDE_PX = 384;

    /** For a part, as in its training: a phone from close by is told worse at less. */
    static final int CLOSE_SIDE_PX = 512;

    private static final String SCORES = "scores";
    private static final String DISTANCES = "boxes";

    private final TileRuns runs;

    CenterNet(OnnxModel model) {
        runs = new TileRuns(model, CenterNet::outputs);
    }

    private static Map<String, long[]> outputs(int widthPx, int heightPx) {
        long rows = heightPx / CenterNetDecoder.STRIDE_PX;
        long columns = widthPx / CenterNetDecoder.STRIDE_PX;
        return Map.of(
                SCORES, new long[] {1, CenterNetDecoder.CLASSES, rows, columns},
                DISTANCES, new long[] {1, CenterNetDecoder.SIDES, rows, columns});
    }

    /**
     * Looks at a part of the picture and adds the phones it finds, boxes in pixels of the whole picture.
     *
     * @param sidePx what the part's longer side becomes, a multiple of {@value TileRuns#STEP_PX}
     */
    void look(DecodedImage image, Tile part, int sidePx, ObjectCandidates into) {
        TileFit fit = runs.look(image, part, sidePx);
        int before = into.size();
        CenterNetDecoder.phones(runs.output(SCORES), runs.output(DISTANCES), fit, into);
        into.clip(before, image.widthPx(), image.heightPx());
    }

    @Override
    public void close() {
        runs.close();
    }
}
