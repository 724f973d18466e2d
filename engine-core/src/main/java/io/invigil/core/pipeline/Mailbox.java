package io.invigil.core.pipeline;

import io.invigil.api.FrameResult;
import io.invigil.api.Registration;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener's queue: letters are delivered one at a time and in order on the executor, so that a slow or throwing
 * listener holds up nobody but itself. Frame results beyond a bound give way to newer ones; everything else is kept, up to
 * a bound at which the session must fail rather than lose an alert in silence.
 */
final class Mailbox implements Registration {
    /** Frame results kept for a listener that is behind. */
    static final int MAX_RESULTS = 64;
    /** Alerts and events kept for a listener that is behind: hours of a badly behaved session. */
    static final int MAX_KEPT = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final SessionListener listener;
    private final Executor executor;
    private final Runnable onDelivered;
    private final Consumer<Mailbox> onClosed;
    private final boolean hearsResults;
    /** Made once: handed over for every letter to a listener that is idle. */
    private final Runnable delivery = this::deliverAll;

    private final Deque<Consumer<SessionListener>> letters = new ArrayDeque<>();
    private int results;
    private long conflated;
    private long failures;
    private boolean scheduled;
    private boolean refused;
    /** Who is in the listener now; null for nobody. */
    private Thread deliverer;

    private boolean closed;

    Mailbox(SessionListener listener, Executor executor, Runnable onDelivered, Consumer<Mailbox> onClosed) {
        this.listener = listener;
        hearsResults = hearsResults(listener);
        this.executor = executor;
        this.onDelivered = onDelivered;
        this.onClosed = onClosed;
    }

    /** A frame's result; the only kind of letter that may give way. One serves all mailboxes of a session. */
    record FrameLetter(SessionId session, FrameResult result) implements Consumer<SessionListener> {
        @Override
        public void accept(SessionListener listener) {
            listener.onFrameResult(session, result);
        }
    }

    /** One that throws when it is asked gets all there is, as one that does not say. */
    private boolean hearsResults(SessionListener asked) {
        try {
            return asked.hearsFrameResults();
        } catch (RuntimeException | Error failure) {
            noteFailure(failure);
            return true;
        }
    }

    /** Whether the listener wants letters about frames; others it does not get. */
    boolean hearsResults() {
        return hearsResults;
    }

    /**
     * Puts a letter in.
     *
     * @return false when the bound on kept letters is reached and the letter was not taken
     */
    boolean post(Consumer<SessionListener> letter) {
        boolean isResult = letter instanceof FrameLetter;
        synchronized (this) {
            if (closed || isResult && !hearsResults) {
                return true;
            }
            if (isResult && results >= MAX_RESULTS) {
                dropOldestResult();
            }
            if (!isResult && letters.size() - results >= MAX_KEPT) {
                return false;
            }
            letters.add(letter);
            results += isResult ? 1 : 0;
        }
        handOver();
        return true;
    }

    /** Has the letters delivered, if any wait and nobody is about to: after a refusal of the executor this is how they go on. */
    void handOver() {
        synchronized (this) {
            if (scheduled || letters.isEmpty()) {
                return;
            }
            scheduled = true;
        }
        try {
            executor.execute(delivery);
        } catch (RuntimeException | Error e) {
            // A full executor, or no memory for another thread: tried again with the next letter, frame or look of a
            // waiter.
            boolean first;
            synchronized (this) {
                scheduled = false;
                first = !refused;
                refused = true;
            }
            if (first) {
                LOG.warn(
                        "the listener executor failed with {}; letters wait, further failures are not told",
                        e.getClass().getName());
            }
        }
    }

    /** Puts in one letter more, whatever waits: the last word to a listener that fell too far behind. */
    void postLast(Consumer<SessionListener> letter) {
        synchronized (this) {
            letters.add(letter);
        }
        handOver();
    }

    /** Passed when all that waited before it has been delivered or has given way. */
    static final class Mark implements Consumer<SessionListener> {
        private volatile boolean passed;

        @Override
        public void accept(SessionListener listener) {
            passed = true;
        }

        boolean isPassed() {
            return passed;
        }
    }

    /** Marks the place behind all that waits or is being delivered now. */
    synchronized Mark mark() {
        Mark mark = new Mark();
        if (letters.isEmpty() && deliverer == null) {
            mark.accept(listener);
        } else {
            letters.add(mark);
        }
        return mark;
    }

    /** Takes out a mark that nobody waits for any longer. */
    synchronized void remove(Mark mark) {
        letters.remove(mark);
    }

    private void dropOldestResult() {
        Iterator<Consumer<SessionListener>> oldestFirst = letters.iterator();
        while (oldestFirst.hasNext()) {
            if (oldestFirst.next() instanceof FrameLetter) {
                oldestFirst.remove();
                results--;
                conflated++;
                return;
            }
        }
    }

    private void deliverAll() {
        Consumer<SessionListener> letter;
        while ((letter = next()) != null) {
            try {
                letter.accept(listener);
            } catch (Throwable e) {
                noteFailure(e);
            }
            onDelivered.run();
        }
        onDelivered.run();
    }

    private synchronized Consumer<SessionListener> next() {
        Consumer<SessionListener> letter = letters.poll();
        deliverer = letter == null ? null : Thread.currentThread();
        if (letter == null) {
            scheduled = false;
        } else if (letter instanceof FrameLetter) {
            results--;
        }
        return letter;
    }

    private void noteFailure(Throwable failure) {
        boolean first;
        synchronized (this) {
            first = failures++ == 0;
        }
        if (first) {
            LOG.warn("{}; further throws of it are only counted", describe(failure));
        }
    }

    /** Who threw what and where. The message is left out: it may hold names. */
    String describe(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return "the listener " + listener.getClass().getName() + " threw "
                + failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    /** True when so many results wait that a replay should hold its next frame. */
    synchronized boolean isBehind() {
        return results >= MAX_RESULTS / 2;
    }

    /** True when it is the listener that asks. */
    synchronized boolean isDeliveredHere() {
        return deliverer == Thread.currentThread();
    }

    @Override
    public synchronized long failures() {
        return failures;
    }

    @Override
    public synchronized long conflated() {
        return conflated;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        onClosed.accept(this);
    }
}
