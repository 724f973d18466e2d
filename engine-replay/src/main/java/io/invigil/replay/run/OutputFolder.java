package io.invigil.replay.run;

import io.invigil.api.AlertType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folder of one recording's results. What an earlier run of the same recording left there is replaced. */
final class OutputFolder {
    static final String ALERTS = "alerts.jsonl";
    static final String OBSERVATIONS = "observations.jsonl";
    static final String EVENTS = "events.jsonl";
    static final String SUMMARY = "summary.json";
    static final String REPORT = "report.html";
    static final String EVIDENCE = "evidence";
    /** Written by judging a log again, beside alerts and events of its own. */
    private static final String RESCORE = "rescore.json";

    private static final Pattern PICTURE = Pattern.compile(Arrays.stream(AlertType.values())
            .map(AlertType::wireName)
            .collect(Collectors.joining("|", "(", ")-\\d+\\.jpg")));

    private final Path path;

    private OutputFolder(Path path) {
        this.path = path;
    }

    static OutputFolder prepare(Path path) throws IOException {
        Files.createDirectories(path);
        // The summary first: a folder with one is a whole result. The log last: it tells that what is left after a
        // kill is an analysis's own.
        for (String name : List.of(SUMMARY, ALERTS, EVENTS, REPORT, OBSERVATIONS)) {
            Files.deleteIfExists(path.resolve(name));
        }
        Path pictures = path.resolve(EVIDENCE);
        if (Files.isDirectory(pictures)) {
            try (DirectoryStream<Path> old = Files.newDirectoryStream(
                    pictures,
                    file -> PICTURE.matcher(file.getFileName().toString()).matches())) {
                for (Path picture : old) {
                    Files.delete(picture);
                }
            }
        }
        return new OutputFolder(path);
    }

    /**
     * True when a folder holds what must not be replaced: a whole result of another recording, what judging again wrote,
     * or files of the names used here that no analysis can have left. One that was killed leaves its log and no summary:
     * that folder is anybody's.
     */
    static boolean holdsAnother(Path folder, Path recording) {
        if (Files.exists(folder.resolve(RESCORE))) {
            return true;
        }
        Path summary = folder.resolve(SUMMARY);
        if (!Files.exists(summary)) {
            return !Files.exists(folder.resolve(OBSERVATIONS))
                    && Stream.of(ALERTS, EVENTS, REPORT).anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
        }
        if (!Files.isRegularFile(recording)) {
            return false;
        }
        try {
            JsonNode told = JsonMapper.builder().build().readTree(Files.readString(summary));
            if (told.path("media").path("size_bytes").asLong(-1) != Files.size(recording)) {
                return true;
            }
            String content = told.path("recording_sha256").asString("");
            return content.isEmpty()
                    ? !told.path("recording")
                            .asString("")
                            .equals(recording.getFileName().toString())
                    : !content.equals(FileContent.sha256(recording));
        } catch (IOException | JacksonException unknown) {
            return true;
        }
    }

    Path path() {
        return path;
    }

    BufferedWriter observations() throws IOException {
        return Files.newBufferedWriter(path.resolve(OBSERVATIONS), StandardCharsets.UTF_8);
    }

    /** Writes a file whole or not at all. */
    void write(String name, String text) throws IOException {
        Path half = path.resolve(name + ".part");
        try {
            Files.writeString(half, text, StandardCharsets.UTF_8);
            Files.move(half, path.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            Files.deleteIfExists(half);
            throw failure;
        }
    }

    void writePictures(Map<String, byte[]> jpegByAlert) throws IOException {
        if (jpegByAlert.isEmpty()) {
            return;
        }
        Path pictures = Files.createDirectories(path.resolve(EVIDENCE));
        for (Map.Entry<String, byte[]> entry : jpegByAlert.entrySet()) {
            Files.write(pictures.resolve(entry.getKey() + ".jpg"), entry.getValue());
        }
    }
}
