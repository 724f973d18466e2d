package io.invigil.bench;

import com.sun.management.ThreadMXBean;
import io.invigil.api.Frame;
import io.invigil.api.Policy;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.Sight;
import io.invigil.core.vision.VisionPerception;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What an operator needs to know before an exam: measures what a frame costs at several rates, picture sizes and numbers of
 * people, and works out from that how many candidates a core carries, how long results take as machines fill, and what a hundred
 * thousand candidates take. The queue is simulated with the measured times of frames: lanes are servers of one queue, first come
 * first served, candidates' frames come at even intervals with random phases. The first setting is measured twice; the second is
 * the check of the first.
 */
final class CapacityBench {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int DISTINCT_FRAMES = 4;
    private static final long SEED = 20261125;
    /** A core is planned to be this full: beyond, one slow second is felt by everybody. */
    private static final double PLANNED_LOAD = 0.7;

    private static final double[] LOADS = {0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95};
    private static final double SIMULATED_SECONDS = 60;
    private static final int ALL_CANDIDATES = 100_000;
    private static final List<Integer> LANES = List.of(1, 2, 8);
    /** Cores of each of the machines that carry all of them. */
    private static final int MACHINE_LANES = 8;

    /** What is asked of the engine. */
    private record Setting(int widthPx, int heightPx, double framesPerSecond, int people) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%dx%d, %.1f frames/s, %d %s",
                    widthPx,
                    heightPx,
                    framesPerSecond,
                    people,
                    people == 1 ? "person" : "people");
        }
    }

    private static final List<Setting> SETTINGS = List.of(
            new Setting(1280, 720, 1, 1),
            new Setting(1280, 720, 1, 1),
            new Setting(1280, 720, 0.5, 1),
            new Setting(1280, 720, 2, 1),
            new Setting(1280, 720, 5, 1),
            new Setting(640, 480, 1, 1),
            new Setting(1920, 1080, 1, 1),
            new Setting(1280, 720, 1, 0),
            new Setting(1280, 720, 1, 2),
            new Setting(1280, 720, 1, 3));

    private CapacityBench() {}

    /** Measures and prints. */
    static void run(PrintStream out, boolean quick) {
        int frames = quick ? 24 : 120;
        out.printf(
                Locale.ROOT,
                "policy interview, still camera, %d frames a setting after a warm-up of %.0f s of media time%n%n"
                        + "%-36s %10s %10s %14s %16s%n",
                frames,
                warmUpSeconds(quick),
                "setting",
                "CPU ms",
                "largest",
                "CPU ms/second",
                "candidates/core");
        double[] reference = null;
        double[] again = null;
        for (int i = 0; i < SETTINGS.size(); i++) {
            Setting setting = SETTINGS.get(i);
            double[] ms = measure(setting, frames, quick);
            double mean = Arrays.stream(ms).average().orElseThrow();
            out.printf(
                    Locale.ROOT,
                    "%-36s %10.2f %10.2f %14.1f %16.0f%n",
                    setting,
                    mean,
                    Arrays.stream(ms).max().orElseThrow(),
                    mean * setting.framesPerSecond,
                    Math.floor(PLANNED_LOAD * 1000 / (mean * setting.framesPerSecond)));
            if (i == 0) {
                reference = ms;
            } else if (i == 1) {
                again = ms;
            }
        }
        printQueue(reference, out);
        printAll(reference, again, out);
    }

    private static double warmUpSeconds(boolean quick) {
        return quick ? 10 : 60;
    }

    /** CPU time of each frame, in milliseconds, in order. */
    private static double[] measure(Setting setting, int frames, boolean quick) {
        List<byte[]> files = TestFrames.people(setting.widthPx, setting.heightPx, setting.people, DISTINCT_FRAMES);
        int warmUp = (int) Math.ceil(warmUpSeconds(quick) * setting.framesPerSecond);
        double[] ms = new double[frames];
        try (Perception perception = VisionPerception.load();
                PerceptionLane lane = perception.openLane();
                FrameWorkspace workspace = lane.newWorkspace();
                PerceptionMemory memory = perception.openMemory(Policy.interview())) {
            FrameBuffer buffer = new FrameBuffer();
            for (int i = 0; i < warmUp + frames; i++) {
                long mediaNs = Math.round(i * 1e9 / setting.framesPerSecond);
                long beganNs = THREADS.getCurrentThreadCpuTime();
                buffer.copyFrom(Frame.encoded(files.get(i % files.size()), mediaNs));
                workspace.decode(buffer, memory, Pressure.NONE);
                workspace.face();
                workspace.gaze();
                workspace.presence();
                Sight seen = workspace.observe(i);
                double took = (THREADS.getCurrentThreadCpuTime() - beganNs) / 1e6;
                if (i >= warmUp) {
                    ms[i - warmUp] = took;
                    if (seen.faces().size() != setting.people) {
                        throw new IllegalStateException(
                                "saw " + seen.faces().size() + " faces of " + setting.people + " in " + setting);
                    }
                }
            }
        }
        return ms;
    }

    private static void printQueue(double[] ms, PrintStream out) {
        double mean = Arrays.stream(ms).average().orElseThrow();
        out.printf(
                "%na machine filled with candidates of the first setting, simulated%n%8s %18s",
                "load", "candidates a core");
        for (int lanes : LANES) {
            out.printf(Locale.ROOT, " %24s", lanes + (lanes == 1 ? " core: p50, p99 ms" : " cores: p50, p99 ms"));
        }
        out.println();
        for (double load : LOADS) {
            int each = Math.max(1, (int) Math.floor(load * 1000 / mean));
            out.printf(Locale.ROOT, "%8.2f %18d", each * mean / 1000, each);
            for (int lanes : LANES) {
                double[] latency = simulate(ms, each * lanes, lanes, new Random(SEED));
                out.printf(
                        Locale.ROOT,
                        " %24s",
                        String.format(Locale.ROOT, "%.1f %.1f", percentile(latency, 0.5), percentile(latency, 0.99)));
            }
            out.println();
        }
    }

    private static void printAll(double[] ms, double[] again, PrintStream out) {
        double mean = Arrays.stream(ms).average().orElseThrow();
        double meanAgain = Arrays.stream(again).average().orElseThrow();
        int each = MACHINE_LANES * Math.max(1, (int) Math.floor(PLANNED_LOAD * 1000 / mean));
        int machines = (ALL_CANDIDATES + each - 1) / each;
        Random random = new Random(SEED);
        double worstP99 = 0;
        double sumP99 = 0;
        for (int machine = 0; machine < machines; machine++) {
            double p99 = percentile(simulate(ms, each, MACHINE_LANES, random), 0.99);
            worstP99 = Math.max(worstP99, p99);
            sumP99 += p99;
        }
        out.printf(
                Locale.ROOT,
                "%n%d candidates: %d machines of %d cores at %d each (%.0f %% full); p99 of a machine %.1f ms in the mean, %.1f ms at worst%n"
                        + "the first setting measured again costs %.2f of the first time: the model is no better than that%n",
                ALL_CANDIDATES,
                machines,
                MACHINE_LANES,
                each,
                100 * each * mean / (1000 * MACHINE_LANES),
                sumP99 / machines,
                worstP99,
                meanAgain / mean);
    }

    /** Milliseconds from a frame's time to its result, sorted, of lanes that share candidates at one frame a second. */
    static double[] simulate(double[] ms, int candidates, int lanes, Random random) {
        double[] phases = random.doubles(candidates, 0, 1000).sorted().toArray();
        int[] place = random.ints(candidates, 0, ms.length).toArray();
        int turns = (int) SIMULATED_SECONDS;
        double[] latency = new double[candidates * turns];
        double[] freeAt = new double[lanes];
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < candidates; i++) {
                double due = turn * 1000.0 + phases[i];
                int lane = firstFree(freeAt);
                freeAt[lane] = Math.max(freeAt[lane], due) + ms[(place[i] + turn) % ms.length];
                latency[turn * candidates + i] = freeAt[lane] - due;
            }
        }
        Arrays.sort(latency);
        return latency;
    }

    private static int firstFree(double[] freeAt) {
        int first = 0;
        for (int lane = 1; lane < freeAt.length; lane++) {
            first = freeAt[lane] < freeAt[first] ? lane : first;
        }
        return first;
    }

    static double percentile(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.floor(share * sorted.length))];
    }
}
