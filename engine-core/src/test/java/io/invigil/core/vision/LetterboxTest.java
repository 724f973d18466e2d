package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class LetterboxTest {
    private final Letterbox square = new Letterbox();

    @Test
    void shouldMapTheSquareOntoTheInput() {
        square.set(320, 240, 640, 0, 192);
        assertThat(square.toPictureX(0, 0)).isEqualTo(0);
        assertThat(square.toPictureY(0, 0)).isEqualTo(-80);
        assertThat(square.toPictureX(192, 96)).isEqualTo(640);
        assertThat(square.scale()).isCloseTo(640.0 / 192, within(1e-12));
    }

    @Test
    void shouldPointItsXAxisAlongTheAngle() {
        square.set(100, 100, 192, Math.PI / 2, 192);
        assertThat(square.toPictureX(106, 96)).isCloseTo(100, within(1e-9));
        assertThat(square.toPictureY(106, 96)).isCloseTo(110, within(1e-9));
    }

    @Test
    void shouldReturnToTheSamePointWhenMappedThereAndBack() {
        long seed = 3;
        Random random = new Random(seed);
        double[] matrix = new double[6];
        for (int i = 0; i < 2000; i++) {
            square.set(
                    2000 * random.nextDouble() - 500,
                    2000 * random.nextDouble() - 500,
                    1 + 3000 * random.nextDouble(),
                    20 * random.nextDouble() - 10,
                    random.nextBoolean() ? 192 : 128);
            double x = 192 * random.nextDouble();
            double y = 192 * random.nextDouble();
            double px = square.toPictureX(x, y);
            double py = square.toPictureY(x, y);
            assertThat(square.toInputX(px, py)).as("seed %d, case %d", seed, i).isCloseTo(x, within(1e-6));
            assertThat(square.toInputY(px, py)).as("seed %d, case %d", seed, i).isCloseTo(y, within(1e-6));
            int level = random.nextInt(4);
            square.inverseAffine(level, matrix);
            double pixelX = matrix[0] * x + matrix[1] * y + matrix[2];
            double pixelY = matrix[3] * x + matrix[4] * y + matrix[5];
            assertThat((pixelX + 0.5) * (1 << level) - 0.5)
                    .as("seed %d, case %d", seed, i)
                    .isCloseTo(px, within(1e-6));
            assertThat((pixelY + 0.5) * (1 << level) - 0.5)
                    .as("seed %d, case %d", seed, i)
                    .isCloseTo(py, within(1e-6));
        }
    }
}
