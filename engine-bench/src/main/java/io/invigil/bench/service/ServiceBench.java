package io.invigil.bench.service;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.invigil.api.ProctoringEngine;
import io.invigil.bench.load.ResidentMemory;
import io.invigil.server.InvigilServer;
import io.invigil.server.record.MemoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * N candidates at one frame a second over real sockets of the loopback interface, each also asking for its status every 5 s.
 * Frames go out at their intended times, spread evenly; latency counts from the intended time to the arrival of the answer. CPU
 * is the process's less the client's threads'. The store is the one in memory. A row of a run in which a frame failed, a socket was
 * lost or a poll went wrong is not printed: the bench fails instead.
 *
 * <p>The adapters' own cost is measured around an engine that does nothing, at more frames a second, so that what the process
 * does anyway and what it compiles while it is young does not count: CPU and bytes of the server's Java threads, less those of
 * making what the engine says it sees.
 */
public final class ServiceBench {
    /** Before the adapters alone; around a real engine it is the caller's to say. */
    private static final int ADAPTER_WARM_UP_SECONDS = 10;

    /** Each camera has noise of its own: candidates go round the same frames from different beginnings. */
    private static final int MESSAGE_STEP = 7;

    private static final int ADAPTER_CANDIDATES = 32;
    private static final int ADAPTER_FPS = 10;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long POLL_PERIOD_NS = 5 * SECOND_NS;
    private static final long MAX_NS = 600 * SECOND_NS;
    private static final Pattern ID = Pattern.compile("\"session_id\":\"([^\"]+)\"");

    private final List<byte[]> messages;
    private final PrintStream out;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ServiceBench(List<byte[]> files, PrintStream out) {
        this.messages = files.stream().map(BareClient::message).toList();
        this.out = out;
    }

    /**
     * Measures and prints one line for each number of candidates, and then the adapters' cost around an engine that does nothing.
     *
     * @param files JPEG frames
     * @param candidates how many at once, one run each
     * @param warmUpSeconds before what counts; a session looks all around in its first 45 frames, which costs twice what comes
     *     later
     * @param seconds of each run
     * @param sight what the engine that does nothing says it sees
     */
    public static void run(
            List<byte[]> files, List<Integer> candidates, int warmUpSeconds, int seconds, Sight sight, PrintStream out)
            throws IOException, InterruptedException {
        ServiceBench bench = new ServiceBench(files, out);
        out.printf(
                Locale.ROOT,
                "service over loopback sockets, 1 frame/s a candidate of %d kB, status every 5 s, %d s after %d, policy interview%n",
                files.get(0).length / 1000,
                seconds,
                warmUpSeconds);
        out.printf(
                "%10s %9s %9s %9s %9s %12s %11s %11s %11s %8s %6s%n",
                "candidates",
                "answered",
                "p50 ms",
                "p99 ms",
                "max ms",
                "CPU ms/frame",
                "kB/frame",
                "poll p50 ms",
                "poll p99 ms",
                "RSS MB",
                "load");
        for (int count : candidates) {
            Run run = bench.measure(ProctoringEngine::create, count, 1, warmUpSeconds, seconds);
            out.printf(
                    Locale.ROOT,
                    "%10d %8.1f%% %9.1f %9.1f %9.1f %12.2f %11.1f %11.1f %11.1f %8d %6.2f%n",
                    count,
                    100.0 * run.answers / run.sent,
                    run.latency.getValueAtPercentile(50) / 1e6,
                    run.latency.getValueAtPercentile(99) / 1e6,
                    run.latency.getMaxValue() / 1e6,
                    run.processCpuNs / 1e6 / run.answers,
                    run.bytes / 1e3 / run.answers,
                    run.polls.getValueAtPercentile(50) / 1e6,
                    run.polls.getValueAtPercentile(99) / 1e6,
                    run.residentMb,
                    run.load);
        }
        bench.adapters(sight, seconds);
    }

    private void adapters(Sight sight, int seconds) throws IOException, InterruptedException {
        Run run =
                measure(() -> new NullEngine(sight), ADAPTER_CANDIDATES, ADAPTER_FPS, ADAPTER_WARM_UP_SECONDS, seconds);
        long seenBytes = bytesOf(sight);
        out.printf(
                Locale.ROOT,
                "adapters around an engine that does nothing, %d candidates at %d frames/s: %.3f CPU ms and %.1f kB a frame"
                        + " (%.1f kB of them the sight itself, taken off: %.1f kB); with compiler and collector %.3f CPU ms;"
                        + " p50 %.2f ms, p99 %.2f ms, answered %.1f %%%n",
                ADAPTER_CANDIDATES,
                ADAPTER_FPS,
                run.threadCpuNs / 1e6 / run.answers,
                run.bytes / 1e3 / run.answers,
                seenBytes / 1e3,
                (run.bytes - (double) seenBytes * run.answers) / 1e3 / run.answers,
                run.processCpuNs / 1e6 / run.answers,
                run.latency.getValueAtPercentile(50) / 1e6,
                run.latency.getValueAtPercentile(99) / 1e6,
                100.0 * run.answers / run.sent);
    }

