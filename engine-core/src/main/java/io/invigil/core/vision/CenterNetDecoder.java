package io.invigil.core.vision;

import java.nio.FloatBuffer;

/**
 * Reads CenterNet's outputs, in cells of four pixels of its input: for each of 16 classes a map that is 0 except at peaks, where it holds
 * the score, and four maps with the distances from a cell to the left, top, right and bottom side of the box in input pixels. Stateless.
 */
final class CenterNetDecoder {
    static final int STRIDE_PX = 4;
    static final int CLASSES = 16;
    static final int SIDES = 4;
    static final int PERSON_MAP = 0;
    static final int PHONE_MAP = 11;

    private static final float MIN_SCORE = 0.03f;

    /** How far from a peak another class's peak still means the same thing, in cells. */
    private static final int RIVAL_REACH = 2;

    private CenterNetDecoder() {}

    /** Adds all phones, boxes in pixels of the picture. */
    static void phones(FloatBuffer scores, FloatBuffer distances, TileFit fit, ObjectCandidates into) {
        int columns = fit.inputWidthPx() / STRIDE_PX;
        int rows = fit.inputHeightPx() / STRIDE_PX;
        int cells = columns * rows;
        for (int cell = 0; cell < cells; cell++) {
            float score = scores.get(PHONE_MAP * cells + cell);
            if (score >= MIN_SCORE) {
                int x = cell % columns;
                int y = cell / columns;
                into.add(
                        NanoDetClasses.CELL_PHONE,
                        score,
                        rival(scores, x, y, columns, rows),
                        fit.xPx(x * STRIDE_PX - distances.get(cell)),
                        fit.yPx(y * STRIDE_PX - distances.get(cells + cell)),
                        fit.xPx(x * STRIDE_PX + distances.get(2 * cells + cell)),
                        fit.yPx(y * STRIDE_PX + distances.get(3 * cells + cell)));
            }
        }
    }

    private static float rival(FloatBuffer scores, int x, int y, int columns, int rows) {
        float best = 0;
        for (int map = PERSON_MAP + 1; map < CLASSES; map++) {
            if (map == PHONE_MAP) {
                continue;
            }
            for (int j = Math.max(0, y - RIVAL_REACH); j <= Math.min(rows - 1, y + RIVAL_REACH); j++) {
                for (int i = Math.max(0, x - RIVAL_REACH); i <= Math.min(columns - 1, x + RIVAL_REACH); i++) {
                    best = Math.max(best, scores.get((map * rows + j) * columns + i));
                }
            }
        }
        return best;
    }
}
