package io.invigil.core.vision;

import io.invigil.api.SceneMotion;
import java.util.Arrays;

/** Writes down which parts of a picture changed by themselves since the frame before. For one thread at a time. */
final class ChangedCells {
    private static final int PER_CELL = QualityMeter.GRID / SceneMotion.GRID;
    /** A camera that moved by more of a small pixel changes every edge. */
    private static final double STILL_PX = 0.15;

    private final double[] sorted = new double[QualityMeter.GRID * QualityMeter.GRID];
    private final char[] digits = new char[SceneMotion.GRID * SceneMotion.GRID];

    /**
     * The cells of {@link SceneMotion#cells}.
     *
     * @param blockChange mean change of each block of {@link QualityMeter}
     * @param shiftPx how far the camera itself moved, in pixels of the small copy
     */
    String write(double[] blockChange, double shiftPx) {
        if (shiftPx > STILL_PX) {
            return "";
        }
        System.arraycopy(blockChange, 0, sorted, 0, sorted.length);
        Arrays.sort(sorted);
        double common = sorted[sorted.length / 2];
        for (int row = 0; row < SceneMotion.GRID; row++) {
            for (int column = 0; column < SceneMotion.GRID; column++) {
                double most = 0;
                for (int y = 0; y < PER_CELL; y++) {
                    for (int x = 0; x < PER_CELL; x++) {
                        most = Math.max(
                                most, blockChange[(row * PER_CELL + y) * QualityMeter.GRID + column * PER_CELL + x]);
                    }
                }
                int steps = (int) (Math.max(0, most - common) / SceneMotion.STEP);
                digits[row * SceneMotion.GRID + column] = (char) ('0' + Math.min(9, steps));
            }
        }
        return new String(digits);
    }
}
