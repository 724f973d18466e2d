package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SearchTilesTest {
    private final SearchTiles tiles = new SearchTiles();

    @ParameterizedTest
    @CsvSource({"640,480", "1280,720", "480,848", "1920,1080", "333,777", "400,400"})
    void shouldHoldEveryFaceWholeInSomeCoarseTile(int width, int height) {
        tiles.cover(width, height);
        double face = 0.125 * Math.max(width, height) - 1e-6;
        for (double x = face / 2; x <= width - face / 2; x += 7) {
            for (double y = face / 2; y <= height - face / 2; y += 7) {
                assertThat(held(x, y, face)).as("face at %.0f, %.0f", x, y).isTrue();
            }
        }
    }

    private boolean held(double x, double y, double face) {
        for (int i = 0; i < tiles.coarseCount(); i++) {
            tiles.select(i);
            double reach = (tiles.sidePx() - face) / 2 + 1e-6;
            if (Math.abs(x - tiles.centerXPx()) <= reach && Math.abs(y - tiles.centerYPx()) <= reach) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shouldBeFewEnoughToSearchInAFewFrames() {
        tiles.cover(1280, 720);
        assertThat(tiles.coarseCount()).isLessThanOrEqualTo(8);
        assertThat(tiles.count()).isLessThanOrEqualTo(32);
    }
}
