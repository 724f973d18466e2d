package io.invigil.server.store;

import io.invigil.server.record.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Work that was handed to a {@link CommitQueue}. It is either run or abandoned, never both. */
final class Pending<T> {
    private enum Stage {
        WAITING,
        RUNNING,
        ABANDONED
    }

    /** Something to do inside a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final Work<T> work;
    private final boolean changes;
    private final CompletableFuture<T> kept = new CompletableFuture<>();
    private final long bytes;
    private final long sinceNs;
    private T result;

    Pending(Work<T> work, boolean changes, long bytes, long sinceNs) {
        this.work = work;
        this.changes = changes;
        this.bytes = bytes;
        this.sinceNs = sinceNs;
    }

    boolean changes() {
        return changes;
    }

    long bytes() {
        return bytes;
    }

    /** When it was handed over, of the monotonic clock. */
    long sinceNs() {
        return sinceNs;
    }

    /** Completed after the commit that holds the work; exceptionally when it is not kept. */
    CompletableFuture<T> outcome() {
        return kept;
    }

    /** True for who may run it now; nobody may after that. */
    boolean begin() {
        return stage.compareAndSet(Stage.WAITING, Stage.RUNNING);
    }

    /** True when it had not begun; it never runs then, and has failed. */
    boolean abandon() {
        boolean taken = stage.compareAndSet(Stage.WAITING, Stage.ABANDONED);
        if (taken) {
            fail(new StoreException("the change was taken back before it began", null));
        }
        return taken;
    }

    void run(Connection connection) throws SQLException {
        result = work.on(connection);
    }

    void succeed() {
        kept.complete(result);
    }

    void fail(StoreException why) {
        kept.completeExceptionally(why);
    }
}
