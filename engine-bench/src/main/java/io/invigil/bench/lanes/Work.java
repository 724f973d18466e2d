package io.invigil.bench.lanes;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Stages that do nothing but burn a stated CPU time, so that all other CPU time is the design's. Thread-safe. */
enum Work {
    DECODE(500_000),
    FACE(3_000_000),
    GAZE(1_000_000),
    PRESENCE(2_000_000),
    RULES(100_000);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long cpuNs;

    Work(long cpuNs) {
        this.cpuNs = cpuNs;
    }

    /** CPU time of one frame through all stages. */
    static long frameCpuNs() {
        long sum = 0;
        for (Work work : values()) {
            sum += work.cpuNs;
        }
        return sum;
    }

    /** Burns CPU time of this thread; being preempted costs wall time only. */
    void burn() {
        long endNs = THREADS.getCurrentThreadCpuTime() + cpuNs;
        while (THREADS.getCurrentThreadCpuTime() < endNs) {
            Thread.onSpinWait();
        }
    }
}
