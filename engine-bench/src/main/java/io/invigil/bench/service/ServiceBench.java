package io.invigil.bench.service;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.invigil.api.Observation;
import io.invigil.api.ProctoringEngine;
import io.invigil.server.InvigilServer;
import io.invigil.server.record.MemoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * N candidates at one frame a second over real sockets of the loopback interface, each also asking for its status every 5 s.
 * Frames go out at their intended times, spread evenly; latency counts from the intended time to the arrival of the answer. CPU
 * is the process's less the client's threads'. The store is the one in memory.
 */
public final class ServiceBench {
    private static final int WARM_UP_SECONDS = 5;
    private static final long PERIOD_NS = 1_000_000_000L;
    private static final long POLL_PERIOD_NS = 5 * PERIOD_NS;
    private static final long MAX_NS = 600 * PERIOD_NS;
    private static final Pattern ID = Pattern.compile("\"session_id\":\"([^\"]+)\"");

    private final List<byte[]> messages;
    private final int seconds;
    private final PrintStream out;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ServiceBench(List<byte[]> files, int seconds, PrintStream out) {
        this.messages = files.stream().map(BareClient::message).toList();
        this.seconds = seconds;
        this.out = out;
    }

    /**
     * Measures and prints one line for each number of candidates, and one for the service around an engine that does nothing.
     *
     * @param files JPEG frames
     * @param candidates how many at once, one run each
     * @param seconds of each run, after a warm-up of {@value #WARM_UP_SECONDS}
     * @param sight what the engine that does nothing says it sees
     */
    public static void run(
            List<byte[]> files,
            List<Integer> candidates,
            int seconds,
            BiFunction<Long, Long, Observation> sight,
            PrintStream out)
            throws IOException, InterruptedException {
        ServiceBench bench = new ServiceBench(files, seconds, out);
        out.printf(
                Locale.ROOT,
                "service over loopback sockets, 1 frame/s a candidate of %d kB, status every 5 s, %d s, policy interview%n",
                files.get(0).length / 1000,
                seconds);
        out.printf(
                "%-8s %10s %9s %9s %9s %9s %12s %11s %11s %8s%n",
                "engine",
                "candidates",
                "answered",
                "p50 ms",
                "p99 ms",
                "max ms",
                "CPU ms/frame",
                "kB/frame",
                "poll p99 ms",
                "RSS MB");
        for (int count : candidates) {
            bench.measure("real", ProctoringEngine::create, count);
        }
        for (int count : candidates) {
            bench.measure("none", () -> new NullEngine(sight::apply), count);
        }
    }

    private void measure(String name, Supplier<ProctoringEngine> engines, int count)
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
            Poller poller = new Poller(server.port(), ids, polls);
            poller.start();
            long startNs = System.nanoTime() + PERIOD_NS / 10;
            send(clients, startNs, 0, WARM_UP_SECONDS);
            clients.forEach(BareClient::countFromNow);
            polls.reset();
            Set<Long> own = ownThreads(clients, poller);
            long cpuNs = process.getProcessCpuTime() - cpu(own);
            long bytes = allocated(own);
            long sent = send(clients, startNs, WARM_UP_SECONDS, WARM_UP_SECONDS + seconds);
            cpuNs = process.getProcessCpuTime() - cpu(own) - cpuNs;
            bytes = allocated(own) - bytes;
            poller.stopped = true;
            Thread.sleep(1500); // The last answers.
            print(
                    name,
                    count,
                    sent,
                    latency.getIntervalHistogram(),
                    cpuNs,
                    bytes,
                    polls.getIntervalHistogram(),
                    clients);
        } finally {
            for (BareClient client : clients) {
                client.close();
            }
        }
    }

    private void print(
            String name,
            int count,
            long sent,
            Histogram latency,
            long cpuNs,
            long bytes,
            Histogram polls,
            List<BareClient> clients) {
        long answers =
                Math.max(1, clients.stream().mapToLong(BareClient::answers).sum());
        out.printf(
                Locale.ROOT,
                "%-8s %10d %8.1f%% %9.1f %9.1f %9.1f %12.2f %11.1f %11.1f %8d%n",
                name,
                count,
                100.0 * answers / sent,
                latency.getValueAtPercentile(50) / 1e6,
                latency.getValueAtPercentile(99) / 1e6,
                latency.getMaxValue() / 1e6,
                cpuNs / 1e6 / answers,
                bytes / 1e3 / answers,
                polls.getValueAtPercentile(99) / 1e6,
                residentMb());
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

    private long send(List<BareClient> clients, long startNs, int fromSecond, int toSecond) throws IOException {
        long sent = 0;
        for (int turn = fromSecond; turn < toSecond; turn++) {
            for (int i = 0; i < clients.size(); i++) {
                long dueNs = startNs + turn * PERIOD_NS + i * PERIOD_NS / clients.size();
                for (long waitNs = dueNs - System.nanoTime(); waitNs > 0; waitNs = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(waitNs);
                }
                clients.get(i).send(messages.get(turn % messages.size()), dueNs);
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

    /** Asks for every candidate's status in turn, each every 5 s. */
    private final class Poller extends Thread {
        private final int port;
        private final List<String> ids;
        private final Recorder polls;
        private volatile boolean stopped;

        Poller(int port, List<String> ids, Recorder polls) {
            super("bench-poller");
            setDaemon(true);
            this.port = port;
            this.ids = ids;
            this.polls = polls;
        }

        @Override
        public void run() {
            long dueNs = System.nanoTime();
            for (int turn = 0; !stopped; turn++) {
                dueNs += POLL_PERIOD_NS / ids.size();
                LockSupport.parkNanos(dueNs - System.nanoTime());
                String path = "/api/v1/proctoring/status/" + ids.get(turn % ids.size());
                long beganNs = System.nanoTime();
                try {
                    http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .build(),
                            BodyHandlers.discarding());
                } catch (IOException | InterruptedException over) {
                    return;
                }
                polls.recordValue(System.nanoTime() - beganNs);
            }
        }
    }

    /** Resident memory of the process, natives included; -1 where the system does not tell. */
    private static long residentMb() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException unknown) {
            return -1;
        }
    }
}
