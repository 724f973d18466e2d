package io.invigil.core.pipeline;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.Detector;
import io.invigil.api.EngineException;
import io.invigil.api.EngineLoad;
import io.invigil.api.ErrorCode;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.HostEvent;
import io.invigil.api.IntakeMode;
import io.invigil.api.Judgement;
import io.invigil.api.Observation;
import io.invigil.api.OfferResult;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Registration;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionReport;
import io.invigil.api.SessionScore;
import io.invigil.api.SessionSignal;
import io.invigil.api.SessionState;
import io.invigil.api.Shedding;
import io.invigil.api.SignalJudgement;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.rules.SessionRules;
import io.invigil.core.sight.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One candidate's session on the lanes: entrance, judgement and listeners. */
public final class PipelineSession implements ProctoringSession {
    private static final long IDLE_POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final SessionConfig config;
    private final Duration closeTimeout;
    private final Executor executor;
    private final PerceptionMemory memory;
    private final Consumer<PipelineSession> onClosed;
    private final LaneSet lanes;
    private final Admission admission;
    private final AtomicReference<SessionState> state = new AtomicReference<>(SessionState.OPEN);
    private final CopyOnWriteArrayList<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    /** How many listeners hear frame results; without one none is made. */
    private final AtomicInteger resultListeners = new AtomicInteger();

    /** Guards the rules: a lane's last stage judges, the closing thread says the last word. */
    private final Object judgementLock = new Object();

    private final SessionRules rules;
    private boolean judgementEnded;
    private boolean overloaded;
    private long overloadSinceNs;
    private long lastJudgedNs;
    private final LongAdder alertsOpened = new LongAdder();
    private final LongAdder closedListenerFailures = new LongAdder();
    private final LongAdder closedListenerConflated = new LongAdder();
    private SessionReport report;
    private volatile boolean lastWordSaid;
    private volatile RingLane lane;
    private final AtomicBoolean memoryClosed = new AtomicBoolean();

    PipelineSession(
            SessionConfig config,
            long maxPixels,
            Duration closeTimeout,
            Executor executor,
            PerceptionMemory memory,
            LaneSet lanes,
            Consumer<PipelineSession> onClosed) {
        this.config = config;
        this.closeTimeout = closeTimeout;
        this.executor = executor;
        this.memory = memory;
        this.lanes = lanes;
        this.onClosed = onClosed;
        this.rules = rules(config);
        this.admission = new Admission(this, config, lanes, maxPixels, this::listenersBehind);
        admission.goOnAfter(rules.lastFrameIndex(), rules.isPaused());
    }

    private static SessionRules rules(SessionConfig config) {
        if (config.resumeFrom().isEmpty()) {
            return new SessionRules(config.effectivePolicy());
        }
        try {
            return SessionRules.restore(
                    config.effectivePolicy(), config.resumeFrom().get());
        } catch (IllegalArgumentException unfit) {
            throw new EngineException(ErrorCode.CONFIGURATION, "resumeFrom does not fit: " + unfit.getMessage());
        }
    }

    @Override
    public SessionId id() {
        return config.id();
    }

    @Override
    public OfferResult offer(Frame frame) {
        return admission.offer(frame);
    }

    @Override
    public Optional<Alert> report(SessionSignal signal) {
        Objects.requireNonNull(signal, "signal");
        synchronized (judgementLock) {
            if (judgementEnded) {
                return Optional.empty();
            }
            SignalJudgement judgement = rules.signal(signal);
            admission.pause(rules.isPaused());
            if (isAskedFor(signal)) {
                tell(listener -> listener.onSignal(id(), signal));
            }
            tellEvents(judgement.events());
            tellAlerts(judgement.alerts());
            return judgement.answer();
        }
    }

    /** What the host reports of a kind that is off is not passed on, so that nobody stores it. */
    private boolean isAskedFor(SessionSignal signal) {
        if (signal instanceof CalibrationTarget) {
            return config.effectivePolicy().needs(Detector.GAZE);
        }
        return !(signal instanceof HostEvent event)
                || config.effectivePolicy().rule(event.type()).enabled();
    }

    @Override
    public byte[] snapshot() {
        synchronized (judgementLock) {
            return rules.snapshot();
        }
    }

    @Override
    public Registration addListener(SessionListener listener) {
        Mailbox mailbox = new Mailbox(
                Objects.requireNonNull(listener, "listener"), executor, admission::signalProgress, this::forget);
        mailboxes.add(mailbox);
        resultListeners.addAndGet(mailbox.hearsResults() ? 1 : 0);
        return mailbox;
    }

