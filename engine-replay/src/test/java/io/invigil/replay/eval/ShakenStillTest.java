package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Frame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShakenStillTest {
    @TempDir
    Path folder;

    @Test
    void shouldShowTheSamePictureALittleAside() throws IOException {
        ShakenStill still = ShakenStill.read(picture(100, 80));
        Frame first = still.next(0);
        Frame second = still.next(1);
        assertThat(first.widthPx()).isEqualTo(96);
        assertThat(first.heightPx()).isEqualTo(76);
        assertThat(second.timestampNs()).isEqualTo(1);
        // Blue is the column and green the row: the second frame begins two columns and three rows further on.
        assertThat(pixel(first, 10, 20)).containsExactly(10, 20, 7);
        assertThat(pixel(second, 10, 20)).containsExactly(12, 23, 7);
    }

    @Test
    void shouldShowLargePicturesSmaller() throws IOException {
        Frame frame = ShakenStill.read(picture(2000, 1000)).next(0);
        assertThat(frame.widthPx()).isBetween(1250, 1280);
        assertThat(frame.heightPx()).isBetween(610, 640);
    }

    @Test
    void shouldSaySoWhenTheFileIsNoPicture() throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "text");
        assertThatThrownBy(() -> ShakenStill.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("picture");
    }

    private Path picture(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 7 << 16 | (y & 255) << 8 | x & 255);
            }
        }
        Path file = folder.resolve("picture.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static int[] pixel(Frame frame, int x, int y) {
        ByteBuffer data = frame.planes().get(0).data();
        int at = y * frame.planes().get(0).strideBytes() + 3 * x;
        return new int[] {data.get(at) & 255, data.get(at + 1) & 255, data.get(at + 2) & 255};
    }
}
