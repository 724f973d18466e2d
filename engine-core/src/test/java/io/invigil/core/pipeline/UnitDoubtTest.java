package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class UnitDoubtTest {
    private static final long MS = 1_000_000;

    /** The numbers of the frames at which the doubt was raised, from 1. */
    private static int[] raised(long... timestampsNs) {
        UnitDoubt doubt = new UnitDoubt();
        return IntStream.range(0, timestampsNs.length)
                .filter(i -> doubt.isRaisedBy(timestampsNs[i]))
                .map(i -> i + 1)
                .toArray();
    }

    @Test
    void shouldBeRaisedOnceWhenThirtyFramesInARowAreStampedInMilliseconds() {
        assertThat(raised(LongStream.range(0, 120)
                        .map(i -> 1_795_788_680_153L + i * 1000)
                        .toArray()))
                .containsExactly(30);
    }

    @Test
    void shouldNotBeRaisedWhenFramesComeInBursts() {
        assertThat(raised(LongStream.range(0, 1000)
                        .map(i -> i / 29 * 500 * MS + i % 29 * 1000)
                        .toArray()))
                .isEmpty();
    }

    @Test
    void shouldNotBeRaisedWhenAFrameThatFoundNoRoomIsOfferedAgainAndAgain() {
        assertThat(raised(new long[200])).isEmpty();
    }

    @Test
    void shouldNotBeRaisedWhenACameraTakesAThousandFramesASecond() {
        assertThat(raised(LongStream.range(0, 1000).map(i -> i * MS).toArray())).isEmpty();
    }

    @Test
    void shouldNotTakeALeapOfMoreThanALongForASmallOne() {
        assertThat(raised(LongStream.range(0, 100)
                        .map(i -> i == 0 ? Long.MIN_VALUE : Long.MAX_VALUE - (100 - i) * MS)
                        .toArray()))
                .isEmpty();
    }
}
