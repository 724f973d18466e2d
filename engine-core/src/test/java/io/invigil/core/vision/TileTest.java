package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TileTest {
    private static final long SEED = 7;

    @Test
    void shouldLieInPictureWhenSquareIsAnywhere() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2000; i++) {
            int width = 1 + random.nextInt(2000);
            int height = 1 + random.nextInt(2000);

            Tile tile = Tile.squareRound(
                    random.nextInt(4000) - 1000.0,
                    random.nextInt(4000) - 1000.0,
                    random.nextDouble() * 3000,
                    width,
                    height);

            assertThat(tile.widthPx()).as("seed %d", SEED).isPositive().isEqualTo(tile.heightPx());
            assertThat(tile.leftPx()).isNotNegative();
            assertThat(tile.topPx()).isNotNegative();
            assertThat(tile.leftPx() + tile.widthPx()).isLessThanOrEqualTo(width);
            assertThat(tile.topPx() + tile.heightPx()).isLessThanOrEqualTo(height);
        }
    }

    @Test
    void shouldMapCornersBackWhenFitted() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            Tile part = new Tile(
                    random.nextInt(500), random.nextInt(500), 1 + random.nextInt(1920), 1 + random.nextInt(1080));
            for (TileFit fit : new TileFit[] {TileFit.letterboxed(part, 416, 32), TileFit.letterboxed(part, 512, 32)}) {
                assertThat((double) fit.xPx(fit.padXPx())).isCloseTo(part.leftPx(), within(1e-3));
                assertThat((double) fit.yPx(fit.padYPx() + fit.innerHeightPx()))
                        .isCloseTo(part.topPx() + part.heightPx(), within(1e-2));
                assertThat(fit.padXPx() + fit.innerWidthPx()).isLessThanOrEqualTo(512);
            }
        }
    }
}
