package io.invigil.replay.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.replay.TestVideos;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramePicturesTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void shouldGiveThePictureOfEachMomentAndTheLastFrameBeyondTheEnd() throws Exception {
        Path whole =
                TestVideos.write(folder.resolve("whole.webm"), TestVideos.webm(), TestVideos.steady(20, 3), 0, SECOND);

        Map<Long, byte[]> pictures = FramePictures.atOrAfter(whole, List.of(SECOND / 2, 2 * SECOND, 9 * SECOND));

        assertThat(brightness(pictures.get(SECOND / 2))).isLessThan(60);
        assertThat(brightness(pictures.get(2 * SECOND))).isGreaterThan(100);
        assertThat(brightness(pictures.get(9 * SECOND))).isGreaterThan(100);
    }

    @Test
    void shouldGiveNoPictureWhenARecordingBreaksOffBeforeTheMoment() throws Exception {
        Path whole = TestVideos.write(folder.resolve("whole.webm"), TestVideos.webm(), TestVideos.steady(20, 12));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.webm"), Arrays.copyOf(bytes, bytes.length / 2));

        Map<Long, byte[]> pictures = FramePictures.atOrAfter(cut, List.of(SECOND, 11 * SECOND));

        assertThat(pictures).containsOnlyKeys(SECOND);
    }

    /** Mean of the green channel over the middle row, 0 to 255. */
    private static double brightness(byte[] jpeg) throws Exception {
        var image = ImageIO.read(new ByteArrayInputStream(jpeg));
        double sum = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            sum += image.getRGB(x, image.getHeight() / 2) >> 8 & 0xFF;
        }
        return sum / image.getWidth();
    }
}
