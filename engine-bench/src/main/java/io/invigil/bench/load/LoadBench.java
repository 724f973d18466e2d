package io.invigil.bench.load;

import com.sun.management.OperatingSystemMXBean;
import io.invigil.api.EngineLoad;
import io.invigil.api.EngineStatistics;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.Shedding;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * N candidates at F frames a second, in process, through the public interface with the default engine. Frames are offered at
 * their intended times, spread evenly over the period; latency counts from the intended time to the listener, so that a late
 * sender hides nothing; how late it was at most is printed, and how much of the machine others had, since a machine that stands
 * still for a moment makes everything late.
 * Candidates go round some frames of one near face before a still camera, with sensor noise, each from
 * another beginning. All begin within one period, as at the start of an exam: when nothing was shed any more, and the latency of
 * the warm-up, are printed beside what holds afterwards.
 *
 * <p>When all lines are printed it fails if in one of them a frame failed or was not accounted for.
 */
public final class LoadBench {
    /**
     * A session looks all around in its first 45 frames, which costs several times what comes later; an exam lasts longer. Where many
     * begin together the engine sheds some of it, and they take longer.
     */
    private static final int WARM_UP_SECONDS = 60;

    /** What is measured begins when nothing was shed for so long. */
    private static final int CALM_SECONDS = 15;

    /** More than a machine can do does not settle. */
    private static final int MOST_WARM_UP_SECONDS = 240;

    /** Goes on after what counts, so that the last frames are superseded as all others are. */
    private static final int COOL_DOWN_SECONDS = 3;

    private static final int FILE_STEP = 7;

    private static final long MAX_LATENCY_NS = 600_000_000_000L;
    private static final double BUSY = 0.7;
    /**
     * A row from which the cost of a frame is taken must have answered this share of the frames, and shed nothing: a machine is full
     * when it can do no more of what the policy asks for.
     */
    private static final double ALL_ANSWERED = 0.95;

    private static final double MOST_P99_MS = 100;
    private static final double MOST_PERIODS = 2;
    private static final double MOST_UNEVEN = 1.2;
    private static final int IDLE_SESSIONS = 100;
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final List<byte[]> files;
    private final double framesPerSecond;
    private final int seconds;
    private final PrintStream out;
    /** How late the sender was at most: a machine that stood still, or was lent to others, shows here. */
    private long latestSendNs;

    private final List<String> wrong = new ArrayList<>();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * A bench.
     *
     * @param files JPEG frames
     * @param framesPerSecond of each candidate
     * @param seconds of each run, after a warm-up of {@value #WARM_UP_SECONDS} and more, until nothing is shed
     * @param out where lines go
     */
    public LoadBench(List<byte[]> files, double framesPerSecond, int seconds, PrintStream out) {
        this.files = files;
        this.framesPerSecond = framesPerSecond;
        this.seconds = seconds;
        this.out = out;
    }

    /**
     * Measures each of these numbers of candidates, one run each, and what must hold at 70 % of what the machine can do and at twice
     * that; prints a line for each.
     *
     * @param rounds how many times the run at 70 % is made; the median is held to the requirement
     * @throws IllegalStateException after the last line, when a frame failed or was not accounted for
     */
    public void measureAll(List<Integer> candidates, int rounds) {
        printHead();
        Row last = null;
        for (int count : candidates) {
            Row row = measure(count);
            out.println(row.text());
            last = row.analysed() > 0 && row.answered() > ALL_ANSWERED && !row.sheds() ? row : last;
        }
        if (last != null) {
            printRequirements(last.cpuMs(), rounds);
        }
        failIfWrong();
    }

    /** Measures each of these numbers of candidates, and prints a line for each; throws as {@link #measureAll} does. */
    public void measureOnly(List<Integer> candidates) {
        printHead();
        for (int count : candidates) {
            out.println(measure(count).text());
        }
        failIfWrong();
    }

    private void printHead() {
        out.printf(
                Locale.ROOT,
                "720p JPEG, %.1f frames/s a candidate, %d s, policy interview, intended send times%n",
                framesPerSecond,
                seconds);
        out.printf(
                "%10s %9s %12s %7s %-8s %9s %9s %9s %9s %11s %9s %12s %9s %9s %7s%n",
                "candidates",
                "settled s",
                "warm-up ms",
                "load",
                "shedding",
                "answered",
                "p50 ms",
                "p99 ms",
                "max ms",
                "CPU ms/frame",
                "uneven",
                "oldest news",
                "RSS MB",
                "late ms",
                "others");
    }

    private void failIfWrong() {
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("not every frame came through: " + String.join("; ", wrong));
        }
    }

