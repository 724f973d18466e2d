package io.invigil.replay.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaClockTest {
    private static final long MS = 1_000_000L;

    private final MediaClock clock = new MediaClock(40 * MS);

    @Test
    void shouldStartAtZeroWhenStreamStartsAnywhere() {
        assertThat(clock.place(-80 * MS)).isZero();
        assertThat(clock.place(-40 * MS)).isEqualTo(40 * MS);
        assertThat(clock.place(20 * MS)).isEqualTo(100 * MS);
    }

    @Test
    void shouldGoOnAtUsualDistanceWhenTimestampsAreMissing() {
        assertThat(clock.place(MediaClock.MISSING)).isZero();
        assertThat(clock.place(MediaClock.MISSING)).isEqualTo(40 * MS);
        assertThat(clock.place(MediaClock.MISSING)).isEqualTo(80 * MS);
    }

    @Test
    void shouldLeaveOutFrameWhenTimestampRepeatsOrStepsBack() {
        clock.place(0);
        clock.place(40 * MS);
        assertThat(clock.place(40 * MS)).isEqualTo(MediaClock.OUT_OF_ORDER);
        assertThat(clock.place(10 * MS)).isEqualTo(MediaClock.OUT_OF_ORDER);
        assertThat(clock.place(80 * MS)).isEqualTo(80 * MS);
        assertThat(clock.restarts()).isZero();
    }

    @Test
    void shouldGoOnWhenTimeStartsAgain() {
        clock.place(0);
        clock.place(60_000 * MS);
        assertThat(clock.place(0)).isEqualTo(60_040 * MS);
        assertThat(clock.place(40 * MS)).isEqualTo(60_080 * MS);
        assertThat(clock.restarts()).isEqualTo(1);
    }

    @Test
    void shouldGoOnWhenManyFramesInARowCannotBePlaced() {
        clock.place(0);
        clock.place(500 * MS);
        long placed = MediaClock.OUT_OF_ORDER;
        for (int i = 1; i <= 8 && placed == MediaClock.OUT_OF_ORDER; i++) {
            placed = clock.place(i * MS);
        }
        assertThat(placed).isEqualTo(540 * MS);
    }

    @Test
    void shouldKeepGapWhenTimeJumpsForward() {
        clock.place(0);
        assertThat(clock.place(9_000 * MS)).isEqualTo(9_000 * MS);
    }

    @Test
    void shouldGoOnAfterFramesThatWerePassedOver() {
        clock.place(0);
        clock.passOver(80 * MS);
        assertThat(clock.place(40 * MS)).isEqualTo(40 * MS);
        clock.passOver(120 * MS);
        assertThat(clock.place(-5_000 * MS)).isEqualTo(160 * MS);
        assertThat(clock.place(-4_960 * MS)).isEqualTo(200 * MS);
    }
}
