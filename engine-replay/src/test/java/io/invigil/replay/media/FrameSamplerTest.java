package io.invigil.replay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameSamplerTest {
    @Test
    void shouldTakeFirstFrameAtOrAfterEachDueTimeWhenRateIsSteady() {
        assertThat(sampledMs(5, LongStream.range(0, 30).map(i -> Math.round(i * 1000 / 29.97))))
                .containsExactly(0L, 200L, 400L, 601L, 801L);
    }

    @Test
    void shouldTakeNothingTwiceWhenFramesAreRare() {
        assertThat(sampledMs(5, LongStream.of(0, 500, 501, 599, 600, 3000))).containsExactly(0L, 500L, 600L, 3000L);
    }

    @Test
    void shouldTakeEveryFrameWhenRateIsZero() {
        assertThat(sampledMs(0, LongStream.of(0, 1, 2, 3))).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void shouldTakeFrameWhenContainerRoundedItJustBeforeItsTime() {
        FrameSampler sampler = new FrameSampler(3);
        assertThat(sampler.isDue(0)).isTrue();
        assertThat(sampler.isDue(333_333_000L)).isTrue();
        assertThat(sampler.isDue(333_334_000L)).isFalse();
    }

    @Test
    void shouldRefuseRateWhenItIsNegativeOrNoNumber() {
        assertThatThrownBy(() -> new FrameSampler(-1)).hasMessageContaining("fps is -1");
        assertThatThrownBy(() -> new FrameSampler(Double.NaN)).hasMessageContaining("fps is NaN");
    }

    private static List<Long> sampledMs(double fps, LongStream timesMs) {
        FrameSampler sampler = new FrameSampler(fps);
        List<Long> taken = new ArrayList<>();
        timesMs.filter(t -> sampler.isDue(t * 1_000_000L)).forEach(taken::add);
        return taken;
    }
}
