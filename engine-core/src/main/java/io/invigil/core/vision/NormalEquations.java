package io.invigil.core.vision;

import java.util.Arrays;

/**
 * Weighted least squares for six unknowns: rows are added one by one, then the normal equations are solved by Cholesky.
 * Reused; for one thread at a time.
 */
final class NormalEquations {
    static final int UNKNOWNS = 6;

    private final double[] matrix = new double[UNKNOWNS * UNKNOWNS];
    private final double[] right = new double[UNKNOWNS];
    private final double[] lower = new double[UNKNOWNS * UNKNOWNS];

    void clear() {
        Arrays.fill(matrix, 0);
        Arrays.fill(right, 0);
    }

    /** Adds the equation row . x = value with this weight. */
    void add(double[] row, double value, double weight) {
        for (int i = 0; i < UNKNOWNS; i++) {
            double scaled = weight * row[i];
            for (int j = 0; j <= i; j++) {
                matrix[UNKNOWNS * i + j] += scaled * row[j];
            }
            right[i] += scaled * value;
        }
    }

    /**
     * Solves with the diagonal raised by this share of itself.
     *
     * @return false when the matrix is not positive definite
     */
    boolean solve(double damping, double[] out) {
        for (int i = 0; i < UNKNOWNS; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[UNKNOWNS * i + j];
                if (i == j) {
                    sum *= 1 + damping;
                }
                for (int k = 0; k < j; k++) {
                    sum -= lower[UNKNOWNS * i + k] * lower[UNKNOWNS * j + k];
                }
                if (i != j) {
                    lower[UNKNOWNS * i + j] = sum / lower[UNKNOWNS * j + j];
                } else if (sum > 0) {
                    lower[UNKNOWNS * i + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        for (int i = 0; i < UNKNOWNS; i++) {
            double sum = right[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[UNKNOWNS * i + k] * out[k];
            }
            out[i] = sum / lower[UNKNOWNS * i + i];
        }
        for (int i = UNKNOWNS - 1; i >= 0; i--) {
            double sum = out[i];
            for (int k = i + 1; k < UNKNOWNS; k++) {
                sum -= lower[UNKNOWNS * k + i] * out[k];
            }
            out[i] = sum / lower[UNKNOWNS * i + i];
        }
        return true;
    }
}
