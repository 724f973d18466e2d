package io.invigil.bench.load;

import com.sun.management.OperatingSystemMXBean;
import io.invigil.api.Frame;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What open sessions cost that send nothing: CPU time of the whole process, and memory on the heap and in direct buffers once
 * each has seen some frames.
 *
 * @param cpuShare CPU time over wall time, in per cent of one core
 * @param bytesEach memory a session, in bytes
 */
record IdleSessions(double cpuShare, double bytesEach) {
    private static final int FRAMES = 5;
    private static final int WARM_UP_FRAMES = 30;
    private static final long WATCH_NS = 10_000_000_000L;
    private static final double MOST_CPU_SHARE = 1;
    private static final double MOST_KB = 200;
    private static final long SETTLED_BYTES = 100_000;
    private static final long SETTLE_NS = 300_000_000L;

    static IdleSessions measure(byte[] file, int count) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<ProctoringSession> sessions = new ArrayList<>();
        try (ProctoringEngine engine = ProctoringEngine.create()) {
            sessions.add(engine.openSession(SessionConfig.live(Policy.interview())));
            send(sessions, file, WARM_UP_FRAMES);
            long before = usedBytes();
            for (int i = 0; i < count; i++) {
                sessions.add(engine.openSession(SessionConfig.live(Policy.interview())));
            }
            send(sessions.subList(1, sessions.size()), file, FRAMES);
            long after = usedBytes();
            long cpuNs = process.getProcessCpuTime();
            long beganNs = System.nanoTime();
            for (long leftNs = WATCH_NS; leftNs > 0; leftNs = beganNs + WATCH_NS - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
            double share = 100.0 * (process.getProcessCpuTime() - cpuNs) / (System.nanoTime() - beganNs);
            return new IdleSessions(share, (after - before) / (double) count);
        }
    }

    private static void send(List<ProctoringSession> sessions, byte[] file, int frames) {
        for (int i = 0; i < frames; i++) {
            for (ProctoringSession session : sessions) {
                session.offer(Frame.encoded(file, TimeUnit.SECONDS.toNanos(i)));
            }
            for (ProctoringSession session : sessions) {
                if (!session.drain(Duration.ofSeconds(60))) {
                    throw new IllegalStateException("a session did not come to rest");
                }
            }
        }
    }

    /** Used heap and direct buffers, when collections find no more to free: buffers of an engine before are freed a while after it. */
    private static long usedBytes() {
        long fewest = Long.MAX_VALUE;
        long used = usedAfterCollection();
        while (used < fewest - SETTLED_BYTES) {
            fewest = used;
            LockSupport.parkNanos(SETTLE_NS);
            used = usedAfterCollection();
        }
        return used;
    }

    private static long usedAfterCollection() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(java.lang.management.BufferPoolMXBean.class).stream()
                .mapToLong(java.lang.management.BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
    }

    void print(PrintStream out) {
        LoadBench.say(out, "100 idle sessions: CPU, % of one core", cpuShare, MOST_CPU_SHARE);
        LoadBench.say(out, "100 idle sessions: memory each, kB", bytesEach / 1000, MOST_KB);
    }
}
