package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.core.sight.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** From 60 to 48 cm before the camera, or back, in half a second. */
    @ParameterizedTest
    @CsvSource({"1, 60, 48", "2, 60, 48", "3, 60, 48", "5, 60, 48", "15, 60, 48", "1, 48, 60", "2, 48, 60", "3, 48, 60"
    })
    void shouldNotTakeALeanForAnotherPersonAtAnyRate(int fps, double fromCm, double toCm) {
        for (int phase = 0; phase < 20; phase++) {
            Seat seat = new Seat();
            for (int i = 0; i < 3 * fps; i++) {
                double s = (i + phase / 20.0) / fps;
                double cm = fromCm + (toCm - fromCm) * Math.max(0, Math.min(1, 2 * (s - 1)));
                Box face = box(500, 200, 12_000 / cm, 14_000 / cm);
                long nowNs = Math.round(s * SECOND_NS);

                assertThat(seat.isTakenOver(nowNs, 7, face)).isFalse();
                seat.take(nowNs, 7, face);
            }
        }
    }

    @Test
    void shouldNotTrustANumberWhenAFaceGrowsWithinHalfASecondByMoreThanALeanExplains() {
        seat.take(0, 7, FACE);

        assertThat(seat.isTakenOver(SECOND_NS / 2, 7, box(470, 160, 270, 324))).isTrue();
        assertThat(seat.isTakenOver(SECOND_NS / 2, 7, box(520, 230, 150, 180))).isTrue();
    }

    @Test
    void shouldGoByThePlaceWhenTheNumberIsAnother() {
        seat.take(0, 7, FACE);

        assertThat(seat.isTakenOver(SECOND_NS, 8, FACE)).isFalse();
        assertThat(seat.isTakenOver(SECOND_NS, 8, FAR_SMALLER)).isTrue();
    }
}
