package io.invigil.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.report.card.HourlyRate;
import io.invigil.report.card.Proportion;
import io.invigil.report.card.Spread;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void shouldSayThatNothingWasMeasured() {
        assertThat(Figures.of(Proportion.NONE)).isEqualTo("not measured");
        assertThat(Figures.of(HourlyRate.NONE)).isEqualTo("not measured");
        assertThat(Figures.of(Spread.NONE)).isEqualTo("not measured");
    }

    @Test
    void shouldShowCountsWithTheirRanges() {
        assertThat(Figures.of(new Proportion(20, 25))).isEqualTo("20 of 25 (80 %, 61 to 91 %)");
        assertThat(Figures.of(new HourlyRate(3, 0.5))).isEqualTo("3 in 30 min 00 s (6.0 an hour, 1.2 to 18)");
        assertThat(Figures.of(new Spread(2, -0.25, 1.5))).isEqualTo("median -0.25 s, at most 1.50 s");
    }

    @Test
    void shouldNeverRoundToAllOrNothing() {
        assertThat(Figures.of(new Proportion(99_999, 100_000))).startsWith("99999 of 100000 (99.9 %, 99.9 to ");
        assertThat(Figures.of(new Proportion(1, 100_000))).startsWith("1 of 100000 (0.1 %, ");
        assertThat(Figures.of(new Proportion(5, 5))).isEqualTo("5 of 5 (100 %, 57 to 100 %)");
    }
}
