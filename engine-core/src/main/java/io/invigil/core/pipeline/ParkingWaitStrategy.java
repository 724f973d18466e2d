package io.invigil.core.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Blocks while the ring is empty and naps while an upstream stage works. The stock blocking strategies spin in the second
 * case, which with stages of milliseconds burns a core for each stage (docs/adr/0001).
 */
public final class ParkingWaitStrategy implements WaitStrategy {
    /** Short against a stage's milliseconds, long against the cost of a nap. */
    private static final long NAP_NS = 200_000;

    /** The ring's threads, each from its first wait on: parking them leaves no garbage, as waits on a condition would. */
    private volatile Thread[] waiters = {};

    /** A strategy for one ring. */
    public ParkingWaitStrategy() {}

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException {
        // Waits end by an alert only. Were an interrupt to end one, the processor would count a frame that was never
        // published as done; and a set flag would turn every nap into a spin. A listener run on this thread may have
        // set it.
        Thread.interrupted();
        if (cursor.get() < sequence) {
            enlist(Thread.currentThread());
            while (cursor.get() < sequence) {
                barrier.checkAlert();
                LockSupport.park(this);
                Thread.interrupted();
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

    /** Before the cursor is looked at again: whoever moves it afterwards finds the thread here. */
    private void enlist(Thread thread) {
        if (!isEnlisted(thread)) {
            synchronized (this) {
                Thread[] more = Arrays.copyOf(waiters, waiters.length + 1);
                more[waiters.length] = thread;
                waiters = more;
            }
        }
    }

    private boolean isEnlisted(Thread thread) {
        for (Thread waiter : waiters) {
            if (waiter == thread) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void signalAllWhenBlocking() {
        for (Thread waiter : waiters) {
            LockSupport.unpark(waiter);
        }
    }
}
