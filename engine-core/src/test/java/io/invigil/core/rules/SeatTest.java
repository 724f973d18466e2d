package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.core.sight.Box;
import org.junit.jupiter.api.Test;

class SeatTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Box FACE = box(500, 200, 200, 240);
    private static final Box FAR_SMALLER = box(150, 220, 120, 140);

    private final Seat seat = new Seat();

    private static Box box(double leftPx, double topPx, double widthPx, double heightPx) {
        Box box = new Box();
        box.set(leftPx, topPx, widthPx, heightPx);
        return box;
    }

    @Test
    void shouldTrustANumberWhileFramesComeAndThePlaceAfterAGap() {
        seat.take(0, 7, FACE);

        assertThat(seat.isTakenOver(2 * SECOND_NS, 7, FAR_SMALLER)).isFalse();
        assertThat(seat.isTakenOver(5 * SECOND_NS, 7, FACE)).isFalse();
        assertThat(seat.isTakenOver(5 * SECOND_NS, 7, FAR_SMALLER)).isTrue();
    }

    @Test
    void shouldNotTrustANumberWhenAFaceGrowsWithinAnInstant() {
        seat.take(0, 7, FACE);

        assertThat(seat.isTakenOver(SECOND_NS / 5, 7, box(480, 180, 250, 300))).isTrue();
        assertThat(seat.isTakenOver(SECOND_NS, 7, box(480, 180, 250, 300))).isFalse();
    }

    @Test
    void shouldGoByThePlaceWhenTheNumberIsAnother() {
        seat.take(0, 7, FACE);

        assertThat(seat.isTakenOver(SECOND_NS, 8, FACE)).isFalse();
        assertThat(seat.isTakenOver(SECOND_NS, 8, FAR_SMALLER)).isTrue();
    }
}
