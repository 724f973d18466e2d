package io.invigil.core.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks while the ring is empty and naps while an upstream stage works. The stock blocking strategies spin in the second
 * case, which with stages of milliseconds burns a core for each stage (docs/adr/0001).
 */
public final class ParkingWaitStrategy implements WaitStrategy {
    /** Short against a stage's milliseconds, long against the cost of a nap. */
    private static final long NAP_NS = 200_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();

    /** A strategy for one ring. */
    public ParkingWaitStrategy() {}

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException {
        // Waits end by an alert only. Were an interrupt to end one, the processor would count a frame that was never
        // published
        // as done; and a set flag would turn every nap into a spin. A listener run on this thread may have set it.
        Thread.interrupted();
        if (cursor.get() < sequence) {
            lock.lock();
            try {
                while (cursor.get() < sequence) {
                    barrier.checkAlert();
                    published.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }
        long available = dependent.get();
        while (available < sequence) {
            barrier.checkAlert();
            LockSupport.parkNanos(this, NAP_NS);
            available = dependent.get();
        }
        return available;
    }

    @Override
    public void signalAllWhenBlocking() {
        lock.lock();
        try {
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
