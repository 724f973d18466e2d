package io.invigil.replay.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The folder of one recording's results. What an earlier run left there under the same names is replaced. */
final class OutputFolder {
    static final String ALERTS = "alerts.jsonl";
    static final String OBSERVATIONS = "observations.jsonl";
    static final String EVENTS = "events.jsonl";
    static final String SUMMARY = "summary.json";
    static final String REPORT = "report.html";
    static final String EVIDENCE = "evidence";

    private final Path path;

    private OutputFolder(Path path) {
        this.path = path;
    }

    static OutputFolder prepare(Path path) throws IOException {
        Files.createDirectories(path);
        // The summary first: a folder with one is a whole result.
        for (String name : List.of(SUMMARY, ALERTS, OBSERVATIONS, EVENTS, REPORT)) {
            Files.deleteIfExists(path.resolve(name));
        }
        Path pictures = path.resolve(EVIDENCE);
        if (Files.isDirectory(pictures)) {
            try (DirectoryStream<Path> old = Files.newDirectoryStream(pictures, "*_*-*.jpg")) {
                for (Path picture : old) {
                    Files.delete(picture);
                }
            }
        }
        return new OutputFolder(path);
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
