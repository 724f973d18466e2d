package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.CameraState;
import io.invigil.api.ImageQuality;
import io.invigil.api.SceneMotion;
import io.invigil.core.sight.MotionSight;
import org.junit.jupiter.api.Test;

/** A face of 80 x 100 px in the middle of a picture of 640 x 480; cells of 80 x 60 px. */
class SeatLifeTest {
    private static final String STILL = "0".repeat(64);
    /** Below the face, where the shoulder is. */
    private static final int SHOULDER = 6 * 8 + 3;

    private static final int FAR_LEFT = 2 * 8;
    private static final long FRAME_NS = 200_000_000L;

    private final SeatLife seat = new SeatLife();
    private long nowNs;

    SeatLifeTest() {
        FacesInFrame.Slot face = new FacesInFrame.Slot();
        face.leftPx = 280;
        face.topPx = 150;
        face.widthPx = 80;
        face.heightPx = 100;
        seat.seen(face);
    }

    private void show(String cells) {
        show(cells, 640, 480);
    }

    private void show(String cells, int widthPx, int heightPx) {
        nowNs += FRAME_NS;
        seat.unseen(motion(cells), widthPx, heightPx, nowNs);
    }

    private static MotionSight motion(String cells) {
        ImageQuality quality =
                new ImageQuality(CameraState.OK, 130, 40, 0.5, 1, 1, false, false, new SceneMotion(1, 0, 0, cells, 0));
        return Pictures.sight(quality).motion();
    }

    private static String moving(int... cells) {
        StringBuilder digits = new StringBuilder(STILL);
        for (int cell : cells) {
            digits.setCharAt(cell, '3');
        }
        return digits.toString();
    }

    @Test
    void shouldStayWhereItIsInThePictureWhenPicturesGetSmaller() {
        seat.scale(0.5, 0.5);
        show(moving(6 * 8 + 6), 320, 240);
        show(moving(6 * 8 + 6), 320, 240);
        assertThat(seat.isAlive(nowNs)).isFalse();
        show(moving(SHOULDER), 320, 240);
        assertThat(seat.isAlive(nowNs)).isTrue();
    }

    @Test
    void shouldBeAliveWhileTheShoulderMoves() {
        show(moving(SHOULDER));
        show(moving(SHOULDER));
        assertThat(seat.isAlive(nowNs)).isTrue();
        show(STILL);
        assertThat(seat.isAlive(nowNs)).isTrue();
    }

    @Test
    void shouldTakeWhatChangesAsTheFaceVanishesForItsGoing() {
        show(moving(SHOULDER));
        assertThat(seat.isAlive(nowNs)).isFalse();
        show(STILL);
        assertThat(seat.isAlive(nowNs)).isFalse();
    }

    @Test
    void shouldBeEmptyAfterASecondWithoutMotion() {
        show(STILL);
        show(moving(SHOULDER));
        for (int i = 0; i < 5; i++) {
            assertThat(seat.isAlive(nowNs)).isTrue();
            show(STILL);
        }
        assertThat(seat.isAlive(nowNs)).isFalse();
    }

    @Test
    void shouldNotTakeSomebodyElseFarAsideForTheCandidate() {
        show(STILL);
        show(moving(FAR_LEFT));
        assertThat(seat.isAlive(nowNs)).isFalse();
    }

    @Test
    void shouldNotTakeAMovedCameraForLife() {
        show(STILL);
        show("3".repeat(64));
        assertThat(seat.isAlive(nowNs)).isFalse();
        show("");
        assertThat(seat.isAlive(nowNs)).isFalse();
        assertThat(seat.isRestless(nowNs)).isTrue();
    }

    @Test
    void shouldStartAnewWhenTheFaceIsBack() {
        show(STILL);
        show(moving(SHOULDER));
        FacesInFrame.Slot face = new FacesInFrame.Slot();
        face.widthPx = 80;
        face.heightPx = 100;
        seat.seen(face);
        assertThat(seat.isAlive(nowNs)).isFalse();
    }
}
