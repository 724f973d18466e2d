package io.invigil.bench;

import io.invigil.api.Attention;
import io.invigil.api.Doubt;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.report.log.JournalHead;
import io.invigil.report.log.JournalWriter;
import io.invigil.report.log.LoggedObservation;
import io.invigil.report.rescore.Journal;
import io.invigil.report.rescore.RescoreResult;
import io.invigil.report.rescore.Rescoring;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judging an hour's observation log again, beside analysing that hour: CPU time of one thread, without the start of a JVM. The
 * log is an hour of what the analysed frames showed, over and over.
 */
final class RescoreBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int FRAMES_PER_SECOND = 5;
    private static final int HOUR_FRAMES = 3600 * FRAMES_PER_SECOND;
    private static final long STEP_NS = 1_000_000_000L / FRAMES_PER_SECOND;

    private RescoreBench() {}

    static void run(PrintStream out, boolean quick) throws IOException {
        int frames = quick ? 20 : 200;
        int rounds = quick ? 3 : 15;
        List<Observation> seen = new ArrayList<>(frames);
        double frameMs = analyse(frames, seen);
        Path log = Files.createTempFile("invigil-rescore", ".jsonl");
        try {
            write(log, seen);
            double[] readMs = new double[rounds];
            double[] judgeMs = new double[rounds];
            long judged = 0;
            for (int round = 0; round < rounds; round++) {
                long beganNs = THREADS.getCurrentThreadCpuTime();
                Journal journal = Journal.read(log);
                long readNs = THREADS.getCurrentThreadCpuTime();
                RescoreResult result = journal.judge(new Rescoring(journal.head(), Policy.closedBook()));
                judgeMs[round] = (THREADS.getCurrentThreadCpuTime() - readNs) / 1e6;
                readMs[round] = (readNs - beganNs) / 1e6;
                judged = result.frames();
            }
            if (judged != HOUR_FRAMES) {
                throw new IllegalStateException(judged + " frames were judged, must be " + HOUR_FRAMES);
            }
            print(out, frameMs * HOUR_FRAMES, median(readMs), median(judgeMs), Files.size(log));
        } finally {
            Files.delete(log);
        }
    }

    private static void print(PrintStream out, double replayMs, double readMs, double judgeMs, long bytes) {
        out.printf(
                Locale.ROOT,
                "One hour at %d analysed frames a second, CPU time of one thread, medians; log of %.1f MB%n",
                FRAMES_PER_SECOND,
                bytes / 1e6);
        out.printf(Locale.ROOT, "%-42s %12.0f ms%n", "analysing it (720p JPEG, interview)", replayMs);
        out.printf(Locale.ROOT, "%-42s %12.0f ms%n", "reading its log", readMs);
        out.printf(Locale.ROOT, "%-42s %12.0f ms%n", "judging it again (closed-book)", judgeMs);
        out.printf(Locale.ROOT, "%-42s %12.0f%n", "analysing : reading and judging", replayMs / (readMs + judgeMs));
        out.printf(Locale.ROOT, "%-42s %12.0f%n", "analysing : judging", replayMs / judgeMs);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Analyses frames and keeps what they show; the mean CPU time of one, after as many to warm up. */
    private static double analyse(int frames, List<Observation> seen) {
        FramePath path = new FramePath(1280, 720, Policy.interview(), FRAMES_PER_SECOND);
        try {
            for (int i = 0; i < frames; i++) {
                step(path);
            }
            long beganNs = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < frames; i++) {
                seen.add(step(path));
            }
            return (THREADS.getCurrentThreadCpuTime() - beganNs) / 1e6 / frames;
        } finally {
            path.close();
        }
    }

    private static Observation step(FramePath path) {
        path.nextFrame();
        path.decode();
        path.workspace.face();
        path.workspace.gaze();
        path.workspace.presence();
        return path.observe().toObservation();
    }

    private static void write(Path log, List<Observation> seen) throws IOException {
        Attention none = Attention.cannotTell(Doubt.NOT_EVALUATED);
        try (Writer out = Files.newBufferedWriter(log)) {
            out.write(JournalWriter.write(new JournalHead(Policy.interview(), List.of(), Map.of())) + '\n');
            for (int i = 0; i < HOUR_FRAMES; i++) {
                Observation at = at(seen.get(i % seen.size()), i);
                out.write(JournalWriter.write(new LoggedObservation(at, none)) + '\n');
            }
        }
    }

    /** The same sight at another time. */
    private static Observation at(Observation seen, int frame) {
        long timestampNs = frame * STEP_NS;
        PresenceObservation presence = seen.presence();
        PresenceObservation moved = presence.evaluatedAtNs() == PresenceObservation.NEVER
                ? presence
                : new PresenceObservation(
                        timestampNs - (seen.timestampNs() - presence.evaluatedAtNs()),
                        presence.fresh(),
                        presence.persons(),
                        presence.objects());
        return new Observation(
                frame, timestampNs, seen.widthPx(), seen.heightPx(), seen.quality(), seen.face(), seen.faces(), moved);
    }
}
