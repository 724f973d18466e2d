package io.invigil.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeAxisTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 59, 3600, 10 * 3600, 7 * 24 * 3600, 1_700_000_000L, 4_000_000_000L})
    void shouldLabelAFewTimesHoweverLongTheRecordingSaysItIs(long seconds) {
        assertThat(new TimeAxis(seconds * SECOND_NS).ticks())
                .hasSizeBetween(2, 14)
                .extracting(TimeAxis.Tick::label)
                .doesNotHaveDuplicates();
    }
}
