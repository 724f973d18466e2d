package io.invigil.core.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits for threads without losing an interrupt. */
final class Threads {
    private Threads() {}

    /** Waits for all of them, at most this long in all; true when every one has ended. */
    static boolean joinAll(List<Thread> threads, Duration timeout) {
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0) {
                    break;
                }
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
