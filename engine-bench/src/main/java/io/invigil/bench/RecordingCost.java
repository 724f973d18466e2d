package io.invigil.bench;

import com.sun.management.ThreadMXBean;
import io.invigil.api.Policy;
import io.invigil.core.rules.SessionRules;
import io.invigil.core.sight.Sight;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a frame of real people costs, who move, look away and hold things, where {@link FrameCost} has one person who sits still.
 * Each recording is a folder of JPEG pictures, {@value #PICTURES_PER_SECOND} a second, gone through forward and backward in turn, at
 * {@value #PICTURES_PER_SECOND} frames a second and at one. The policy is {@code interview}; one thread.
 */
final class RecordingCost {
    static final int PICTURES_PER_SECOND = 5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** In media time: what a session does in its first seconds only is not counted. */
    private static final int BEGINNING_S = 20;

    private static final int MEASURED_S = 60;
    private static final int COMPILING_S = 200;
    private static final int LEAST_PICTURES = 10;

    private enum Step {
        DECODE,
        FACE,
        PRESENCE,
        REST,
        ALL
    }

    /** Mean CPU milliseconds of a frame by step and of the dearest frame; of 100 frames, those with a look and with a face. */
    private record Cost(double[] cpuMs, double dearestMs, double looks, double faces) {}

    private record Recording(String name, List<byte[]> pictures) {}

    private final int beginningS;
    private final int measuredS;

    private RecordingCost(int beginningS, int measuredS) {
        this.beginningS = beginningS;
        this.measuredS = measuredS;
    }

    /**
     * Measures and prints a table.
     *
     * @throws IllegalArgumentException if a folder has fewer than ten JPEG pictures
     */
    static void run(List<Path> folders, PrintStream out, boolean quick) throws IOException {
        RecordingCost cost = quick ? new RecordingCost(2, 4) : new RecordingCost(BEGINNING_S, MEASURED_S);
        if (!quick) {
            new RecordingCost(0, COMPILING_S).measure(read(folders.get(0)), 1);
        }
        cost.print(folders, out);
    }

    private void print(List<Path> folders, PrintStream out) throws IOException {
        List<Recording> recordings = new ArrayList<>();
        for (Path folder : folders) {
            recordings.add(read(folder));
        }
        for (int framesPerSecond : List.of(1, PICTURES_PER_SECOND)) {
            out.printf(
                    Locale.ROOT,
                    "%n%-30s %8s %8s %8s %8s %8s %8s %8s %8s%n",
                    framesPerSecond + " frames/s, CPU ms a frame",
                    "decode",
                    "face",
                    "presence",
                    "rest",
                    "frame",
                    "dearest",
                    "looks %",
                    "faces %");
            List<Cost> costs = new ArrayList<>();
            for (Recording recording : recordings) {
                Cost cost = measure(recording, framesPerSecond);
                print(recording.name(), cost, out);
                costs.add(cost);
            }
            print("median", median(costs), out);
        }
    }

    private static Recording read(Path folder) throws IOException {
        List<byte[]> there = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList()) {
                there.add(Files.readAllBytes(file));
            }
        }
        if (there.size() < LEAST_PICTURES) {
            throw new IllegalArgumentException(
                    folder + " has " + there.size() + " pictures *.jpg, must be at least " + LEAST_PICTURES);
        }
        return new Recording(folder.getFileName().toString(), there);
    }

    private static List<byte[]> thereAndBack(List<byte[]> pictures, int step) {
        List<byte[]> there = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i += step) {
            there.add(pictures.get(i));
        }
        List<byte[]> all = new ArrayList<>(there);
        for (int i = there.size() - 2; i > 0; i--) {
            all.add(there.get(i));
        }
        return all;
    }

    private Cost measure(Recording recording, int framesPerSecond) {
        int frames = measuredS * framesPerSecond;
        List<byte[]> pictures = thereAndBack(recording.pictures(), PICTURES_PER_SECOND / framesPerSecond);
        SessionRules rules = new SessionRules(Policy.interview());
        double[] cpuMs = new double[Step.values().length];
        int looks = 0;
        int faces = 0;
        double dearestMs = 0;
        try (FramePath path = new FramePath(0, 0, Coding.JPEG, pictures, Policy.interview(), framesPerSecond)) {
            for (int i = -beginningS * framesPerSecond; i < frames; i++) {
                long beganNs = THREADS.getCurrentThreadCpuTime();
                path.nextFrame();
                path.decode();
                long decodedNs = THREADS.getCurrentThreadCpuTime();
                path.workspace.face();
                path.workspace.gaze();
                long faceNs = THREADS.getCurrentThreadCpuTime();
                path.workspace.presence();
                long presenceNs = THREADS.getCurrentThreadCpuTime();
                Sight seen = path.observeAny();
                rules.judge(seen);
                long endedNs = THREADS.getCurrentThreadCpuTime();
                if (i >= 0) {
                    cpuMs[Step.DECODE.ordinal()] += (decodedNs - beganNs) / 1e6 / frames;
                    cpuMs[Step.FACE.ordinal()] += (faceNs - decodedNs) / 1e6 / frames;
                    cpuMs[Step.PRESENCE.ordinal()] += (presenceNs - faceNs) / 1e6 / frames;
                    cpuMs[Step.REST.ordinal()] += (endedNs - presenceNs) / 1e6 / frames;
                    cpuMs[Step.ALL.ordinal()] += (endedNs - beganNs) / 1e6 / frames;
                    dearestMs = Math.max(dearestMs, (endedNs - beganNs) / 1e6);
                    looks += seen.presence().fresh() ? 1 : 0;
                    faces += seen.face().isPresent() ? 1 : 0;
                }
            }
        }
        return new Cost(cpuMs, dearestMs, 100.0 * looks / frames, 100.0 * faces / frames);
    }

    private static Cost median(List<Cost> costs) {
        double[] cpuMs = new double[Step.values().length];
        for (int step = 0; step < cpuMs.length; step++) {
            int at = step;
            cpuMs[step] =
                    median(costs.stream().mapToDouble(cost -> cost.cpuMs()[at]).toArray());
        }
        return new Cost(
                cpuMs,
                median(costs.stream().mapToDouble(Cost::dearestMs).toArray()),
                median(costs.stream().mapToDouble(Cost::looks).toArray()),
                median(costs.stream().mapToDouble(Cost::faces).toArray()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void print(String name, Cost cost, PrintStream out) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-30s", name));
        for (double ms : cost.cpuMs()) {
            row.append(String.format(Locale.ROOT, " %8.2f", ms));
        }
        out.println(row.append(
                String.format(Locale.ROOT, " %8.2f %8.0f %8.0f", cost.dearestMs(), cost.looks(), cost.faces())));
    }
}
