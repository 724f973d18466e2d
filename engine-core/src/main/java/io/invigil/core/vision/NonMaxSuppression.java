package io.invigil.core.vision;

import java.util.Arrays;

/**
 * Weighted non-maximum suppression: boxes that overlap the best one are merged into it, each weighted by its score, which
 * steadies boxes from frame to frame (Bazarevsky et al., BlazeFace, 2019, section 3.4). Deterministic: equal scores keep the
 * order of the input. For one thread at a time.
 */
final class NonMaxSuppression {
    private final float minIou;
    private final float[] sums = new float[Detections.ROW];
    private boolean[] used = new boolean[64];

    /** Boxes whose intersection over union exceeds this are the same face. */
    NonMaxSuppression(double minIou) {
        this.minIou = (float) minIou;
    }

    /** Adds the merged detections to the result, best score first. */
    void merge(Detections raw, Detections result) {
        int count = raw.count();
        if (used.length < count) {
            used = new boolean[2 * count];
        }
        Arrays.fill(used, 0, count, false);
        for (int best = bestUnused(raw); best >= 0; best = bestUnused(raw)) {
            Arrays.fill(sums, 0);
            float weight = 0;
            for (int i = 0; i < count; i++) {
                if (used[i] || i != best && raw.iou(i, raw, best) <= minIou) {
                    continue;
                }
                used[i] = true;
                float score = raw.get(i, Detections.SCORE);
                weight += score;
                for (int column = 1; column < Detections.ROW; column++) {
                    sums[column] += score * raw.get(i, column);
                }
            }
            int row = result.add();
            result.set(row, Detections.SCORE, raw.get(best, Detections.SCORE));
            for (int column = 1; column < Detections.ROW; column++) {
                result.set(row, column, sums[column] / weight);
            }
        }
    }

    private int bestUnused(Detections raw) {
        int best = -1;
        for (int i = 0; i < raw.count(); i++) {
            if (!used[i] && (best < 0 || raw.get(i, Detections.SCORE) > raw.get(best, Detections.SCORE))) {
                best = i;
            }
        }
        return best;
    }
}
