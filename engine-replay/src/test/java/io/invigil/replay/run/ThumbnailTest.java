package io.invigil.replay.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Rotation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    /** The stored picture is red in its top-left quarter; the columns say where that lies once it is upright. */
    @ParameterizedTest
    @CsvSource({
        "NONE, 96, 64, 20, 15",
        "CLOCKWISE_90, 64, 96, 48, 20",
        "CLOCKWISE_180, 96, 64, 75, 48",
        "CLOCKWISE_270, 64, 96, 15, 75"
    })
    void shouldTurnPictureUprightWhenFrameIsRotated(Rotation rotation, int width, int height, int redX, int redY)
            throws Exception {
        int stride = WIDTH * 3 + 8;
        ByteBuffer pixels = ByteBuffer.allocateDirect(stride * HEIGHT);
        for (int y = 0; y < HEIGHT / 2; y++) {
            for (int x = 0; x < WIDTH / 2; x++) {
                pixels.put(y * stride + x * 3 + 2, (byte) 255);
            }
        }
        Frame frame =
                Frame.packed(PixelFormat.BGR, WIDTH, HEIGHT, pixels, stride, 0).withRotation(rotation);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Thumbnail.jpeg(frame)));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        assertThat(image.getRGB(redX, redY) >> 16 & 255).as("red inside").isGreaterThan(200);
        assertThat(image.getRGB(width - 1 - redX, height - 1 - redY) >> 16 & 255)
                .as("red opposite")
                .isLessThan(60);
    }
}
