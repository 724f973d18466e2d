package io.invigil.core.vision;

import java.util.Arrays;

/** Sums of the values of a grid over any rectangle, at once (a summed-area table). For one thread at a time. */
final class CellSums {
    private double[] sums = new double[0];
    private int stride;

    /** Takes a grid of this size, row after row. */
    void of(float[] values, int columns, int rows) {
        stride = columns + 1;
        if (sums.length != stride * (rows + 1)) {
            sums = new double[stride * (rows + 1)];
        }
        // The border of another grid's table of the same length is not where this one's is.
        Arrays.fill(sums, 0, stride, 0);
        for (int r = 0; r < rows; r++) {
            sums[(r + 1) * stride] = 0;
            double row = 0;
            for (int c = 0; c < columns; c++) {
                row += values[r * columns + c];
                sums[(r + 1) * stride + c + 1] = sums[r * stride + c + 1] + row;
            }
        }
    }

    /** The sum over columns and rows from the first bounds on to those before the second. */
    double over(int fromColumn, int fromRow, int toColumn, int toRow) {
        return sums[toRow * stride + toColumn]
                - sums[fromRow * stride + toColumn]
                - sums[toRow * stride + fromColumn]
                + sums[fromRow * stride + fromColumn];
    }
}
