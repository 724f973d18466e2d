package io.invigil.bench.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From the JVM's start to the first alert, with and without a class archive as the launcher makes one. Rounds alternate. The new
 * JVMs get the options that this one was started with, so that they start as the launcher starts programs, the archive aside; the
 * native libraries are unpacked before: OpenCV's in JavaCPP's cache, ONNX Runtime's where the launcher left them.
 */
public final class StartBench {
    /** Options that decide on a class archive, which each probe sets for itself. */
    private static final List<String> ARCHIVE_OPTIONS =
            List.of("-XX:SharedArchiveFile", "-XX:ArchiveClassesAtExit", "-Xshare");

    private static final long MOST_MS = 1000;

    private StartBench() {}

    /**
     * Measures and prints.
     *
     * @param room JPEG frames of an empty room
     */
    public static void run(List<byte[]> room, PrintStream out, boolean quick) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("invigil-start");
        try {
            List<String> files = new ArrayList<>();
            for (int i = 0; i < room.size(); i++) {
                files.add(Files.write(folder.resolve(i + ".jpg"), room.get(i)).toString());
            }
            Path archive = folder.resolve("classes.jsa");
            probe(files, "-XX:ArchiveClassesAtExit=" + archive);
            int rounds = quick ? 3 : 11;
            long[][] plain = new long[2][rounds];
            long[][] archived = new long[2][rounds];
            for (int round = 0; round < rounds; round++) {
                note(plain, round, probe(files, "-Xshare:auto"));
                note(archived, round, probe(files, "-XX:SharedArchiveFile=" + archive));
            }
            out.printf(
                    Locale.ROOT,
                    "JVM start to the first alert, options %s, %d rounds, median (smallest-largest)%n%-24s %24s %24s%n",
                    launchersOptions().stream()
                            .filter(given -> given.startsWith("-X"))
                            .collect(Collectors.joining(" ")),
                    rounds,
                    "",
                    "wall ms",
                    "CPU ms");
            out.printf("%-24s %24s %24s%n", "plain", spread(plain[0]), spread(plain[1]));
            out.printf("%-24s %24s %24s%n", "with class archive", spread(archived[0]), spread(archived[1]));
            long[] sorted = archived[0].clone();
            Arrays.sort(sorted);
            out.printf(
                    "start to first alert with class archive, at most %d ms wall: %d ms, %s%n",
                    MOST_MS, sorted[rounds / 2], sorted[rounds / 2] <= MOST_MS ? "pass" : "miss");
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void note(long[][] figures, int round, String[] answer) {
        figures[0][round] = Long.parseLong(answer[1]);
        figures[1][round] = Long.parseLong(answer[2]);
    }

    private static String[] probe(List<String> files, String option) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launchersOptions());
        command.addAll(List.of(option, "-cp", System.getProperty("java.class.path"), StartProbe.class.getName()));
        command.addAll(files);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = null;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said = line.startsWith("no_face ") ? line : said;
            }
        }
        if (process.waitFor() != 0 || said == null) {
            throw new IllegalStateException("the probe failed with status " + process.exitValue());
        }
        return said.split(" ");
    }

    /** The options of this JVM, without those on class archives. */
    private static List<String> launchersOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(given -> ARCHIVE_OPTIONS.stream().noneMatch(given::startsWith))
                .toList();
    }

    private static String spread(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] + " (" + sorted[0] + "-" + sorted[sorted.length - 1] + ")";
    }
}
