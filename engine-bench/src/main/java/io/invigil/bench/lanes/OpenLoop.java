package io.invigil.bench.lanes;

import com.lmax.disruptor.RingBuffer;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends frames of several sessions at a fixed rate, whatever the answer, and measures latency from the time at which each
 * should have been sent.
 */
final class OpenLoop {
    private static final OperatingSystemMXBean OS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final int sessions;
    private final double framesPerSecond;
    private final int frames;

    OpenLoop(int sessions, double framesPerSecond, int frames) {
        this.sessions = sessions;
        this.framesPerSecond = framesPerSecond;
        this.frames = frames;
    }

    /**
     * What one run showed.
     *
     * @param cpuPerFrameNs CPU time of the whole process for one frame
     * @param latenciesNs latencies of the sessions asked for, sorted
     */
    record Outcome(double cpuPerFrameNs, long[] latenciesNs) {
        double quantileMs(double share) {
            return latenciesNs[(int) Math.min(latenciesNs.length - 1L, Math.round(share * latenciesNs.length))] / 1e6;
        }
    }

    /** Runs a design; latencies are kept from session {@code firstSession} on, every {@code step}-th. */
    Outcome run(Design design, Design.Slow slow, int firstSession, int step) throws InterruptedException {
        long[] latencies = new long[frames];
        AtomicInteger kept = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(frames);
        List<Ring> rings = design.open(
                slot -> {
                    if (slot.session >= firstSession && (slot.session - firstSession) % step == 0) {
                        latencies[kept.getAndIncrement()] = System.nanoTime() - slot.intendedNs;
                    }
                    left.countDown();
                },
                slow);
        try {
            long startCpuNs = OS.getProcessCpuTime();
            send(rings);
            if (!left.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("frames were lost in: " + design.title);
            }
            double cpuPerFrameNs = (OS.getProcessCpuTime() - startCpuNs) / (double) frames;
            long[] measured = Arrays.copyOf(latencies, kept.get());
            Arrays.sort(measured);
            return new Outcome(cpuPerFrameNs, measured);
        } finally {
            rings.forEach(Ring::close);
        }
    }

    private void send(List<Ring> rings) {
        long startNs = System.nanoTime();
        for (int i = 0; i < frames; i++) {
            long intendedNs = startNs + Math.round(i * 1e9 / framesPerSecond);
            long waitNs;
            while ((waitNs = intendedNs - System.nanoTime()) > 0) {
                LockSupport.parkNanos(waitNs);
            }
            int session = i % sessions;
            RingBuffer<Slot> ring = rings.get(session % rings.size()).buffer;
            long sequence = ring.next();
            Slot slot = ring.get(sequence);
            slot.session = session;
            slot.intendedNs = intendedNs;
            ring.publish(sequence);
        }
    }
}
