package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FlatShareTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 90;

    /** Strong texture up to a column, sensor noise of one level beyond. */
    private static byte[] texturedUpTo(int column) {
        Random random = new Random(3);
        byte[] grey = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (120 + (i % WIDTH < column ? 30 : 1) * random.nextGaussian());
        }
        return grey;
    }

    @Test
    void shouldMeasureHowMuchOfAPictureShowsNothing() {
        assertThat(FlatShare.of(texturedUpTo(WIDTH), WIDTH, HEIGHT)).isZero();
        assertThat(FlatShare.of(texturedUpTo(0), WIDTH, HEIGHT)).isEqualTo(1);
        assertThat(FlatShare.of(texturedUpTo(40), WIDTH, HEIGHT)).isCloseTo(0.75, within(0.01));
    }

    @Test
    void shouldNotFailOnPicturesSmallerThanItsGrid() {
        assertThat(FlatShare.of(new byte[] {1, 2, 3, 4, 5, 6}, 3, 2)).isBetween(0.0, 1.0);
    }
}
