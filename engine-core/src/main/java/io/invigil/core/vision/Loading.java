package io.invigil.core.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Loads several parts at the same time, all of them or none: a process should start fast. When one
 * fails, or {@link #all()} is never reached, those that were loaded are closed. For use by one thread, which may do
 * other work between {@link #begin} and {@link #all()}.
 */
final class Loading implements AutoCloseable {
    private final ExecutorService threads;
    private final List<Future<?>> parts = new ArrayList<>();
    private boolean complete;

    /** On at most so many threads, which end when all is loaded. */
    Loading(int mostThreads) {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(mostThreads, task -> {
            Thread thread = new Thread(task, "invigil-load-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to load a part; what comes back waits for it and gives it. Parts are begun in the order of the calls, so one may wait
     * for those before it.
     */
    <T> Supplier<T> begin(Supplier<T> part) {
        Future<T> loading = threads.submit(part::get);
        parts.add(loading);
        return () -> loaded(loading);
    }

    /**
     * Waits for all parts, interrupted or not.
     *
     * @throws RuntimeException of the first part, in the order they were begun, that failed; those of others are suppressed
     * @throws Error as above
     */
    void all() {
        Throwable failure = null;
        for (Future<?> part : parts) {
            failure = joined(failure, failureOf(part));
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        complete = true;
    }

    /** Closes what was loaded, unless it is all there. */
    @Override
    public void close() {
        threads.shutdown();
        if (complete) {
            return;
        }
        for (Future<?> part : parts) {
            if (failureOf(part) == null && loaded(part) instanceof AutoCloseable closeable) {
                close(closeable);
            }
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // The failure that led here is on its way and says more; the other parts are still to be closed.
            return;
        }
    }

    private static Throwable failureOf(Future<?> part) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    part.get();
                    return null;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            return e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Throwable joined(Throwable first, Throwable next) {
        if (first == null || next == null) {
            return first == null ? next : first;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }

    private static <T> T loaded(Future<T> part) {
        try {
            return part.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a part that was asked for could not be loaded", e);
        }
    }
}
