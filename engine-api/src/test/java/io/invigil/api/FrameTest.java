package io.invigil.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void shouldRoundChromaUpWhenSidesAreOdd() {
        assertThat(PixelFormat.I420.rowBytes(1, 641)).isEqualTo(321);
        assertThat(PixelFormat.I420.rows(2, 481)).isEqualTo(241);
        assertThat(PixelFormat.NV12.rowBytes(1, 641)).isEqualTo(642);
        assertThat(PixelFormat.RGBA.rowBytes(0, 10)).isEqualTo(40);
    }

    @Test
    void shouldFoldDegreesIntoARotation() {
        assertThat(Rotation.ofDegrees(-90)).isEqualTo(Rotation.CLOCKWISE_270);
        assertThat(Rotation.ofDegrees(450)).isEqualTo(Rotation.CLOCKWISE_90);
        assertThatThrownBy(() -> Rotation.ofDegrees(45)).hasMessage("rotation is 45, must be a multiple of 90");
    }

    @Test
    void shouldShowNoBytesWhenPrinted() {
        assertThat(Frame.encoded(new byte[] {42, 43}, 7)).hasToString("Frame[ENCODED 0x0 at 7 ns]");
    }

    @Test
    void shouldNameWhatIsNull() {
        ByteBuffer bytes = ByteBuffer.allocate(1);
        Frame.Plane plane = new Frame.Plane(bytes, 1);
        assertThatNullPointerException()
                .isThrownBy(() -> Frame.i420(2, 2, null, null, null, 0))
                .withMessage("y");
        assertThatNullPointerException()
                .isThrownBy(() -> Frame.i420(2, 2, plane, plane, null, 0))
                .withMessage("v");
        assertThatNullPointerException()
                .isThrownBy(() -> Frame.nv12(2, 2, plane, null, 0))
                .withMessage("uv");
        assertThatNullPointerException()
                .isThrownBy(() -> Frame.encoded((ByteBuffer) null, 0))
                .withMessage("file");
        assertThatNullPointerException()
                .isThrownBy(() -> Frame.packed(PixelFormat.BGR, 2, 2, null, 6, 0))
                .withMessage("pixels");
        assertThatNullPointerException()
                .isThrownBy(() -> new Frame(PixelFormat.BGR, 2, 2, Collections.singletonList(null), Rotation.NONE, 0))
                .withMessage("a plane");
    }

    @Test
    void shouldMeasureOverlapOfBoxes() {
        BoundingBox left = new BoundingBox(0, 0, 10, 10);
        BoundingBox right = new BoundingBox(5, 0, 10, 10);
        assertThat(left.iou(right)).isEqualTo(1.0 / 3);
        assertThat(left.shareInside(right)).isEqualTo(0.5);
        assertThat(left.iou(new BoundingBox(20, 20, 5, 5))).isZero();
        assertThat(new BoundingBox(0, 0, 0, 0).iou(new BoundingBox(0, 0, 0, 0))).isZero();
    }

    @Test
    void shouldTieADoubtToCannotTell() {
        assertThat(Reading.cannotTell(Doubt.DARK).isUnknown()).isTrue();
        assertThatThrownBy(() -> new Reading(Answer.PRESENT, 0.5, Optional.of(Doubt.DARK)))
                .hasMessageContaining("PRESENT and dark");
        assertThatThrownBy(() -> Reading.present(1.5)).hasMessage("confidence is 1.5, must be in 0..1");
    }
}
