package io.invigil.core.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.LockSupport;

/**
 * Blocks while the ring is empty and naps while an upstream stage works. The stock blocking strategies spin in the second
 * case, which with stages of milliseconds burns a core for each stage (docs/adr/0001).
 */
public final class ParkingWaitStrategy implements WaitStrategy {
    /** Short against a stage's milliseconds, long against the cost of a nap. */
    private static final long NAP_NS = 200_000;

    /** A monitor, because a condition of java.util.concurrent leaves garbage behind for every wait. */
    private final Object published = new Object();

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
            synchronized (published) {
                while (cursor.get() < sequence) {
                    barrier.checkAlert();
                    awaitPublished();
                }
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

    private void awaitPublished() {
        try {
            published.wait();
        } catch (InterruptedException e) {
            // Whoever interrupted a thread of the engine's own meant a listener; see above.
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        synchronized (published) {
            published.notifyAll();
        }
    }
}
