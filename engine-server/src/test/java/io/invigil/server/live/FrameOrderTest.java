package io.invigil.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.wire.FrameResultView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results come out in the order of frames, whatever the engine does with them. */
class FrameOrderTest {
    private final List<Long> out = new ArrayList<>();
    private final FrameOrder order = new FrameOrder(view -> out.add(view.frameIndex()));

    private static FrameResultView view(long index) {
        return FrameResultView.skipped("t", "s", index, "r");
    }

    @Test
    void shouldHoldAnAnswerKnownAtOnceUntilTheFramesBeforeItAreDone() {
        order.accepted(10, 0, false);
        order.answered(20, 1, view(1));
        order.accepted(30, 2, false);
        assertThat(out).isEmpty();
        order.finished(10, view(0));
        assertThat(out).containsExactly(0L, 1L);
        order.finished(30, view(2));
        assertThat(out).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldNotWaitForFramesThatWereGivenUp() {
        order.accepted(10, 0, false);
        order.accepted(20, 1, false);
        order.accepted(30, 2, true);
        order.answered(40, 3, view(3));
        order.finished(10, view(0));
        order.finished(30, view(2));
        assertThat(out).containsExactly(0L, 2L, 3L);
    }

    @Test
    void shouldKnowTheFrameWhenTheEngineAnswersInsideTheOffer() {
        order.offering(10, 7, 1_000);
        assertThat(order.cameAtNs(10)).isEqualTo(1_000);
        assertThat(order.indexOf(10)).isEqualTo(7);
        order.finished(10, view(order.indexOf(10)));
        order.accepted(10, 7, false);
        order.answered(20, 8, view(8));
        assertThat(out).containsExactly(7L, 8L);
        assertThat(order.indexOf(5)).isEqualTo(-1);
    }
}
