package io.invigil.server.store;

import io.invigil.server.record.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes. Callers hand work over and never wait for the disk unless they want to; what gathered while the
 * last commit was forced to the disk is committed together by the next. A future is completed after the commit that holds its
 * work, never before; its dependents run on the writing thread and must be brief. Work that fails is undone alone and fails
 * its own future alone.
 *
 * <p>When the connection is lost while a commit is under way, nobody knows at first whether it took effect. The futures of
 * what it holds then stay open until a new connection tells ({@link CommitName}); nothing else is written before. So what is
 * told to be not kept is not kept, and may be handed over again.
 *
 * <p>Work that waits may be {@linkplain #abandon taken back}; whoever gives up on it knows that it never runs later.
 *
 * <p>The queue is bounded by count and by bytes; work that finds it full is refused at once with {@link StoreException}.
 */
final class CommitQueue {
    /** The most work in one commit: bounds how long a transaction holds. */
    private static final int MAX_BATCH = 512;

    private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);

    private final ConnectionSource connections;
    private final BlockingQueue<Pending<?>> waiting;
    private final long maxBytes;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final StoreMeter meter;
    private final Thread writer;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicInteger lostSinceClosing = new AtomicInteger();
    private volatile boolean closing;
    private volatile boolean givenUp;
    /** What is being written, and what it is not yet known of whether it was. */
    private volatile List<Pending<?>> underWay = List.of();

    private final Outage outage = new Outage();
    private volatile long oldestSinceNs;
    private volatile Connection connection;
    private Optional<Undecided> undecided = Optional.empty();

    CommitQueue(ConnectionSource connections, int maxWaiting, long maxBytes, StoreMeter meter) throws SQLException {
        this.connections = connections;
        this.waiting = new ArrayBlockingQueue<>(maxWaiting);
        this.maxBytes = maxBytes;
        this.meter = meter;
        this.connection = connections.open();
        this.writer = new Thread(this::write, "invigil-store");
        writer.setDaemon(true);
        writer.start();
    }

    /** Opens the connection that writes. */
    @FunctionalInterface
    interface ConnectionSource {
        Connection open() throws SQLException;
    }

    /** A commit whose answer was lost, and what it holds. */
    private record Undecided(CommitName name, List<Pending<?>> work, long beganNs, long sinceNs) {}

    /**
     * What a close left.
     *
     * @param lost changes that are not kept
     * @param unknown changes of which it is not known
     */
    record Left(int lost, int unknown) {
        int all() {
            return lost + unknown;
        }
    }

    /** Hands work over. Never blocks. */
    <T> Pending<T> submit(long bytes, Pending.Work<T> work) {
        return submit(new Pending<>(work, true, bytes, System.nanoTime()));
    }

    /** Hands work over that changes nothing. Never blocks. */
    <T> Pending<T> look(long bytes, Pending.Work<T> work) {
        return submit(new Pending<>(work, false, bytes, System.nanoTime()));
    }

    private <T> Pending<T> submit(Pending<T> pending) {
        long bytes = pending.bytes();
        if (closing) {
            pending.fail(new StoreException("the store is closed", null));
            return pending;
        }
        long all = waitingBytes.addAndGet(bytes);
        if (all > maxBytes || !waiting.offer(pending)) {
            waitingBytes.addAndGet(-bytes);
            meter.refused();
            pending.fail(new StoreException(
                    "the store does not keep up: " + waiting.size() + " writes with " + (all - bytes)
                            + " bytes wait already",
                    null));
        } else if (ended.isDone() && waiting.remove(pending)) {
            waitingBytes.addAndGet(-bytes);
            pending.fail(new StoreException("the store is closed", null));
        }
        return pending;
    }

    /** Takes work back that did not begin; false when it runs or ran, and its outcome is to be waited for. */
    boolean abandon(Pending<?> pending) {
        boolean taken = pending.abandon();
        if (taken && waiting.remove(pending)) {
            waitingBytes.addAndGet(-pending.bytes());
        }
        return taken;
    }

    private void write() {
        List<Pending<?>> batch = new ArrayList<>(MAX_BATCH);
        while (!closing || !givenUp && (!waiting.isEmpty() || undecided.isPresent())) {
            try {
                Pending<?> first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    settle();
                    continue;
                }
                oldestSinceNs = undecided.map(Undecided::sinceNs).orElse(first.sinceNs());
                batch.add(first);
                waiting.drainTo(batch, MAX_BATCH - 1);
                underWay =
                        Stream.concat(undecidedWork().stream(), batch.stream()).toList();
                commit(batch);
            } catch (InterruptedException stop) {
                closing = true;
            } finally {
                for (Pending<?> done : batch) {
                    waitingBytes.addAndGet(-done.bytes());
                }
                batch.clear();
                underWay = undecidedWork();
                oldestSinceNs = undecided.map(Undecided::sinceNs).orElse(0L);
            }
        }
        undecidedWork()
                .forEach(pending -> pending.fail(new StoreException(
                        "the connection was lost and the store is closed: it is not known whether a change is kept",
                        null)));
        closeQuietly();
        ended.complete(null); // What is handed over from here on either is found below or finds this done.
        giveUpWaiting();
    }

    private List<Pending<?>> undecidedWork() {
        return undecided.map(Undecided::work).orElse(List.of());
    }

    private static int changesIn(Collection<Pending<?>> work) {
        return (int) work.stream().filter(pending -> pending.changes()).count();
    }

    private void giveUpWaiting() {
        List<Pending<?>> late = new ArrayList<>();
        waiting.drainTo(late);
        for (Pending<?> pending : late) {
            waitingBytes.addAndGet(-pending.bytes());
            pending.fail(new StoreException("the store is closed; the change is not kept", null));
        }
        lostSinceClosing.addAndGet(changesIn(late));
    }

    private void commit(List<Pending<?>> batch) {
        long beganNs = System.nanoTime();
        List<Pending<?>> good = new ArrayList<>(batch.size());
        CommitName name = CommitName.unused();
        try {
            connect();
            for (Pending<?> pending : batch) {
                if (pending.begin() && runAlone(pending)) {
                    good.add(pending);
                }
            }
            if (good.stream().anyMatch(pending -> pending.changes())) {
                name.put(connection);
            }
        } catch (SQLException
                | RuntimeException
                | Error failure) { // Whoever waits hears of it, and the thread goes on.
            outage.began(failure);
            closeQuietly();
            fail(batch, new StoreException("the store could not keep a change", failure));
            return;
        }
        try {
            connection.commit();
        } catch (SQLException | RuntimeException | Error failure) {
            outage.began(failure);
            closeQuietly();
            undecided = Optional.of(new Undecided(name, good, beganNs, oldestSinceNs));
            settle();
            return;
        }
        outage.ended();
        succeed(good, beganNs);
    }

    /** Sees to it that there is a connection and that what was committed over the one before is known. */
    private void connect() throws SQLException {
        if (connection == null) {
            connection = connections.open();
        }
        if (undecided.isPresent()) {
            Undecided before = undecided.get();
            boolean kept = before.name().isLatest(connection);
            connection.rollback(); // Nothing stays open while nobody writes.
            undecided = Optional.empty();
            if (kept) {
                outage.ended();
                succeed(before.work(), before.beganNs());
            } else {
                fail(before.work(), new StoreException("the connection was lost before a change was kept", null));
            }
        }
    }

    /** Finds out what became of a commit whose answer was lost, if there is one and the database answers. */
    private void settle() {
        if (undecided.isEmpty() || givenUp) {
            return;
        }
        try {
            connect();
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("The database does not tell what became of a commit", failure);
            closeQuietly();
        }
    }

    private void succeed(List<Pending<?>> kept, long beganNs) {
        meter.committed(kept.size(), System.nanoTime() - beganNs); // Who is answered finds it counted.
        kept.forEach(Pending::succeed);
    }

    private void fail(List<Pending<?>> work, StoreException why) {
        // What failed alone or was given up is counted already.
        List<Pending<?>> lost =
                work.stream().filter(pending -> !pending.outcome().isDone()).toList();
        outage.lost(lost.size());
        if (closing) {
            lostSinceClosing.addAndGet(changesIn(lost));
        }
        meter.failed(lost.size());
        lost.forEach(pending -> pending.fail(why));
    }

    /** Runs work so that it takes effect whole or not at all; throws when the transaction itself is spoilt. */
    private boolean runAlone(Pending<?> pending) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            pending.run(connection);
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException | RuntimeException failure) {
            connection.rollback(before);
            connection.releaseSavepoint(before);
            pending.fail(
                    failure instanceof StoreException known
                            ? known
                            : new StoreException("the store could not keep a change", failure));
            meter.failed(1);
            return false;
        }
    }

    private void closeQuietly() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException failure) {
                LOG.debug("A broken connection does not close", failure);
            }
        }
    }

    /** Writes that wait. */
    int size() {
        return waiting.size();
    }

    /** How long the oldest write has been waiting or written, in nanoseconds; 0 when none is. */
    long oldestAgeNs() {
        long since = oldestSinceNs;
        return since == 0 ? 0 : Math.max(0, System.nanoTime() - since);
    }

    /** Completed when nothing is written any more and the connection is closed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /**
     * Takes no more work, writes what waits, and closes the connection. A database that does not answer is waited for until
     * the time is over: then what waits is given up, and the connection is broken off.
     */
    Left close(Duration timeout) {
        closing = true;
        if (isEndedWithin(timeout)) {
            return new Left(lostSinceClosing.get(), 0);
        }
        givenUp = true;
        giveUpWaiting();
        int unknown = giveUpUnderWay();
        // Before the writer wakes up, who counts what it finds failed then.
        Left left = new Left(lostSinceClosing.get(), unknown);
        breakOff();
        return left;
    }

    /** Answers of how many changes it is not known whether they are kept. */
    private int giveUpUnderWay() {
        int unknown = 0;
        for (Pending<?> pending : underWay) {
            if (pending.abandon()) {
                lostSinceClosing.addAndGet(pending.changes() ? 1 : 0);
            } else if (pending.changes() && !pending.outcome().isDone()) {
                unknown++;
            }
        }
        return unknown;
    }

    private boolean isEndedWithin(Duration timeout) {
        boolean interrupted = false;
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                try {
                    ended.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (TimeoutException | ExecutionException late) {
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void breakOff() {
        Connection hanging = connection;
        if (hanging != null) {
            try {
                hanging.abort(Runnable::run);
            } catch (SQLException failure) {
                LOG.debug("A hanging connection does not break off", failure);
            }
        }
    }
}
