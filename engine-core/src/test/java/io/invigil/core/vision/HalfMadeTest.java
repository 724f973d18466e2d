package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

/** What is left of native memory when an allocation fails half-way: nothing that the next frame would take for good. */
final class HalfMadeTest {
    private static final int HUGE = 2_000_000_000;

    @Test
    void shouldStartOverWhenThereWasNoMemoryForThePictureBefore() {
        try (DecodedImage image = new DecodedImage()) {
            Mat upright = image.upright();
            upright.create(480, 640, opencv_core.CV_8UC3);
            image.refresh();
            upright.rows(HUGE).cols(HUGE);

            assertThatThrownBy(image::refresh).isInstanceOf(RuntimeException.class);

            assertThat(image.widthPx()).isZero();
            upright.rows(480).cols(640);
            image.refresh();
            assertThat(image.smallGrey()).hasSize(160 * 120);
        }
    }

    @Test
    void shouldAimAnewWhenTheCanvasHadNoPlaceForThePartBefore() {
        ByteBuffer input = ByteBuffer.allocateDirect(64 * 64 * 3);
        Tile part = Tile.whole(640, 640);
        TileFit tooLarge = TileFit.letterboxed(part, 128, 32);
        try (DecodedImage image = new DecodedImage();
                TileCanvas canvas = new TileCanvas(input, 64, 64)) {
            image.upright().create(640, 640, opencv_core.CV_8UC3);
            image.refresh();
            canvas.draw(image, part, TileFit.letterboxed(part, 64, 32));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> canvas.draw(image, part, tooLarge)).hasMessageContaining("roi");
            }
            assertThatCode(() -> canvas.draw(image, part, TileFit.letterboxed(part, 64, 32)))
                    .doesNotThrowAnyException();
        }
    }
}
