package io.invigil.report.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {
    /** R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Stat. Med. 17 (1998), table I, method 3. */
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0, 0.1611",
        "1, 29, 0.0061, 0.1718",
        "29, 29, 0.8830, 1"
    })
    void shouldGiveTheScoreIntervalOfAShare(long hits, long total, double low, double high) {
        Proportion share = new Proportion(hits, total);
        assertThat(share.low()).isCloseTo(low, within(5e-5));
        assertThat(share.high()).isCloseTo(high, within(5e-5));
    }

    /** The usual table of exact limits of a Poisson count. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 3.688879",
        "1, 0.025318, 5.571643",
        "3, 0.618672, 8.767273",
        "10, 4.795389, 18.390356",
        "100, 81.363995, 121.626794"
    })
    void shouldGiveTheExactIntervalOfARate(long count, double low, double high) {
        HourlyRate anHour = new HourlyRate(count, 1);
        assertThat(anHour.low()).isCloseTo(low, within(1e-5));
        assertThat(anHour.high()).isCloseTo(high, within(1e-5));
        assertThat(new HourlyRate(count, 0.5).high()).isCloseTo(2 * high, within(2e-5));
    }

    @Test
    void shouldNotLookLikeAResultWhenNothingWasMeasured() {
        assertThat(Proportion.NONE.isMeasured()).isFalse();
        assertThat(Proportion.NONE.share()).isNaN();
        assertThat(Proportion.NONE.low()).isNaN();
        assertThat(Proportion.NONE.high()).isNaN();
        assertThat(HourlyRate.NONE.perHour()).isNaN();
        assertThat(HourlyRate.NONE.low()).isNaN();
        assertThat(HourlyRate.NONE.high()).isNaN();
        assertThat(Spread.of(DoubleStream.empty())).isEqualTo(Spread.NONE);
    }

    @Test
    void shouldTakeTheMiddleOfTwoWhenTheCountIsEven() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 2, 3))).isEqualTo(new Spread(4, 2.5, 4));
        assertThat(Spread.of(DoubleStream.of(-1, -3, -2))).isEqualTo(new Spread(3, -2, -1));
    }

    @Test
    void shouldNameTheRangeWhenACountCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Proportion(3, 2))
                .withMessageContainingAll("3", "0..2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HourlyRate(1, -2))
                .withMessageContaining("hours is -2");
    }
}
