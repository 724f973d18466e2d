package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CellSumsTest {
    @Test
    void shouldGiveTheSumOfAnyRectangle() {
        int columns = 5;
        int rows = 3;
        float[] values = new float[columns * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 7 % 11) - 4.5f;
        }
        CellSums sums = new CellSums();
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
