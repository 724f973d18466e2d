package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class NonMaxSuppressionTest {
    private static final double MAX_IOU = 0.3;

    private final NonMaxSuppression suppression = new NonMaxSuppression(MAX_IOU);
    private final Detections raw = new Detections();
    private final Detections merged = new Detections();

    private void box(double score, double x, double y, double size) {
        int row = raw.add();
        raw.set(row, Detections.SCORE, score);
        raw.set(row, Detections.CENTER_X, x);
        raw.set(row, Detections.CENTER_Y, y);
        raw.set(row, Detections.WIDTH, size);
        raw.set(row, Detections.HEIGHT, size);
        raw.set(row, Detections.KEYPOINT_0, x - size / 4);
    }

    @Test
    void shouldWeighByScoreWhenBoxesOverlap() {
        box(0.9, 100, 100, 40);
        box(0.3, 104, 100, 40);
        suppression.merge(raw, merged);
        assertThat(merged.count()).isEqualTo(1);
        assertThat(merged.get(0, Detections.SCORE)).isEqualTo(0.9f);
        assertThat(merged.get(0, Detections.CENTER_X)).isCloseTo(101, within(1e-3f));
        assertThat(merged.get(0, Detections.KEYPOINT_0)).isCloseTo(91, within(1e-3f));
    }

    @Test
    void shouldKeepBothWhenBoxesAreApart() {
        box(0.5, 100, 100, 40);
        box(0.8, 200, 100, 40);
        suppression.merge(raw, merged);
        assertThat(merged.count()).isEqualTo(2);
        assertThat(merged.get(0, Detections.CENTER_X)).isEqualTo(200f);
    }

    @Test
    void shouldReturnNothingWhenNothingIsGiven() {
        suppression.merge(raw, merged);
        assertThat(merged.count()).isZero();
    }

    @Test
    void shouldOrderByScoreStayInsideTheInputAndExplainEveryBoxWhenRandom() {
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            raw.clear();
            merged.clear();
            int count = random.nextInt(120);
            for (int i = 0; i < count; i++) {
                box(
                        0.2 + 0.8 * random.nextDouble(),
                        300 * random.nextDouble(),
                        200 * random.nextDouble(),
                        5 + 60 * random.nextDouble());
            }
            suppression.merge(raw, merged);
            String about = "seed " + seed + ", round " + round;
            assertThat(merged.count()).as(about).isLessThanOrEqualTo(count);
            assertThat(merged.count() == 0).as(about).isEqualTo(count == 0);
            for (int i = 1; i < merged.count(); i++) {
                assertThat(merged.get(i, Detections.SCORE))
                        .as(about)
                        .isLessThanOrEqualTo(merged.get(i - 1, Detections.SCORE));
            }
            for (int i = 0; i < merged.count(); i++) {
                assertThat(merged.left(i)).as(about).isGreaterThanOrEqualTo(-33);
                assertThat(merged.get(i, Detections.WIDTH)).as(about).isBetween(4.99f, 65.01f);
            }
        }
    }
}
