package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectCandidatesTest {
    private static final long SEED = 42;

    @Test
    void shouldKeepBestAndNoOverlapWhenSuppressed() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            ObjectCandidates candidates = new ObjectCandidates(64);
            float best = 0;
            int count = 1 + random.nextInt(60);
            for (int i = 0; i < count; i++) {
                float score = random.nextFloat();
                float x = random.nextInt(200);
                float y = random.nextInt(200);
                best = Math.max(best, score);
                candidates.add(
                        random.nextInt(3), score, 0, x, y, x + 1 + random.nextInt(150), y + 1 + random.nextInt(150));
            }

            candidates.suppress(0.5, 0.8);

            assertThat(candidates.score(0)).as("seed %d round %d", SEED, round).isEqualTo(best);
            for (int a = 0; a < candidates.size(); a++) {
                for (int b = a + 1; b < candidates.size(); b++) {
                    assertThat(candidates.score(a)).isGreaterThanOrEqualTo(candidates.score(b));
                    if (candidates.category(a) == candidates.category(b)) {
                        assertThat(candidates.iou(a, b)).isLessThanOrEqualTo(0.5);
                    }
                }
            }
            int size = candidates.size();
            candidates.suppress(0.5, 0.8);
            assertThat(candidates.size()).isEqualTo(size);
        }
    }

    @Test
    void shouldCountOneBodyOnceWhenTorsoLiesInWhole() {
        ObjectCandidates candidates = new ObjectCandidates(8);
        candidates.add(NanoDetClasses.PERSON, 0.8f, 0, 100, 100, 400, 480);
        candidates.add(NanoDetClasses.PERSON, 0.5f, 0, 150, 300, 350, 480);
        candidates.add(NanoDetClasses.PERSON, 0.4f, 0, 10, 80, 630, 480);

        candidates.suppress(0.5, 0.8);

        assertThat(candidates.size()).isEqualTo(1);
        assertThat(candidates.score(0)).isEqualTo(0.8f);
    }

    @Test
    void shouldCountTwoBodiesWhenTheyOverlapInPart() {
        ObjectCandidates candidates = new ObjectCandidates(8);
        candidates.add(NanoDetClasses.PERSON, 0.7f, 0, 100, 120, 460, 480);
        candidates.add(NanoDetClasses.PERSON, 0.6f, 0, 400, 150, 640, 480);

        candidates.suppress(0.5, 0.8);

        assertThat(candidates.size()).isEqualTo(2);
    }

    @Test
    void shouldKeepNestedThingsWhenTheyAreNoPersons() {
        ObjectCandidates candidates = new ObjectCandidates(8);
        candidates.add(NanoDetClasses.BOOK, 0.7f, 0, 0, 0, 100, 100);
        candidates.add(NanoDetClasses.BOOK, 0.6f, 0, 10, 10, 30, 30);

        candidates.suppress(0.5, 0.8);

        assertThat(candidates.size()).isEqualTo(2);
    }

    @Test
    void shouldDropWeakestWhenFull() {
        ObjectCandidates candidates = new ObjectCandidates(3);
        for (float score : new float[] {0.5f, 0.1f, 0.3f, 0.4f, 0.05f, 0.6f}) {
            candidates.add(NanoDetClasses.BOOK, score, 0, score * 1000, 0, score * 1000 + 1, 1);
        }

        candidates.suppress(0.5, 0.8);

        assertThat(candidates.size()).isEqualTo(3);
        assertThat(candidates.score(0)).isEqualTo(0.6f);
        assertThat(candidates.score(1)).isEqualTo(0.5f);
        assertThat(candidates.score(2)).isEqualTo(0.4f);
        assertThat(candidates.left(2)).isEqualTo(400f);
    }
}
