package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThingScoreTest {
    private static double score(double score, double rival) {
        return score(NanoDetClasses.BOOK, score, rival, 10);
    }

    private static double score(int category, double score, double rival, float heightPx) {
        ObjectCandidates one = new ObjectCandidates(1);
        one.add(category, (float) score, (float) rival, 0, 0, 10, heightPx);
        return ThingScore.of(one, 0);
    }

    @Test
    void shouldCountWhenNothingElseFits() {
        assertThat(score(0.4, 0.05)).isGreaterThan(0.6);
    }

    @Test
    void shouldNotCountWhenAnotherClassFitsAsWell() {
        assertThat(score(0.4, 0.4)).isLessThan(0.4);
    }

    @Test
    void shouldGrowWithTheDetectorsScore() {
        assertThat(score(0.3, 0.1)).isLessThan(score(0.5, 0.1)).isBetween(0.0, 0.5);
    }

    @Test
    void shouldNotCountASpineOnAShelfWhenABookOfThatScoreWould() {
        assertThat(score(NanoDetClasses.BOOK, 0.4, 0.05, 14)).isGreaterThan(0.6);
        assertThat(score(NanoDetClasses.BOOK, 0.4, 0.05, 40)).isLessThan(0.4);
        assertThat(score(NanoDetClasses.LAPTOP, 0.4, 0.05, 40)).isGreaterThan(0.6);
    }
}
