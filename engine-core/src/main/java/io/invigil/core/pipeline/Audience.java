package io.invigil.core.pipeline;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.FrameResult;
import io.invigil.api.Registration;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionState;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The listeners of one session, each with its mailbox: what is told here reaches all of them in the order it was told.
 * Thread-safe; telling never waits for a listener.
 */
final class Audience {
    private static final long IDLE_POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SessionId session;
    private final Executor executor;
    private final Runnable onProgress;
    private final Consumer<EngineException> onOverflow;
    private final CopyOnWriteArrayList<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    /** How many listeners hear frame results; without one none is made. */
    private final AtomicInteger resultListeners = new AtomicInteger();

    private final LongAdder alertsOpened = new LongAdder();
    private final LongAdder closedFailures = new LongAdder();
    private final LongAdder closedConflated = new LongAdder();

    /** {@code onProgress} runs when a listener has heard something or left; {@code onOverflow} when one has fallen too far behind. */
    Audience(SessionId session, Executor executor, Runnable onProgress, Consumer<EngineException> onOverflow) {
        this.session = session;
        this.executor = executor;
        this.onProgress = onProgress;
        this.onOverflow = onOverflow;
    }

    Registration add(SessionListener listener) {
        Mailbox mailbox = new Mailbox(Objects.requireNonNull(listener, "listener"), executor, onProgress, this::forget);
        mailboxes.add(mailbox);
        resultListeners.addAndGet(mailbox.hearsResults() ? 1 : 0);
        return mailbox;
    }

    private void forget(Mailbox mailbox) {
        if (mailboxes.remove(mailbox)) {
            resultListeners.addAndGet(mailbox.hearsResults() ? -1 : 0);
            onProgress.run();
            closedFailures.add(mailbox.failures());
            closedConflated.add(mailbox.conflated());
        }
    }

    /** Whether anybody hears frame results. */
    boolean hearsResults() {
        return resultListeners.get() > 0;
    }

    /** Whether so many results wait for a listener that a replay should hold its next frame. */
    boolean isBehind() {
        for (Mailbox mailbox : mailboxes) {
            if (mailbox.isBehind()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses a wait that a listener of the session itself would be waited for in.
     *
     * @throws IllegalStateException on the thread on which one hears something now
     */
    void requireNoListenerCalls(String what) {
        for (Mailbox mailbox : mailboxes) {
            if (mailbox.isDeliveredHere()) {
                throw new IllegalStateException(
                        what + " waits for the session's listeners, and must not be called by one; use another thread");
            }
        }
    }

    /** Tries again what an executor refused; for whoever waits for listeners, and now and then. */
    void handOver() {
        mailboxes.forEach(Mailbox::handOver); // No iterator: this is done on every frame.
    }

    /** Waits until everything told so far is delivered, at most until the deadline of the monotonic clock. */
    boolean awaitDelivered(long deadlineNs) {
        List<Mailbox> awaited = List.copyOf(mailboxes);
        // What is told meanwhile is not waited for: there may be no end to it.
        List<Mailbox.Mark> marks = awaited.stream().map(Mailbox::mark).toList();
        boolean interrupted = false;
        try {
            while (!marks.stream().allMatch(Mailbox.Mark::isPassed)) {
                if (System.nanoTime() - deadlineNs >= 0) {
                    return false;
                }
                awaited.forEach(Mailbox::handOver);
                LockSupport.parkNanos(this, IDLE_POLL_NS);
                interrupted |= Thread.interrupted(); // The wait is bounded, and what it says must be true.
            }
            return true;
        } finally {
            for (int i = 0; i < marks.size(); i++) {
                awaited.get(i).remove(marks.get(i));
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void tellAlerts(List<Alert> alerts) {
        for (int i = 0; i < alerts.size(); i++) { // No iterator: this is done on every frame.
            Alert alert = alerts.get(i);
            if (alert.phase() == AlertPhase.OPENED) {
                alertsOpened.increment();
            }
            tell(listener -> listener.onAlert(session, alert));
        }
    }

    void tellEvents(List<SessionEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            tellEvent(events.get(i));
        }
    }

    void tellEvent(SessionEvent event) {
        tell(listener -> listener.onEvent(session, event));
    }

    void tellError(EngineException error) {
        tell(listener -> listener.onError(session, error));
    }

    void tellState(SessionState state) {
        tell(listener -> listener.onStateChange(session, state));
    }

    void tellResult(FrameResult result) {
        Mailbox.FrameLetter letter = new Mailbox.FrameLetter(session, result);
        for (Mailbox mailbox : mailboxes) {
            mailbox.post(letter);
        }
    }

    void tell(Consumer<SessionListener> letter) {
        for (Mailbox mailbox : mailboxes) {
            if (!mailbox.post(letter)) {
                giveUp(mailbox);
            }
        }
    }

    private void giveUp(Mailbox overflowing) {
        EngineException error = new EngineException(
                ErrorCode.LISTENER_OVERFLOW,
                "a listener left " + Mailbox.MAX_KEPT + " alerts and events waiting; the session takes no more frames");
        overflowing.postLast(listener -> {
            listener.onError(session, error);
            listener.onStateChange(session, SessionState.FAILED);
        });
        overflowing.close();
        onOverflow.accept(error);
    }

    /** Alerts opened so far. */
    long alertsOpened() {
        return alertsOpened.sum();
    }

    /** Throws of the listeners so far, of those too that have left. */
    long failures() {
        return closedFailures.sum()
                + mailboxes.stream().mapToLong(Mailbox::failures).sum();
    }

    /** Frame results given up for slow listeners so far, for those too that have left. */
    long conflated() {
        return closedConflated.sum()
                + mailboxes.stream().mapToLong(Mailbox::conflated).sum();
    }
}
