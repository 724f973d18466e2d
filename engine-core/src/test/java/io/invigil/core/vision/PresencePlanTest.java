package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresencePlanTest {
    @ParameterizedTest
    @CsvSource({"640, 480, 6", "1280, 720, 8", "480, 848, 8", "512, 512, 4", "40, 400, 40", "1, 1, 4"})
    void shouldCoverThePictureWhenOneRoundIsOver(int widthPx, int heightPx, int looks) {
        Tile picture = Tile.whole(widthPx, heightPx);
        boolean[][] seen = new boolean[heightPx][widthPx];

        for (int look = 1; look <= looks; look++) {
            Tile part = PresencePlan.lookAround(picture, look);
            assertThat(part.leftPx()).isNotNegative();
            assertThat(part.topPx()).isNotNegative();
            assertThat(part.leftPx() + part.widthPx()).isLessThanOrEqualTo(widthPx);
            assertThat(part.topPx() + part.heightPx()).isLessThanOrEqualTo(heightPx);
            for (int y = part.topPx(); y < part.topPx() + part.heightPx(); y++) {
                for (int x = part.leftPx(); x < part.leftPx() + part.widthPx(); x++) {
                    seen[y][x] = true;
                }
            }
        }

        for (boolean[] row : seen) {
            assertThat(row).doesNotContain(false);
        }
    }

    @ParameterizedTest
    @CsvSource({"640, 480, 6", "1280, 720, 8"})
    void shouldBeginAgainWhenAllPartsWereLookedAt(int widthPx, int heightPx, int looks) {
        Tile picture = Tile.whole(widthPx, heightPx);

        assertThat(PresencePlan.lookAround(picture, looks + 3)).isEqualTo(PresencePlan.lookAround(picture, 3));
        assertThat(PresencePlan.lookAround(picture, 1)).isNotEqualTo(PresencePlan.lookAround(picture, 2));
    }
}
