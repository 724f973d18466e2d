package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CellSumsTest {
    private final CellSums sums = new CellSums();

    @Test
    void shouldGiveTheSumOfAnyRectangle() {
        check(5, 3);
    }

    @Test
    void shouldForgetAGridOfAnotherShapeWhenTheTablesAreEquallyLong() {
        check(8, 11);
        check(11, 8);
        check(8, 11);
    }

    private void check(int columns, int rows) {
        float[] values = new float[columns * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 7 % 11) - 4.5f;
        }
        sums.of(values, columns, rows);
        for (int top = 0; top < rows; top++) {
            for (int bottom = top; bottom <= rows; bottom++) {
                for (int left = 0; left < columns; left++) {
                    for (int right = left; right <= columns; right++) {
                        double expected = 0;
                        for (int r = top; r < bottom; r++) {
                            for (int c = left; c < right; c++) {
                                expected += values[r * columns + c];
                            }
                        }
                        assertThat(sums.over(left, top, right, bottom)).isEqualTo(expected, within(1e-9));
                    }
                }
            }
        }
    }
}
