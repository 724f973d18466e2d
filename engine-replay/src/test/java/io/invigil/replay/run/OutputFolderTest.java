package io.invigil.replay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path path;

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
