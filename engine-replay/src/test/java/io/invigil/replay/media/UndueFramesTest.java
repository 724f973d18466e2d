package io.invigil.replay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UndueFramesTest {
    private static final long MS = 1_000_000;

    private static List<Boolean> undue(double fps, long... timesMs) {
        UndueFrames frames = new UndueFrames(fps);
        return LongStream.of(timesMs)
                .mapToObj(ms -> frames.isUndue(ms < 0 ? MediaClock.MISSING : ms * MS, MediaClock.MISSING, false))
                .toList();
    }

    @Test
    void shouldBeSureOfAllButTheFirstOfASlot() {
        assertThat(undue(2, 0, 100, 200, 499, 500, 600, 1000))
                .containsExactly(false, true, true, true, false, true, false);
    }

    @Test
    void shouldKeepAnEarlierFrameThatIsStoredLater() {
        // 540 is stored first; 500 is the slot's first to be shown.
        assertThat(undue(2, 0, 540, 500, 520, 560)).containsExactly(false, false, false, true, true);
    }

    @Test
    void shouldBeSureOfNothingWhenTimesAreOutOfTheOrdinary() {
        assertThat(undue(2, 0, 100, -1, 200)).containsExactly(false, true, false, false);
        assertThat(undue(2, 0, 1900, 100, 1910, 1920)).containsExactly(false, false, false, false, false);
        assertThat(undue(0, 0, 100, 200)).containsOnly(false);
    }

    @Test
    void shouldBeSureOfNothingAfterARecorderStartedAgainAMomentBack() {
        UndueFrames frames = new UndueFrames(2);

        assertThat(frames.isUndue(0, MediaClock.MISSING, true)).isFalse();
        assertThat(frames.isUndue(400 * MS, MediaClock.MISSING, false)).isTrue();
        assertThat(frames.isUndue(500 * MS, MediaClock.MISSING, true)).isFalse();
        assertThat(frames.isUndue(600 * MS, MediaClock.MISSING, false)).isTrue();
        assertThat(frames.isUndue(100 * MS, MediaClock.MISSING, true)).isFalse();
        assertThat(frames.isUndue(200 * MS, MediaClock.MISSING, false)).isFalse();
    }

    @Test
    void shouldBeSureOfNothingAfterTheTimeOfDecodingWentBack() {
        UndueFrames frames = new UndueFrames(2);

        assertThat(frames.isUndue(500 * MS, 500 * MS, true)).isFalse();
        assertThat(frames.isUndue(700 * MS, 540 * MS, false)).isTrue();
        assertThat(frames.isUndue(600 * MS, 580 * MS, false)).isTrue();
        assertThat(frames.isUndue(650 * MS, 560 * MS, false)).isFalse();
        assertThat(frames.isUndue(800 * MS, 620 * MS, false)).isFalse();
    }
}
