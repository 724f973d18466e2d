package io.invigil.core.pipeline;

import io.invigil.api.Alert;
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
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One candidate's session on the lanes: entrance, judgement and listeners. */
public final class PipelineSession implements ProctoringSession {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final SessionConfig config;
    private final Duration closeTimeout;
    private final PerceptionMemory memory;
    private final Consumer<PipelineSession> onClosed;
    private final LaneSet lanes;
    private final Admission admission;
    private final AtomicReference<SessionState> state = new AtomicReference<>(SessionState.OPEN);
    private final Audience audience;

    /** Guards the rules: a lane's last stage judges, the closing thread says the last word. */
    private final Object judgementLock = new Object();

    private final SessionRules rules;
    private boolean judgementEnded;
    private boolean overloaded;
    private long overloadSinceNs;
    private long lastJudgedNs;
    private SessionReport report;
    private volatile boolean lastWordSaid;
    private volatile boolean cutShort;
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
        this.memory = memory;
        this.lanes = lanes;
        this.onClosed = onClosed;
        this.rules = rules(config);
        this.audience = new Audience(config.id(), executor, this::progressed, this::fail);
        this.admission = new Admission(this, config, lanes, maxPixels, audience);
        admission.goOnAfter(rules.lastFrameIndex(), rules.lastTimestampNs(), rules.isPaused());
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
                audience.tell(listener -> listener.onSignal(id(), signal));
            }
            audience.tellEvents(judgement.events());
            audience.tellAlerts(judgement.alerts());
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
        return audience.add(listener);
    }

    private void progressed() {
        admission.signalProgress();
    }

    @Override
    public SessionState state() {
        return state.get();
    }

    @Override
    public boolean isPaused() {
        synchronized (judgementLock) {
            return rules.isPaused();
        }
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
        audience.requireNoListenerCalls("drain");
        long deadlineNs = System.nanoTime() + nanos(timeout);
        return admission.awaitDone(deadlineNs) && audience.awaitDelivered(deadlineNs);
    }

    /** A wait of more than a day is a wait of a day, one below zero is none: sums of nanoseconds must not overflow. */
    private static long nanos(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative()) {
            return 0;
        }
        return timeout.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT.toNanos() : timeout.toNanos();
    }

    @Override
    public SessionReport close(Duration timeout) {
        audience.requireNoListenerCalls("close");
        return closeOnce(timeout);
    }

    /** Several threads may close at once, each waiting for no longer than it was told to. */
    private SessionReport closeOnce(Duration timeout) {
        if (lastWordSaid) {
            return report();
        }
        long deadlineNs = System.nanoTime() + nanos(timeout);
        boolean done = finishWork(deadlineNs);
        boolean delivered = audience.awaitDelivered(deadlineNs);
        return close(done && delivered);
    }

    private synchronized SessionReport report() {
        return report;
    }

    /** The first part of a close: no further frame is taken. */
    public void stopTaking() {
        if (state.compareAndSet(SessionState.OPEN, SessionState.DRAINING)) {
            audience.tellState(SessionState.DRAINING);
        }
        admission.shut();
    }

    /**
     * The second part of a close: finishes what is inside, at most this long, and tells the last word without waiting for
     * anybody to hear it.
     */
    public void finishWork(Duration timeout) {
        finishWork(System.nanoTime() + nanos(timeout));
    }

    private boolean finishWork(long deadlineNs) {
        stopTaking();
        boolean done = admission.awaitDone(deadlineNs);
        if (!done) {
            cutShort = true; // However soon the frames inside leave now, they are not judged.
            admission.giveUpPending();
        }
        endJudgement();
        if (state.compareAndSet(SessionState.DRAINING, SessionState.CLOSED)) {
            audience.tellState(SessionState.CLOSED);
        }
        return !cutShort;
    }

    private synchronized SessionReport close(boolean complete) {
        if (report == null) {
            report = new SessionReport(frames(), complete);
            lastWordSaid = true;
            closeMemoryWhenEmpty();
            onClosed.accept(this);
        }
        return report;
    }

    @Override
    public void close() {
        close(closeTimeout);
    }

    /** Refuses to be closed by one of its own listeners. */
    public void requireNoListenerCalls() {
        audience.requireNoListenerCalls("close");
    }

    private void endJudgement() {
        synchronized (judgementLock) {
            if (!judgementEnded) {
                judgementEnded = true;
                if (overloaded) {
                    tellOverload(lastJudgedNs);
                }
                Judgement last = rules.finish();
                audience.tellEvents(last.events());
                audience.tellAlerts(last.alerts());
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
            audience.handOver();
        } finally {
            admission.count(analysed);
            closeMemoryWhenEmpty();
        }
    }

    private boolean judgeAndTell(FrameSlot slot) {
        long beganNs = System.nanoTime();
        long timestampNs = slot.buffer().timestampNs();
        // What is made for listeners is made before the rules go on: if it cannot be, the whole frame has failed.
        boolean heard = audience.hearsResults();
        Observation observation = null;
        EngineException failure = slot.failure();
        if (failure == null) {
            try {
                Sight seen = slot.workspace().observe(slot.frameIndex());
                observation = heard ? seen.toObservation() : null;
                rules.judge(seen);
            } catch (Throwable e) {
                failure = slot.failureOf("judging", e);
            }
        }
        if (failure != null) {
            rules.judgeFailed(slot.frameIndex(), timestampNs, failure.code().name());
        }
        slot.took(Stage.RULES, System.nanoTime() - beganNs);
        noteShedding(slot.load(), timestampNs);
        audience.tellEvents(rules.events());
        audience.tellAlerts(rules.alerts());
        if (heard) {
            tellResult(slot, failure == null ? Optional.of(observation) : Optional.empty(), failure);
        }
        return failure == null;
    }

    /** Makes values to keep of what the frame left in memory that the next one uses. */
    private void tellResult(FrameSlot slot, Optional<Observation> observation, EngineException failure) {
        audience.tellResult(new FrameResult(
                slot.frameIndex(),
                slot.buffer().timestampNs(),
                observation,
                failure == null ? Optional.of(rules.attention()) : Optional.empty(),
                rules.alerts().isEmpty() ? List.of() : rules.alerts(),
                Optional.ofNullable(failure),
                slot.timings(),
                slot.load()));
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
        audience.tellEvent(new SessionEvent(
                SessionEvent.Kind.OVERLOAD,
                overloadSinceNs,
                untilNs,
                "The engine was overloaded: bodies, objects and further faces were looked for less often"));
    }

    /** A frame was refused; the listeners hear why. */
    void tellError(EngineException error) {
        audience.tellError(error);
    }

    private void fail(EngineException overflow) {
        if (state.compareAndSet(SessionState.OPEN, SessionState.FAILED)
                || state.compareAndSet(SessionState.DRAINING, SessionState.FAILED)) {
            admission.shut();
            audience.tellError(overflow);
            audience.tellState(SessionState.FAILED);
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

    /** A slot of this lane is the session's, and its next frames have to go there too. Called under the admission's lock. */
    void enter(RingLane frames) {
        lane = frames;
        admission.entered();
    }

    /** No frame of the session is inside: the next may go anywhere. Called under the admission's lock. */
    void leave() {
        lane = null;
    }

    /** Alerts opened so far. */
    public long alertsOpened() {
        return audience.alertsOpened();
    }

    /** Throws of this session's listeners so far. */
    public long listenerFailures() {
        return audience.failures();
    }

    /** Frame results given up for slow listeners of this session so far. */
    public long conflatedResults() {
        return audience.conflated();
    }
}
