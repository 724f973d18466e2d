package io.invigil.core.vision;

import io.invigil.api.SceneMotion;
import io.invigil.core.sight.MotionSight;
import java.util.Arrays;

/** Writes down which parts of a picture changed by themselves since the frame before. For one thread at a time. */
final class ChangedCells {
    private static final int PER_CELL = QualityMeter.GRID / SceneMotion.GRID;
    /** A camera that moved by more of a small pixel changes every edge. */
    private static final double STILL_PX = 0.15;

    private final double[] sorted = new double[QualityMeter.GRID * QualityMeter.GRID];
    private final byte[] steps = new byte[SceneMotion.GRID * SceneMotion.GRID];

    /**
     * Fills the cells of {@link SceneMotion#cells}; leaves them unknown while the camera itself moves.
     *
     * @param blockChange mean change of each block of {@link QualityMeter}
     * @param shiftPx how far the camera itself moved, in pixels of the small copy
     */
    void write(double[] blockChange, double shiftPx, MotionSight into) {
        if (shiftPx > STILL_PX) {
            return;
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
                int changed = (int) (Math.max(0, most - common) / SceneMotion.STEP);
                steps[row * SceneMotion.GRID + column] = (byte) Math.min(9, changed);
            }
        }
        into.setCells(steps);
    }
}
