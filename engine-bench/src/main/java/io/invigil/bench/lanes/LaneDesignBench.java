package io.invigil.bench.lanes;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;

/**
 * Compares lane designs in one process and prints the tables of docs/adr/0001. Repetitions of the designs alternate, so that
 * what else the machine does falls on all of them; medians are printed with the smallest and largest value. CPU time is that
 * of the whole process, and its ratio to the stages' own CPU time is the figure to compare.
 */
public final class LaneDesignBench {
    private static final int SESSIONS = 8;
    private static final double FRAMES_PER_SECOND = 40;
    private static final long SLOW_FRAME_NS = 200_000_000L;
    /** Two frames a second of each session; the slow one keeps its handler busy for two fifths of the time. */
    private static final double COUPLING_FRAMES_PER_SECOND = 16;

    private final PrintStream out;
    private final int repetitions;
    private final int frames;

    private LaneDesignBench(PrintStream out, int repetitions, int frames) {
        this.out = out;
        this.repetitions = repetitions;
        this.frames = frames;
    }

    /** Runs everything: about five minutes, or one when quick. */
    public static void run(PrintStream out, boolean quick) throws InterruptedException {
        LaneDesignBench bench = quick ? new LaneDesignBench(out, 3, 40) : new LaneDesignBench(out, 7, 120);
        bench.warmUp();
        bench.compareDesigns();
        bench.compareCoupling();
    }

    private void warmUp() throws InterruptedException {
        for (Design design : Design.values()) {
            new OpenLoop(SESSIONS, 200, 40).run(design, Design.Slow.NOBODY, 0, 1);
        }
    }

    private void compareDesigns() throws InterruptedException {
        Map<Design, List<OpenLoop.Outcome>> outcomes = new EnumMap<>(Design.class);
        OpenLoop load = new OpenLoop(SESSIONS, FRAMES_PER_SECOND, frames);
        for (int i = 0; i < repetitions; i++) {
            for (Design design : Design.values()) {
                outcomes.computeIfAbsent(design, d -> new ArrayList<>())
                        .add(load.run(design, Design.Slow.NOBODY, 0, 1));
            }
        }
        line(
                "CPU and latency: %d sessions, %.0f frames/s in all, %.1f ms of CPU a frame in the stages",
                SESSIONS, FRAMES_PER_SECOND, Work.frameCpuNs() / 1e6);
        line("%-62s %22s %16s %16s", "design", "CPU / stages' own CPU", "p50 ms", "p95 ms");
        outcomes.forEach((design, runs) -> line(
                "%-62s %22s %16s %16s",
                design.title,
                spread("%.2f", runs.stream().mapToDouble(r -> r.cpuPerFrameNs() / Work.frameCpuNs())),
                spread("%.1f", runs.stream().mapToDouble(r -> r.quantileMs(0.5))),
                spread("%.1f", runs.stream().mapToDouble(r -> r.quantileMs(0.95)))));
    }

    /** Session 0 takes 200 ms a frame (asleep, so that it takes no CPU from others); sessions 1, 3, 5, 7 never meet it. */
    private void compareCoupling() throws InterruptedException {
        Design[] designs = {Design.FILTERS_PARKING, Design.TWO_FUSED};
        Design.Slow slow = slot -> {
            if (slot.session == 0) {
                sleep(SLOW_FRAME_NS);
            }
        };
        Map<Design, List<OpenLoop.Outcome>> calm = new EnumMap<>(Design.class);
        Map<Design, List<OpenLoop.Outcome>> coupled = new EnumMap<>(Design.class);
        OpenLoop load = new OpenLoop(SESSIONS, COUPLING_FRAMES_PER_SECOND, frames / 2);
        for (int i = 0; i < repetitions; i++) {
            for (Design design : designs) {
                calm.computeIfAbsent(design, d -> new ArrayList<>()).add(load.run(design, Design.Slow.NOBODY, 1, 2));
                coupled.computeIfAbsent(design, d -> new ArrayList<>()).add(load.run(design, slow, 1, 2));
            }
        }
        line("");
        line(
                "Coupling: one session takes %d ms a frame; p95 ms of four sessions on the other handler or ring",
                SLOW_FRAME_NS / 1_000_000);
        line("%-62s %22s %22s", "design", "without slow session", "with slow session");
        for (Design design : designs) {
            line(
                    "%-62s %22s %22s",
                    design.title,
                    spread("%.1f", calm.get(design).stream().mapToDouble(r -> r.quantileMs(0.95))),
                    spread("%.1f", coupled.get(design).stream().mapToDouble(r -> r.quantileMs(0.95))));
        }
    }

    private static void sleep(long ns) {
        long endNs = System.nanoTime() + ns;
        long leftNs;
        while ((leftNs = endNs - System.nanoTime()) > 0) {
            LockSupport.parkNanos(leftNs);
        }
    }

    private static String spread(String format, DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return String.format(
                Locale.ROOT,
                format + " (" + format + "-" + format + ")",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
