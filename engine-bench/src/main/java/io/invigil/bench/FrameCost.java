package io.invigil.bench;

import com.sun.management.ThreadMXBean;
import io.invigil.api.Attention;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.core.rules.SessionRules;
import io.invigil.core.sight.Sight;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * CPU time and bytes allocated for a 720p frame, stage by stage, as one session costs them: detectors run on cadences of media
 * time, so the table has a column for each number of frames analysed in a second. The camera stands still with a little noise;
 * the policy is {@code interview}. What a listener of frame results is given is made of a frame besides, and has a row of its own
 * below the frame's. Rounds of the columns alternate; a figure is the median over rounds of a round's mean, with
 * the smallest and largest round.
 */
final class FrameCost {
    private static final List<Integer> RATES = List.of(1, 2, 5);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What is told apart. */
    private enum Step {
        COPY("copy in"),
        DECODE("decode, quality"),
        FACE("face, mesh"),
        GAZE("head pose, gaze"),
        PRESENCE("presence"),
        RULES("rules"),
        ALL("frame"),
        RESULT("observation to keep");

        private final String title;

        Step(String title) {
            this.title = title;
        }
    }

    private final int warmUpFrames;
    private final int roundFrames;
    private final int rounds;

    private FrameCost(int warmUpFrames, int roundFrames, int rounds) {
        this.warmUpFrames = warmUpFrames;
        this.roundFrames = roundFrames;
        this.rounds = rounds;
    }

    /** Measures and prints the table. */
    static void run(PrintStream out, boolean quick) {
        FrameCost cost = quick ? new FrameCost(20, 10, 3) : new FrameCost(200, 60, 7);
        Machine.describe(out);
        cost.print(out);
    }

    private void print(PrintStream out) {
        Lane[] lanes = new Lane[RATES.size()];
        try {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = new Lane(RATES.get(i), rounds);
                lanes[i].warmUp(warmUpFrames);
            }
            for (int round = 0; round < rounds; round++) {
                for (Lane lane : lanes) {
                    lane.measure(round, roundFrames);
                }
            }
            out.println("720p JPEG, one thread, policy interview, " + rounds + " rounds of " + roundFrames
                    + " frames after " + warmUpFrames + "; median (smallest-largest round)");
            table(out, "CPU ms a frame", lanes, lane -> lane.cpuMs, "%.2f");
            table(out, "bytes a frame", lanes, lane -> lane.bytes, "%.0f");
        } finally {
            for (Lane lane : lanes) {
                if (lane != null) {
                    lane.close();
                }
            }
        }
    }

    private interface Figure {
        double[][] of(Lane lane);
    }

    private static void table(PrintStream out, String title, Lane[] lanes, Figure figure, String format) {
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%n%-20s", title));
        for (int rate : RATES) {
            head.append(String.format(Locale.ROOT, " | %24s", rate + " frames/s"));
        }
        out.println(head);
        for (Step step : Step.values()) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-20s", step.title));
            for (Lane lane : lanes) {
                double[] sorted = figure.of(lane)[step.ordinal()].clone();
                Arrays.sort(sorted);
                String spread = String.format(
                        Locale.ROOT,
                        format + " (" + format + "-" + format + ")",
                        sorted[sorted.length / 2],
                        sorted[0],
                        sorted[sorted.length - 1]);
                row.append(String.format(Locale.ROOT, " | %24s", spread));
            }
            out.println(row);
        }
    }

    /** One column: a session with its own perception, stepped on this thread. */
    private static final class Lane implements AutoCloseable {
        final double[][] cpuMs;
        final double[][] bytes;
        private final FramePath path;
        private final SessionRules rules = new SessionRules(Policy.interview());
        private final long[] stepCpuNs = new long[Step.values().length];
        private final long[] stepBytes = new long[Step.values().length];
        private long lastCpuNs;
        private long lastBytes;
        private boolean calibrated;
        private Observation kept;

        Lane(int framesPerSecond, int rounds) {
            path = new FramePath(1280, 720, Policy.interview(), framesPerSecond);
            cpuMs = new double[stepCpuNs.length][rounds];
            bytes = new double[stepBytes.length][rounds];
        }

        void warmUp(int frames) {
            for (int i = 0; i < frames; i++) {
                frame();
            }
        }

        void measure(int round, int frames) {
            Arrays.fill(stepCpuNs, 0);
            Arrays.fill(stepBytes, 0);
            for (int i = 0; i < frames; i++) {
                frame();
            }
            if (!calibrated || kept.faces().isEmpty()) {
                throw new IllegalStateException("the rules never knew where the candidate looks");
            }
            for (int step = 0; step < stepCpuNs.length; step++) {
                cpuMs[step][round] = stepCpuNs[step] / 1e6 / frames;
                bytes[step][round] = (double) stepBytes[step] / frames;
            }
        }

        private void frame() {
            lastBytes = THREADS.getCurrentThreadAllocatedBytes();
            lastCpuNs = THREADS.getCurrentThreadCpuTime();
            path.nextFrame();
            lap(Step.COPY);
            path.decode();
            lap(Step.DECODE);
            path.workspace.face();
            lap(Step.FACE);
            path.workspace.gaze();
            lap(Step.GAZE);
            path.workspace.presence();
            lap(Step.PRESENCE);
            Sight seen = path.observe();
            rules.judge(seen);
            lap(Step.RULES);
            kept = seen.toObservation();
            Attention attention = rules.attention();
            lap(Step.RESULT);
            calibrated |= !attention.reading().isUnknown();
        }

        private void lap(Step step) {
            long cpuNs = THREADS.getCurrentThreadCpuTime();
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            stepCpuNs[step.ordinal()] += cpuNs - lastCpuNs;
            stepBytes[step.ordinal()] += allocated - lastBytes;
            if (step != Step.RESULT) {
                stepCpuNs[Step.ALL.ordinal()] += cpuNs - lastCpuNs;
                stepBytes[Step.ALL.ordinal()] += allocated - lastBytes;
            }
            lastCpuNs = cpuNs;
            lastBytes = allocated;
        }

        @Override
        public void close() {
            path.close();
        }
    }
}