    private long bytesOf(Sight sight) {
        int calls = 1000;
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        long seen = 0;
        for (int i = 0; i < calls; i++) {
            seen += sight.at(i, i + 1L).faces().size();
        }
        return seen == 0 ? 0 : (threads.getThreadAllocatedBytes(self) - before) / calls;
    }

    /** What one run gave: CPU in all and of Java threads, the client's taken off both. */
    private record Run(
            long sent,
            long answers,
            Histogram latency,
            Histogram polls,
            long processCpuNs,
            long threadCpuNs,
            long bytes,
            long residentMb,
            double load) {}

    private Run measure(Supplier<ProctoringEngine> engines, int count, int fps, int warmUpSeconds, int seconds)
            throws IOException, InterruptedException {
        Recorder latency = new Recorder(MAX_NS, 3);
        Recorder polls = new Recorder(MAX_NS, 3);
        List<BareClient> clients = new ArrayList<>();
        try (ProctoringEngine engine = engines.get();
                InvigilServer server =
                        InvigilServer.builder(engine, new MemoryStore()).port(0).start()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String id = create(server.port());
                ids.add(id);
                clients.add(new BareClient(server.port(), id, latency));
            }
            StatusPoller poller = new StatusPoller(server.port(), ids, POLL_PERIOD_NS, polls);
            poller.start();
            long startNs = System.nanoTime() + SECOND_NS / 10;
            send(clients, startNs, fps, 0, warmUpSeconds * fps);
            clients.forEach(BareClient::countFromNow);
            polls.reset();
            Set<Long> own = ownThreads(clients, poller);
            long processCpuNs = process.getProcessCpuTime() - cpu(own);
            long threadCpuNs = cpu(others(own));
            long bytes = allocated(own);
            long sent = send(clients, startNs, fps, warmUpSeconds * fps, (warmUpSeconds + seconds) * fps);
            processCpuNs = process.getProcessCpuTime() - cpu(own) - processCpuNs;
            threadCpuNs = cpu(others(own)) - threadCpuNs;
            bytes = allocated(own) - bytes;
            double load = process.getSystemLoadAverage();
            poller.end();
            Thread.sleep(1500); // The last answers.
            poller.check();
            for (BareClient client : clients) {
                client.check();
            }
            return new Run(
                    sent,
                    Math.max(1, clients.stream().mapToLong(BareClient::answers).sum()),
                    latency.getIntervalHistogram(),
                    polls.getIntervalHistogram(),
                    processCpuNs,
                    threadCpuNs,
                    bytes,
                    ResidentMemory.megabytes(),
                    load);
        } finally {
            for (BareClient client : clients) {
                client.close();
            }
        }
    }

    private Set<Long> others(Set<Long> own) {
        Set<Long> others = new HashSet<>();
        for (long id : threads.getAllThreadIds()) {
            if (!own.contains(id)) {
                others.add(id);
            }
        }
        return others;
    }

    private Set<Long> ownThreads(List<BareClient> clients, Thread poller) {
        Set<Long> own = new HashSet<>();
        own.add(Thread.currentThread().getId());
        own.add(poller.getId());
        clients.forEach(client -> own.add(client.threadId()));
        return own;
    }

    private long cpu(Set<Long> ids) {
        return ids.stream()
                .mapToLong(threads::getThreadCpuTime)
                .filter(ns -> ns > 0)
                .sum();
    }

    /** Bytes allocated so far by the threads that live now, the client's aside. */
    private long allocated(Set<Long> own) {
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            sum += own.contains(id) ? 0 : Math.max(0, threads.getThreadAllocatedBytes(id));
        }
        return sum;
    }

    private long send(List<BareClient> clients, long startNs, int fps, int fromTurn, int toTurn) throws IOException {
        long periodNs = SECOND_NS / fps;
        long sent = 0;
        for (int turn = fromTurn; turn < toTurn; turn++) {
            for (int i = 0; i < clients.size(); i++) {
                long dueNs = startNs + turn * periodNs + i * periodNs / clients.size();
                for (long waitNs = dueNs - System.nanoTime(); waitNs > 0; waitNs = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(waitNs);
                }
                clients.get(i).send(messages.get((turn + MESSAGE_STEP * i) % messages.size()), dueNs);
                sent++;
            }
        }
        return sent;
    }

    private String create(int port) throws IOException, InterruptedException {
        String answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/session/create"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"candidate_name\":\"\",\"interview_type\":\"bench\"}"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IOException("no session: " + answer);
        }
        return id.group(1);
    }
}