    private void forget(Mailbox mailbox) {
        if (mailboxes.remove(mailbox)) {
            resultListeners.addAndGet(mailbox.hearsResults() ? -1 : 0);
            admission.signalProgress();
            closedListenerFailures.add(mailbox.failures());
            closedListenerConflated.add(mailbox.conflated());
        }
    }

    private boolean listenersBehind() {
        for (Mailbox mailbox : mailboxes) {
            if (mailbox.isBehind()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public SessionState state() {
        return state.get();
    }

    @Override
    public FrameCounts frames() {
        return admission.counts();
    }

    @Override
    public List<Alert> openAlerts() {
        synchronized (judgementLock) {
            return rules.openAlerts();
        }
    }

    @Override
    public SessionScore score() {
        synchronized (judgementLock) {
            return rules.score();
        }
    }

    @Override
    public boolean drain(Duration timeout) {
        long deadlineNs = System.nanoTime() + nanos(timeout);
        return admission.awaitDone(deadlineNs) && awaitDelivered(deadlineNs);
    }

    /** A wait of more than a day is a wait of a day: sums of nanoseconds must not overflow. */
    private static long nanos(Duration timeout) {
        return timeout.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT.toNanos() : timeout.toNanos();
    }

    private boolean awaitDelivered(long deadlineNs) {
        for (Mailbox mailbox : mailboxes) {
            while (!mailbox.isIdle()) {
                if (System.nanoTime() - deadlineNs >= 0
                        || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(this, IDLE_POLL_NS);
            }
        }
        return true;
    }

    @Override
    public synchronized SessionReport close(Duration timeout) {
        if (report != null) {
            return report;
        }
        long deadlineNs = System.nanoTime() + nanos(timeout);
        boolean wasOpen = state.compareAndSet(SessionState.OPEN, SessionState.DRAINING);
        if (wasOpen) {
            tell(listener -> listener.onStateChange(id(), SessionState.DRAINING));
        }
        admission.shut();
        boolean done = admission.awaitDone(deadlineNs);
        if (!done) {
            admission.giveUpPending();
        }
        endJudgement();
        if (state.compareAndSet(SessionState.DRAINING, SessionState.CLOSED)) {
            tell(listener -> listener.onStateChange(id(), SessionState.CLOSED));
        }
        boolean delivered = awaitDelivered(deadlineNs);
        report = new SessionReport(frames(), done && delivered);
        lastWordSaid = true;
        closeMemoryWhenEmpty();
        onClosed.accept(this);
        return report;
    }

    @Override
    public void close() {
        close(closeTimeout);
    }

    private void endJudgement() {
        synchronized (judgementLock) {
            if (!judgementEnded) {
                judgementEnded = true;
                if (overloaded) {
                    tellOverload(lastJudgedNs);
                }
                Judgement last = rules.finish();
                tellEvents(last.events());
                tellAlerts(last.alerts());
            }
        }
    }

    /** After a close that ran out of time the last frame to leave the lane frees the memory. */
    private void closeMemoryWhenEmpty() {
        if (lastWordSaid && admission.isEmpty() && memoryClosed.compareAndSet(false, true)) {
            memory.close();
        }
    }

    /** True when newer frames take the place of older ones. */
    boolean isLive() {
        return config.intake() == IntakeMode.LIVE;
    }

    PerceptionMemory memory() {
        return memory;
    }

    /** The last stage: judges what the frame showed, tells the listeners and counts the frame. */
    void judge(FrameSlot slot) {
        boolean analysed = false;
        try {
            synchronized (judgementLock) {
                // After a close that ran out of time a late frame is counted, but nothing more is said.
                analysed = judgementEnded ? slot.failure() == null : judgeAndTell(slot);
            }
        } finally {
            admission.count(analysed);
            closeMemoryWhenEmpty();
        }
    }

    private boolean judgeAndTell(FrameSlot slot) {
        long beganNs = System.nanoTime();
        long timestampNs = slot.buffer().timestampNs();
        // What is made for listeners is made before the rules go on: where it cannot be, the frame has failed as a
        // whole.
        boolean heard = resultListeners.get() > 0;
        Observation observation = null;
        EngineException failure = slot.failure();
        if (failure == null) {
            try {
                Sight seen = slot.workspace().observe(slot.frameIndex());
                observation = heard ? seen.toObservation() : null;
                rules.judge(seen);
            } catch (EngineException e) {
                failure = e;
            } catch (Throwable e) {
                failure = new EngineException(
                        ErrorCode.STAGE, "judging failed with " + e.getClass().getName(), e);
            }
        }
        if (failure != null) {
            rules.judgeFailed(slot.frameIndex(), timestampNs, failure.code().name());
        }
        slot.took(Stage.RULES, System.nanoTime() - beganNs);
        noteShedding(slot.load(), timestampNs);
        tellEvents(rules.events());
        tellAlerts(rules.alerts());
        if (heard) {
            tellResult(slot, failure == null ? Optional.of(observation) : Optional.empty(), failure);
        }
        return failure == null;
    }

    /** Makes values to keep of what the frame left in memory that the next one uses. */
    private void tellResult(FrameSlot slot, Optional<Observation> observation, EngineException failure) {
        FrameResult result = new FrameResult(
                slot.frameIndex(),
                slot.buffer().timestampNs(),
                observation,
                failure == null ? Optional.of(rules.attention()) : Optional.empty(),
                rules.alerts().isEmpty() ? List.of() : rules.alerts(),
                Optional.ofNullable(failure),
                slot.timings(),
                slot.load());
        Mailbox.FrameLetter letter = new Mailbox.FrameLetter(id(), result);
        for (Mailbox mailbox : mailboxes) {
            mailbox.post(letter);
        }
    }

    private void noteShedding(EngineLoad load, long timestampNs) {
        boolean shedding = load.shedding() != Shedding.NONE;
        if (shedding && !overloaded) {
            overloadSinceNs = timestampNs;
        } else if (!shedding && overloaded) {
            tellOverload(timestampNs);
        }
        overloaded = shedding;
        lastJudgedNs = timestampNs;
    }

    private void tellOverload(long untilNs) {
        SessionEvent event = new SessionEvent(
                SessionEvent.Kind.OVERLOAD,
                overloadSinceNs,
                untilNs,
                "The engine was overloaded: bodies, objects and further faces were looked for less often");
        tell(listener -> listener.onEvent(id(), event));
    }

    private void tellAlerts(List<Alert> alerts) {
        for (int i = 0; i < alerts.size(); i++) { // No iterator: this is done on every frame.
            Alert alert = alerts.get(i);
            if (alert.phase() == AlertPhase.OPENED) {
                alertsOpened.increment();
            }
            tell(listener -> listener.onAlert(id(), alert));
        }
    }

    private void tellEvents(List<SessionEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            SessionEvent event = events.get(i);
            tell(listener -> listener.onEvent(id(), event));
        }
    }

    void tellError(EngineException error) {
        tell(listener -> listener.onError(id(), error));
    }

    private void tell(Consumer<SessionListener> letter) {
        for (Mailbox mailbox : mailboxes) {
            if (!mailbox.post(letter)) {
                fail(mailbox);
            }
        }
    }

    private void fail(Mailbox overflowing) {
        EngineException error = new EngineException(
                ErrorCode.LISTENER_OVERFLOW,
                "a listener left " + Mailbox.MAX_KEPT + " alerts and events waiting; the session takes no more frames");
        overflowing.postLast(listener -> {
            listener.onError(id(), error);
            listener.onStateChange(id(), SessionState.FAILED);
        });
        overflowing.close();
        if (state.compareAndSet(SessionState.OPEN, SessionState.FAILED)
                || state.compareAndSet(SessionState.DRAINING, SessionState.FAILED)) {
            admission.shut();
            tellError(error);
            tell(listener -> listener.onStateChange(id(), SessionState.FAILED));
        }
    }

    /** See {@link Admission#publishPending}. */
    boolean publishPending() {
        return admission.publishPending();
    }

    /** The lane that has frames of this session, or null. */
    RingLane lane() {
        return lane;
    }

    /** Where the session's next frames have to go, null for anywhere. Called under the admission's lock. */
    void bind(RingLane frames) {
        lane = frames;
    }

    /** Alerts opened so far. */
    public long alertsOpened() {
        return alertsOpened.sum();
    }

    /** Throws of this session's listeners so far. */
    public long listenerFailures() {
        return closedListenerFailures.sum()
                + mailboxes.stream().mapToLong(Mailbox::failures).sum();
    }

    /** Frame results given up for slow listeners of this session so far. */
    public long conflatedResults() {
        return closedListenerConflated.sum()
                + mailboxes.stream().mapToLong(Mailbox::conflated).sum();
    }
}
