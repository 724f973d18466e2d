package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RoundingTest {
    @Test
    void shouldReadBackFromTextUnchangedAndBeStableWhenRounded() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Rounding.thousandths((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(7)));
            assertThat(Double.parseDouble(Double.toString(value)))
                    .as("seed %d, case %d", seed, i)
                    .isEqualTo(value);
            assertThat(Rounding.thousandths(value))
                    .as("seed %d, case %d", seed, i)
                    .isEqualTo(value);
        }
    }

    @Test
    void shouldGiveZeroWhenValueIsNoNumberOrNegativeZero() {
        assertThat(Rounding.tenths(Double.NaN)).isEqualTo(0.0);
        assertThat(Rounding.tenths(Double.POSITIVE_INFINITY)).isEqualTo(0.0);
        assertThat(Double.doubleToRawLongBits(Rounding.hundredths(-0.0001))).isZero();
    }
}
