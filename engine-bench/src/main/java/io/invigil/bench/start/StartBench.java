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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From the start of a process to its first alert: as the launcher starts programs, with and without its class archive, and as a
 * service that has such an archive but none of the launcher's words on native libraries, or one. Rounds alternate. Wall time is
 * taken outside of the new process, from just before it is started until each of its lines is read. ONNX Runtime's and OpenCV's
 * libraries are unpacked before, where whoever starts the process unpacks them once.
 */
public final class StartBench {
    /** Options that decide on a class archive, which each probe sets for itself. */
    private static final List<String> ARCHIVE_OPTIONS =
            List.of("-XX:SharedArchiveFile", "-XX:ArchiveClassesAtExit", "-Xshare");

    /** Options that say where native libraries lie. */
    private static final List<String> NATIVE_OPTIONS =
            List.of("-Donnxruntime.native.path", "-Dorg.bytedeco.", "-Djava.library.path");

    /** Keeps JavaCPP from looking for builds for graphics processors. */
    private static final String NO_EXTENSION = "-Dorg.bytedeco.javacpp.platform.extension=";

    private static final String NO_EXTENSION_SAYS = "extension=";

    private static final String NATIVE_VARIABLE = "OPENBLAS_NUM_THREADS";

    private static final long MOST_MS = 1000;
    private static final int COLUMNS = 4;

    private final List<String> pictures;
    private final Path folder;
    private final Path errors;

    private StartBench(List<String> pictures, Path folder) {
        this.pictures = pictures;
        this.folder = folder;
        this.errors = folder.resolve("errors.txt");
    }

    /**
     * Measures and prints.
     *
     * @param room JPEG frames of an empty room
     */
    public static void run(List<byte[]> room, PrintStream out, boolean quick) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("invigil-start");
        try {
            List<String> pictures = new ArrayList<>();
            for (int i = 0; i < room.size(); i++) {
                pictures.add(
                        Files.write(folder.resolve(i + ".jpg"), room.get(i)).toString());
            }
            new StartBench(pictures, folder).run(out, quick ? 3 : 11);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(PrintStream out, int rounds) throws IOException, InterruptedException {
        Way launcher = new Way("launcher, class archive", optionsWithout(List.of()), true, true);
        Way plain = new Way("launcher, no archive", optionsWithout(List.of()), true, false);
        List<String> serviceOptions = optionsWithout(NATIVE_OPTIONS);
        Way service = new Way("class archive alone", serviceOptions, false, true);
        List<String> oneMore = new ArrayList<>(serviceOptions);
        oneMore.add(NO_EXTENSION);
        Way serviceOneMore = new Way("class archive, " + NO_EXTENSION_SAYS, oneMore, false, true);
        List<Way> ways = List.of(launcher, plain, service, serviceOneMore);
        for (Way way : ways) {
            if (way.archived() && way != serviceOneMore) {
                probe(way, "-XX:ArchiveClassesAtExit=" + archive(way));
            }
        }
        long[][][] figures = new long[ways.size()][COLUMNS][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < ways.size(); i++) {
                Way way = ways.get(i);
                Start start = probe(way, way.archived() ? "-XX:SharedArchiveFile=" + archive(way) : "-Xshare:auto");
                figures[i][0][round] = start.mainMs();
                figures[i][1][round] = start.engineMs();
                figures[i][2][round] = start.alertMs();
                figures[i][3][round] = start.cpuMs();
            }
        }
        out.printf(
                "start of a process to its first alert, ms from its start, %d rounds, median (smallest-largest)%n",
                rounds);
        String row = "%-26s %16s %18s %18s %18s%n";
        out.printf(row, "", "main", "engine, session", "alert", "CPU until then");
        for (int i = 0; i < ways.size(); i++) {
            String[] spreads = Arrays.stream(figures[i]).map(StartBench::spread).toArray(String[]::new);
            out.printf(row, ways.get(i).name(), spreads[0], spreads[1], spreads[2], spreads[3]);
        }
        out.printf("options of the launcher: %s%n", optionNames(launcher.options()));
        long wallMs = median(figures[0][2]);
        out.printf(
                "start to first alert with class archive, at most %d ms wall: %d ms, %s%n",
                MOST_MS, wallMs, wallMs <= MOST_MS ? "pass" : "miss");
    }

    /**
     * How a process is started.
     *
     * @param options those of the JVM, without those on class archives
     * @param launched whether the launcher's environment variables stay
     * @param archived whether it starts from a class archive
     */
    private record Way(String name, List<String> options, boolean launched, boolean archived) {}

    /** Milliseconds from the start of a process until it ran its own code, had an engine and a session, and told an alert. */
    private record Start(long mainMs, long engineMs, long alertMs, long cpuMs) {}

    private Path archive(Way way) {
        return folder.resolve(way.launched() ? "launcher.jsa" : "service.jsa");
    }

    private Start probe(Way way, String archiveOption) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(way.options());
        command.addAll(
                List.of(archiveOption, "-cp", System.getProperty("java.class.path"), StartProbe.class.getName()));
        command.addAll(pictures);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        if (!way.launched()) {
            builder.environment().remove(NATIVE_VARIABLE);
        }
        long startNs = System.nanoTime();
        Process process = builder.start();
        Map<String, Long> timesMs = new HashMap<>();
        long cpuMs = -1;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                timesMs.put(line, (System.nanoTime() - startNs) / 1_000_000);
                if (line.startsWith(StartProbe.CPU_MS)) {
                    cpuMs = Long.parseLong(line.substring(StartProbe.CPU_MS.length()));
                }
            }
        }
        List<String> steps = List.of(StartProbe.MAIN, StartProbe.ENGINE, StartProbe.ALERT);
        if (process.waitFor() != 0 || !timesMs.keySet().containsAll(steps) || cpuMs < 0) {
            throw new IllegalStateException("the probe \"" + way.name() + "\" failed with status " + process.exitValue()
                    + ": " + Files.readString(errors));
        }
        return new Start(
                timesMs.get(StartProbe.MAIN), timesMs.get(StartProbe.ENGINE), timesMs.get(StartProbe.ALERT), cpuMs);
    }

    /** The options of this JVM, without those on class archives and some others. */
    private static List<String> optionsWithout(List<String> others) {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(given -> ARCHIVE_OPTIONS.stream().noneMatch(given::startsWith))
                .filter(given -> others.stream().noneMatch(given::startsWith))
                .toList();
    }

    /** Without the paths. */
    private static String optionNames(List<String> options) {
        List<String> names = new ArrayList<>();
        for (String option : options) {
            names.add(option.contains("path=") ? option.substring(0, option.indexOf('=') + 1) + "..." : option);
        }
        return String.join(" ", names);
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String spread(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return median(values) + " (" + sorted[0] + "-" + sorted[sorted.length - 1] + ")";
    }
}
