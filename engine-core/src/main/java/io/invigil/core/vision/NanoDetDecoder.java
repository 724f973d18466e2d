package io.invigil.core.vision;

import java.nio.FloatBuffer;

/**
 * Reads NanoDet's outputs: for each cell of a grid 80 class scores in 0..1, and for each side of the box a distribution over
 * 0 to 10 strides, whose expectation is the distance from the cell's centre (the "generalised focal loss" box of Li et al.,
 * 2020). Distributions are looked at only where a score passes. Stateless.
 */
final class NanoDetDecoder {
    /** Bins of one side's distribution. */
    static final int BINS = 11;

    /** Sides of a box. */
    static final int SIDES = 4;

    private NanoDetDecoder() {}

    /** Classes to look for, each with the lowest score that counts. */
    record Wanted(int[] categories, float[] minScores) {}

    /**
     * Adds what one grid shows.
     *
     * @param scores cells x 80, row after row of the grid
     * @param distances cells x 4 x 11 logits: left, top, right, bottom
     * @param columns cells in a row
     * @param rows cells in a column
     * @param stridePx width of a cell in the model's input
     * @param view where the input lies in the picture
     * @param into gets boxes in pixels of the picture
     */
    static void decode(
            FloatBuffer scores,
            FloatBuffer distances,
            int columns,
            int rows,
            int stridePx,
            TileFit view,
            Wanted wanted,
            ObjectCandidates into) {
        int cells = columns * rows;
        for (int cell = 0; cell < cells; cell++) {
            int base = cell * NanoDetClasses.COUNT;
            for (int k = 0; k < wanted.categories().length; k++) {
                int category = wanted.categories()[k];
                float score = scores.get(base + category);
                if (score >= wanted.minScores()[k] && into.accepts(score)) {
                    double centerX = (cell % columns + 0.5) * stridePx;
                    double centerY = (cell / columns + 0.5) * stridePx;
                    into.add(
                            category,
                            score,
                            rival(scores, base, category),
                            view.xPx(centerX - stridePx * expectation(distances, cell, 0)),
                            view.yPx(centerY - stridePx * expectation(distances, cell, 1)),
                            view.xPx(centerX + stridePx * expectation(distances, cell, 2)),
                            view.yPx(centerY + stridePx * expectation(distances, cell, 3)));
                }
            }
        }
    }

    private static float rival(FloatBuffer scores, int base, int category) {
        float best = 0;
        for (int other = 1; other < NanoDetClasses.COUNT; other++) {
            if (other != category) {
                best = Math.max(best, scores.get(base + other));
            }
        }
        return best;
    }

    private static double expectation(FloatBuffer distances, int cell, int side) {
        int base = (cell * SIDES + side) * BINS;
        float highest = distances.get(base);
        for (int bin = 1; bin < BINS; bin++) {
            highest = Math.max(highest, distances.get(base + bin));
        }
        double weights = 0;
        double moment = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double weight = StrictMath.exp(distances.get(base + bin) - highest);
            weights += weight;
            moment += weight * bin;
        }
        return moment / weights;
    }
}
