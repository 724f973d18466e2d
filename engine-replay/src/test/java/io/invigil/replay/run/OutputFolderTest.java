package io.invigil.replay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "notes.txt, false",
        "observations.jsonl, false",
        "observations.jsonl alerts.jsonl events.jsonl report.html, false",
        "alerts.jsonl events.jsonl rescore.json, true",
        "observations.jsonl rescore.json, true",
        "report.html, true",
        "alerts.jsonl notes.txt, true",
        "events.jsonl, true",
        "summary.json, true"
    })
    void shouldTakeNoFolderThatHoldsFilesOfOthers(String files, boolean others) throws Exception {
        Path recording = Files.writeString(path.resolve("talk.webm"), "a recording");
        Path folder = Files.createDirectory(path.resolve("talk"));
        for (String name : files.isEmpty() ? new String[0] : files.split(" ")) {
            Files.writeString(folder.resolve(name), "mine");
        }
        assertThat(OutputFolder.holdsAnother(folder, recording)).isEqualTo(others);
    }

    @ParameterizedTest
    @ValueSource(strings = {OutputFolder.ALERTS, OutputFolder.EVENTS, OutputFolder.REPORT})
    void shouldTakeItsFolderAgainWhenClearingItEndedHalfWay(String last) throws Exception {
        Path recording = Files.writeString(path.resolve("talk.webm"), "a recording");
        Path folder = Files.createDirectory(path.resolve("talk"));
        for (String name : List.of("alerts.jsonl", "events.jsonl", "report.html", "observations.jsonl")) {
            Files.writeString(folder.resolve(name), "mine");
        }
        Files.delete(folder.resolve(last));
        Files.createDirectories(folder.resolve(last).resolve("in the way"));
        assertThatThrownBy(() -> OutputFolder.prepare(folder)).isInstanceOf(IOException.class);
        assertThat(folder.resolve(OutputFolder.OBSERVATIONS)).exists();
        assertThat(OutputFolder.holdsAnother(folder, recording)).isFalse();
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