    private void printRequirements(double cpuMs, int rounds) {
        double fitting = 1000.0 * Runtime.getRuntime().availableProcessors() / (cpuMs * framesPerSecond);
        out.printf(
                Locale.ROOT,
                "%nat %.1f CPU ms a frame %.0f candidates fill the machine; 70 %% and 200 %% of that:%n",
                cpuMs,
                fitting);
        List<Double> p99Ms = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Row busy = measure(Math.max(1, (int) Math.round(BUSY * fitting)));
            out.println(busy.text());
            p99Ms.add(busy.p99Ms());
        }
        Row twice = measure(Math.max(2, (int) Math.round(2 * fitting)));
        out.println(twice.text());
        p99Ms.sort(null);
        say(out, "70 % load: p99 latency, ms, median of " + rounds, p99Ms.get(rounds / 2), MOST_P99_MS);
        say(out, "2 x load: age of the newest result, periods", twice.oldestPeriods(), MOST_PERIODS);
        say(out, "2 x load: most over fewest results of a session", twice.uneven(), MOST_UNEVEN);
        say(out, "2 x load: frames unaccounted for", twice.unaccounted(), 0);
    }

    /**
     * Measures what sessions cost that got a few frames once and now get none; prints two lines. In a young process: what others
     * left behind counts in until it is freed.
     */
    public static void measureIdle(byte[] file, PrintStream out) {
        IdleSessions.measure(file, IDLE_SESSIONS).print(out);
    }

    /** A requirement's line: what, measured, at most, pass or miss. */
    static void say(PrintStream out, String what, double measured, double most) {
        out.printf(
                Locale.ROOT,
                "%-52s %10.2f  at most %7.2f  %s%n",
                what,
                measured,
                most,
                measured <= most ? "pass" : "miss");
    }

    /** One measured number of candidates. */
    private record Row(
            String text,
            double answered,
            boolean sheds,
            long analysed,
            double cpuMs,
            double p99Ms,
            double oldestPeriods,
            double uneven,
            long unaccounted) {}

    /** One candidate: when its last answer came, and how many did. */
    private static final class Candidate implements SessionListener {
        private final ProctoringSession session;
        private final long offsetNs;
        /** Each camera has noise of its own: candidates go round the same frames from different beginnings. */
        private final int firstFile;

        private final Recorder latency;
        private final Recorder settling;
        private final AtomicLong answers = new AtomicLong();
        private final AtomicLong failures = new AtomicLong();
        private volatile long newestNs;
        private volatile long countFromNs = Long.MAX_VALUE;
        private volatile long countUntilNs = Long.MAX_VALUE;
        private long oldestNewsNs;

        Candidate(ProctoringSession session, long offsetNs, int firstFile, Recorder settling, Recorder latency) {
            this.session = session;
            this.offsetNs = offsetNs;
            this.firstFile = firstFile;
            this.settling = settling;
            this.latency = latency;
        }

        @Override
        public void onFrameResult(SessionId id, FrameResult result) {
            if (!result.isAnalysed()) {
                failures.incrementAndGet();
                return;
            }
            newestNs = result.timestampNs();
            long tookNs = Math.min(MAX_LATENCY_NS, Math.max(0, System.nanoTime() - result.timestampNs()));
            if (counts(result.timestampNs())) {
                answers.incrementAndGet();
                latency.recordValue(tookNs);
            } else if (result.timestampNs() < countFromNs) {
                settling.recordValue(tookNs);
            }
        }

        private boolean counts(long timestampNs) {
            return timestampNs >= countFromNs && timestampNs < countUntilNs;
        }

        /** How old the newest answer is at the intended time of the next frame. */
        void noteAge(long dueNs) {
            if (counts(dueNs) && newestNs != 0) {
                oldestNewsNs = Math.max(oldestNewsNs, dueNs - newestNs);
            }
        }
    }

    private Row measure(int count) {
        Recorder settling = new Recorder(MAX_LATENCY_NS, 3);
        Recorder latency = new Recorder(MAX_LATENCY_NS, 3);
        long periodNs = Math.round(1e9 / framesPerSecond);
        try (ProctoringEngine engine = ProctoringEngine.create()) {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ProctoringSession session = engine.openSession(SessionConfig.live(Policy.interview()));
                Candidate candidate = new Candidate(session, i * periodNs / count, FILE_STEP * i, settling, latency);
                session.addListener(candidate);
                candidates.add(candidate);
            }
            long startNs = System.nanoTime();
            int settledSecond = 0;
            int fromSecond = 0;
            while (fromSecond < WARM_UP_SECONDS
                    || fromSecond < MOST_WARM_UP_SECONDS && fromSecond < settledSecond + CALM_SECONDS) {
                offer(candidates, startNs, periodNs, fromSecond, fromSecond + 1);
                fromSecond++;
                settledSecond = sheds(engine) ? fromSecond : settledSecond;
            }
            boolean sheds = fromSecond < settledSecond + CALM_SECONDS;
            FrameCounts before = engine.statistics().frames();
            int endSecond = fromSecond + seconds;
            for (Candidate candidate : candidates) {
                candidate.countUntilNs = startNs + (long) (endSecond * framesPerSecond) * periodNs;
                candidate.countFromNs = startNs + (long) (fromSecond * framesPerSecond) * periodNs;
            }
            long cpuNs = process.getProcessCpuTime();
            OtherWork others = new OtherWork();
            long sent = 0;
            long lateNs = 0;
            for (int second = fromSecond; second < endSecond; second++) {
                sent += offer(candidates, startNs, periodNs, second, second + 1);
                lateNs = Math.max(lateNs, latestSendNs);
                sheds |= sheds(engine);
            }
            cpuNs = process.getProcessCpuTime() - cpuNs;
            double othersShare = others.share();
            EngineStatistics atEnd = engine.statistics();
            offer(candidates, startNs, periodNs, endSecond, endSecond + COOL_DOWN_SECONDS);
            for (Candidate candidate : candidates) {
                candidate.session.drain(DRAIN);
            }
            EngineStatistics after = engine.statistics();
            long failed = candidates.stream().mapToLong(c -> c.failures.get()).sum();
            if (failed > 0 || after.frames().failed() > 0 || unaccounted(after.frames()) > 0) {
                wrong.add(count + " candidates: " + failed + " failures told, " + after.frames());
            }
            Span span = new Span(
                    sheds,
                    settledSecond,
                    settling.getIntervalHistogram().getValueAtPercentile(99),
                    sent,
                    cpuNs,
                    atEnd.frames().analysed() - before.analysed(),
                    lateNs,
                    othersShare,
                    unaccounted(after.frames()));
            return row(count, atEnd.load(), span, latency.getIntervalHistogram(), candidates, periodNs);
        }
    }

    private static boolean sheds(ProctoringEngine engine) {
        return engine.statistics().load().shedding() != Shedding.NONE;
    }

    /** Frames that were lost, or are still inside although every session was waited for. */
    private static long unaccounted(FrameCounts frames) {
        long sum = frames.analysed() + frames.sampledOut() + frames.superseded() + frames.rejected() + frames.failed();
        return Math.abs(sum - frames.offered());
    }

    private long offer(List<Candidate> candidates, long startNs, long periodNs, int fromSecond, int toSecond) {
        long sent = 0;
        latestSendNs = 0;
        long first = (long) (fromSecond * framesPerSecond);
        long last = (long) (toSecond * framesPerSecond);
        for (long turn = first; turn < last; turn++) {
            for (Candidate candidate : candidates) {
                long dueNs = startNs + turn * periodNs + candidate.offsetNs;
                for (long waitNs = dueNs - System.nanoTime(); waitNs > 0; waitNs = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(waitNs);
                }
                latestSendNs = Math.max(latestSendNs, System.nanoTime() - dueNs);
                candidate.noteAge(dueNs);
                byte[] file = files.get((int) ((turn + candidate.firstFile) % files.size()));
                candidate.session.offer(Frame.encoded(file, dueNs));
                sent++;
            }
        }
        return sent;
    }

    /** What was counted from the first to the last counted frame, and how long it took to get there. */
    private record Span(
            boolean sheds,
            int settledSecond,
            long settlingP99Ns,
            long sent,
            long cpuNs,
            long analysed,
            long lateNs,
            double othersShare,
            long unaccounted) {}

    private Row row(
            int count, EngineLoad load, Span span, Histogram latency, List<Candidate> candidates, long periodNs) {
        long most = candidates.stream().mapToLong(c -> c.answers.get()).max().orElse(0);
        long fewest = candidates.stream().mapToLong(c -> c.answers.get()).min().orElse(0);
        long oldestNs = candidates.stream().mapToLong(c -> c.oldestNewsNs).max().orElse(0);
        double answered = (double) latency.getTotalCount() / span.sent();
        double p99Ms = latency.getValueAtPercentile(99) / 1e6;
        double cpuMs = span.cpuNs() / 1e6 / Math.max(1, span.analysed());
        double uneven = fewest == 0 ? Double.POSITIVE_INFINITY : most / (double) fewest;
        double oldestPeriods = oldestNs / (double) periodNs;
        String text = String.format(
                Locale.ROOT,
                "%10d %9s %12.1f %7.2f %-8s %8.1f%% %9.1f %9.1f %9.1f %12.1f %8.2fx %9.2f per. %9d %9.1f %6.1f%%",
                count,
                span.sheds() ? "-" : Integer.toString(span.settledSecond()),
                span.settlingP99Ns() / 1e6,
                load.load(),
                load.shedding().name().toLowerCase(Locale.ROOT),
                100 * answered,
                latency.getValueAtPercentile(50) / 1e6,
                p99Ms,
                latency.getMaxValue() / 1e6,
                cpuMs,
                uneven,
                oldestPeriods,
                ResidentMemory.megabytes(),
                span.lateNs() / 1e6,
                100 * span.othersShare());
        return new Row(
                text, answered, span.sheds(), span.analysed(), cpuMs, p99Ms, oldestPeriods, uneven, span.unaccounted());
    }
}
