package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NanoDetDecoderTest {
    private static final long SEED = 20261124;
    private static final int COLUMNS = 13;
    private static final int ROWS = 9;
    private static final int STRIDE_PX = 32;
    private static final int CELLS = COLUMNS * ROWS;

    @Test
    void shouldEqualReferenceWhenTensorsAreRandom() {
        Random random = new Random(SEED);
        float[] scores = new float[CELLS * NanoDetClasses.COUNT];
        float[] distances = new float[CELLS * 44];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextFloat() * random.nextFloat() * random.nextFloat();
        }
        for (int i = 0; i < distances.length; i++) {
            distances[i] = (float) random.nextGaussian() * 4;
        }
        Tile part = new Tile(40, 30, 300, 200);
        TileFit fit = TileFit.letterboxed(part, 416, STRIDE_PX);
        NanoDetDecoder.Wanted wanted = new NanoDetDecoder.Wanted(
                new int[] {NanoDetClasses.PERSON, NanoDetClasses.CELL_PHONE}, new float[] {0.6f, 0.3f});
        ObjectCandidates found = new ObjectCandidates(512);

        NanoDetDecoder.decode(
                FloatBuffer.wrap(scores), FloatBuffer.wrap(distances), COLUMNS, ROWS, STRIDE_PX, fit, wanted, found);

        int expected = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            for (int category : new int[] {NanoDetClasses.PERSON, NanoDetClasses.CELL_PHONE}) {
                float score = scores[cell * 80 + category];
                if (score < (category == NanoDetClasses.PERSON ? 0.6f : 0.3f)) {
                    continue;
                }
                // 300 x 200 goes to 416 x 277, in 9 rows of 32 px, with a bar of 5 above.
                double[] side = new double[4];
                for (int k = 0; k < 4; k++) {
                    side[k] = 32 * mean(distances, cell * 44 + k * 11);
                }
                double x = cell % 13 * 32 + 16;
                double y = cell / 13 * 32 + 16;
                assertThat(found.category(expected)).as("seed %d", SEED).isEqualTo(category);
                assertThat(found.score(expected)).isEqualTo(score);
                assertThat((double) found.left(expected)).isCloseTo(40 + (x - side[0]) * 300 / 416, within(1e-3));
                assertThat((double) found.top(expected)).isCloseTo(30 + (y - side[1] - 5) * 200 / 277, within(1e-3));
                assertThat((double) found.right(expected)).isCloseTo(40 + (x + side[2]) * 300 / 416, within(1e-3));
                assertThat((double) found.bottom(expected)).isCloseTo(30 + (y + side[3] - 5) * 200 / 277, within(1e-3));
                assertThat(found.rival(expected)).isEqualTo(rival(scores, cell, category));
                expected++;
            }
        }
        assertThat(expected).isGreaterThan(20);
        assertThat(found.size()).isEqualTo(expected);
    }

    private static double mean(float[] logits, int from) {
        double sum = 0;
        double moment = 0;
        for (int bin = 0; bin < 11; bin++) {
            sum += Math.exp(logits[from + bin]);
            moment += bin * Math.exp(logits[from + bin]);
        }
        return moment / sum;
    }

    private static float rival(float[] scores, int cell, int category) {
        float best = 0;
        for (int other = 1; other < 80; other++) {
            best = other == category ? best : Math.max(best, scores[cell * 80 + other]);
        }
        return best;
    }

    @Test
    void shouldStayFiniteWhenLogitsAreHuge() {
        float[] scores = new float[CELLS * 80];
        float[] distances = new float[CELLS * 44];
        scores[0] = 1;
        java.util.Arrays.fill(distances, 0, 44, 1000);
        distances[3] = 2000;
        ObjectCandidates found = new ObjectCandidates(4);

        NanoDetDecoder.decode(
                FloatBuffer.wrap(scores),
                FloatBuffer.wrap(distances),
                COLUMNS,
                ROWS,
                STRIDE_PX,
                TileFit.letterboxed(Tile.whole(416, 416), 416, 32),
                new NanoDetDecoder.Wanted(new int[] {0}, new float[] {0.5f}),
                found);

        assertThat(found.size()).isEqualTo(1);
        assertThat(found.left(0)).isEqualTo(16 - 3 * 32f);
        assertThat(found.right(0)).isEqualTo(16 + 5 * 32f);
    }
}
