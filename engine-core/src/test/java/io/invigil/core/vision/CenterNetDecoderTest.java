package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CenterNetDecoderTest {
    private static final long SEED = 99;
    private static final int COLUMNS = 128;
    private static final int CELLS = COLUMNS * 64;

    @Test
    void shouldFindPhonesWithTheirRivalsWhenMapsHavePeaks() {
        Random random = new Random(SEED);
        float[] scores = new float[16 * CELLS];
        float[] distances = new float[4 * CELLS];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = 4 + random.nextFloat() * 60;
        }
        int at = 50 * COLUMNS + 33;
        scores[11 * CELLS + at] = 0.4f;
        scores[at] = 0.9f; // a person there is no rival
        scores[3 * CELLS + at + 2] = 0.2f; // two cells to the right
        scores[5 * CELLS + at + 3] = 0.7f; // too far
        scores[11 * CELLS] = 0.01f; // too weak
        ObjectCandidates found = new ObjectCandidates(8);

        CenterNetDecoder.phones(
                FloatBuffer.wrap(scores),
                FloatBuffer.wrap(distances),
                TileFit.letterboxed(new Tile(100, 50, 1024, 512), 512, 32),
                found);

        assertThat(found.size()).isEqualTo(1);
        assertThat(found.category(0)).isEqualTo(NanoDetClasses.CELL_PHONE);
        assertThat(found.score(0)).isEqualTo(0.4f);
        assertThat(found.rival(0)).isEqualTo(0.2f);
        assertThat((double) found.left(0)).isCloseTo(100 + (33 * 4 - distances[at]) * 2, within(1e-3));
        assertThat((double) found.top(0)).isCloseTo(50 + (50 * 4 - distances[CELLS + at]) * 2, within(1e-3));
        assertThat((double) found.right(0)).isCloseTo(100 + (33 * 4 + distances[2 * CELLS + at]) * 2, within(1e-3));
        assertThat((double) found.bottom(0)).isCloseTo(50 + (50 * 4 + distances[3 * CELLS + at]) * 2, within(1e-3));
    }
}
