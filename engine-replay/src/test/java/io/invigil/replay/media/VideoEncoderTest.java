package io.invigil.replay.media;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.replay.TestVideos;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoEncoderTest {
    @TempDir
    Path folder;

    @Test
    void shouldSayThatItIsClosedWhenWrittenToAfterwards() throws Exception {
        VideoEncoder encoder = VideoEncoder.create(folder.resolve("closed.webm"), TestVideos.webm());
        encoder.close();
        encoder.close();
        byte[] picture = new byte[TestVideos.WIDTH * TestVideos.HEIGHT * 3];
        assertThatThrownBy(() -> encoder.write(picture, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the recording is closed");
        assertThatThrownBy(encoder::finish).isInstanceOf(IllegalStateException.class);
    }
}
