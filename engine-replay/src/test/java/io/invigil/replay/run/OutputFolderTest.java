package io.invigil.replay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path path;

    @Test
    void shouldTakeTheOldPicturesAwayAndNoOthersWhenAFolderIsUsedAgain() throws Exception {
        Path pictures = Files.createDirectories(path.resolve(OutputFolder.EVIDENCE));
        for (String name : List.of("spoof-1.jpg", "black_screen-12.jpg", "my_face-1.jpg", "spoof-a.jpg")) {
            Files.createFile(pictures.resolve(name));
        }
        OutputFolder.prepare(path);
        try (var left = Files.list(pictures)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("my_face-1.jpg", "spoof-a.jpg");
        }
    }

    @Test
    void shouldLeaveNoHalfFileBehindWhenAFileCannotBeWritten() throws Exception {
        OutputFolder folder = OutputFolder.prepare(path);
        Files.createDirectories(path.resolve(OutputFolder.REPORT).resolve("in the way"));
        assertThatThrownBy(() -> folder.write(OutputFolder.REPORT, "page")).isInstanceOf(IOException.class);
        try (var left = Files.list(path)) {
            assertThat(left).containsExactly(path.resolve(OutputFolder.REPORT));
        }
    }
}
