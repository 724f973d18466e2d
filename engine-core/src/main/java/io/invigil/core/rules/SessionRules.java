package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Attention;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.CameraState;
import io.invigil.api.Detector;
import io.invigil.api.Doubt;
import io.invigil.api.HostEvent;
import io.invigil.api.Judge;
import io.invigil.api.Judgement;
import io.invigil.api.Observation;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.api.SessionSignal;
import io.invigil.api.SignalJudgement;
import io.invigil.core.sight.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges one session: takes its observations one after another and tells which alerts open, go on and close. The same
 * observations and policy always lead to the same answers; time is the observations' own. Not thread-safe.
 *
 * <p>What a picture that is black, covered or standing still shows says nothing about the candidate, and nothing is concluded
 * across a gap between frames; an alert that was open survives a short such stretch.
 */
public final class SessionRules implements Judge {
    private static final long NEVER = Long.MIN_VALUE;
    private static final int SNAPSHOT_FORMAT = 12;

    private final Policy policy;
    private final StreamGapRule gaps;
    private final FrozenVideoRule frozen;
    private final PresenceTicks ticks;
    private final List<KindRule> kinds;
    private final Sight sight = new Sight();
    // What the last frame brought; filled anew for each.
    private final List<Alert> alerts = new ArrayList<>();
    private final List<SessionEvent> events = new ArrayList<>();
    private final Scene scene = new Scene(events);
    private final Looking notLooking = new Looking();
    private Looking looking = notLooking;
    private final HostReports reports;
    private final QualityLog quality = new QualityLog();
    private final BlindLog blindness = new BlindLog();
    private final ScoreKeeper score;
    private boolean paused;
    /** Not part of a snapshot: it holds where a session goes on from. */
    private boolean finished;

    private long lastFrameIndex = -1;
    /** The last frame that said something about the candidate, and whether others came since that did not. */
    private long sightedNs = NEVER;

    private boolean unsighted;

    /** Starts a session's judgement. */
    public SessionRules(Policy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
        reports = new HostReports(policy);
        gaps = new StreamGapRule(policy.rule(AlertType.STREAM_GAP));
        frozen = new FrozenVideoRule();
        ticks = new PresenceTicks(policy.presenceInterval().toNanos());
        score = new ScoreKeeper(policy);
        kinds = kinds(policy);
    }

    /** The rules of all kinds seen in pictures, in the order in which they judge a frame and tell. */
    private List<KindRule> kinds(Policy by) {
        return List.of(
                new TrackedKind(AlertType.NO_FACE, by, new NoFaceRule(by)),
                new TrackedKind(AlertType.MULTIPLE_PERSONS, by, new PersonsRule(by)),
                new TrackedKind(AlertType.IDENTITY_CHANGED, by, new IdentityRule(by)),
                new TrackedKind(AlertType.SPOOF, by, new SpoofRule(by)),
                new TrackedKind(AlertType.EYES_LOOKING_AWAY, by, new LookAwayRule(by)),
                new ObjectsKind(by),
                new TrackedKind(AlertType.BLACK_SCREEN, by, new BlackScreenRule(by)),
                new TrackedKind(
                        AlertType.FROZEN_VIDEO,
                        by,
                        new RepeatedPictureRule(frozen),
                        FrozenVideoRule.GLITCH_NS,
                        by.rule(AlertType.FROZEN_VIDEO).enter()),
                new TrackedKind(AlertType.PARTIAL_FACE, by, new PartialFaceRule(by)),
                new TrackedKind(AlertType.REPEATED_GLANCES, by, new GlanceRule(by)));
    }

    @Override
    public Judgement observe(Observation seen) {
        Objects.requireNonNull(seen, "seen");
        requireUnfinished();
        gaps.requireAfterLast(seen.timestampNs());
        sight.set(seen);
        judge(sight);
        return new Judgement(attention(), alerts, events);
    }

    /**
     * Judges the next analysed frame. What it brought is in {@link #alerts}, {@link #events} and {@link #attention} until the next
     * frame.
     *
     * @param seen what was seen; nothing of it is kept but its immutable values
     */
    public void judge(Sight seen) {
        alerts.clear();
        events.clear();
        lastFrameIndex = seen.frameIndex();
        Moment now = gaps.step(seen.frameIndex(), seen.timestampNs(), true, alerts);
        reports.advance(now.timestampNs(), alerts);
        noteSilence();
        begin(now, seen);
        for (int i = 0; i < kinds.size(); i++) { // No iterator: this is done on every frame.
            kinds.get(i).observe(scene, alerts);
        }
        if (scene.freshLook) {
            scene.changes.begin(seen.presence().evaluatedAtNs());
        }
        quality.step(seen, events);
        if (policy.needs(Detector.FACE) && !scene.hidden && seen.face().isUnknownFor(Doubt.NOT_EVALUATED)) {
            blindness.blind(now.timestampNs(), "faces were not looked for", events);
        } else {
            blindness.seeing(now.timestampNs(), events);
        }
        if (paused) {
            rest(alerts, events);
        }
        score.frame(now.timestampNs());
        score.take(alerts);
        looking = scene.looking;
    }

    private void begin(Moment now, Sight seen) {
        CameraState camera = seen.quality().state();
        boolean hidden = camera == CameraState.BLACK || camera == CameraState.COVERED;
        frozen.look(now, seen);
        boolean stale = !hidden && frozen.isStale(now.timestampNs());
        boolean freshLook = ticks.takes(seen) && !hidden && !stale;
        scene.changes.take(seen);
        boolean sighted = !hidden && !stale;
        long unseenNs = sighted && unsighted && sightedNs != NEVER ? now.timestampNs() - sightedNs : 0;
        boolean looksTooOld = now.afterGap() || ticks.isStale(now.timestampNs());
        scene.at(now, seen, hidden, stale, freshLook, unseenNs, looksTooOld);
        unsighted = !sighted;
        if (sighted) {
            sightedNs = now.timestampNs();
        }
    }

    /** What was poor or failed before a gap is not known to have gone on in it. */
    private void noteSilence() {
        if (gaps.isAfterSilence()) {
            quality.finish(events);
            blindness.pause(events);
        }
        long sinceNs = gaps.behindSinceNs();
        if (sinceNs != NEVER) {
            long untilNs = gaps.behindUntilNs();
            events.add(new SessionEvent(
                    SessionEvent.Kind.BLIND,
                    sinceNs,
                    untilNs,
                    String.format(
                            Locale.ROOT,
                            "Frames arrived for %.1f s but none was analysed",
                            (untilNs - sinceNs) / 1e9)));
        }
    }

    /** The alerts that the last frame opened, changed or closed, in order; good until the next frame. */
    public List<Alert> alerts() {
        return alerts;
    }

    /** What the last frame told that bears on the worth of the alerts; good until the next frame. */
    public List<SessionEvent> events() {
        return events;
    }

    /** Where the candidate looked on the last frame. */
    public Attention attention() {
        return looking.toAttention();
    }

    @Override
    public Judgement frameFailed(long frameIndex, long timestampNs, String reason) {
        Objects.requireNonNull(reason, "reason");
        requireUnfinished();
        gaps.requireAfterLast(timestampNs);
        judgeFailed(frameIndex, timestampNs, reason);
        return new Judgement(attention(), alerts, events);
    }

    /** Takes a frame that could not be analysed, as {@link #frameFailed} does, and leaves what it brought as {@link #judge} does. */
    public void judgeFailed(long frameIndex, long timestampNs, String reason) {
        alerts.clear();
        events.clear();
        looking = notLooking;
        unsighted = true;
        lastFrameIndex = frameIndex;
        Moment now = gaps.step(frameIndex, timestampNs, false, alerts);
        reports.advance(timestampNs, alerts);
        noteSilence();
        for (KindRule kind : kinds) {
            kind.skip(now, alerts);
        }
        blindness.failed(timestampNs, reason, events);
        if (paused) {
            rest(alerts, events);
        }
        score.frame(timestampNs);
        score.take(alerts);
    }

    @Override
    public SignalJudgement signal(SessionSignal signal) {
        Objects.requireNonNull(signal, "signal");
        requireUnfinished();
        requireNear(signal.timestampNs());
        List<Alert> told = new ArrayList<>(2);
        List<SessionEvent> heard = new ArrayList<>(1);
        Optional<Alert> answer = Optional.empty();
        if (signal instanceof HostEvent event) {
            answer = reports.take(event, lastFrameIndex, told);
        } else if (signal instanceof Pause pause) {
            pause(pause, told, heard);
        }
        for (KindRule kind : kinds) {
            kind.signal(signal, heard);
        }
        if (!paused && !(signal instanceof CalibrationTarget)) {
            // Those are announced before they are shown: they say nothing about how long the session has lasted.
            score.signal(signal.timestampNs());
        }
        score.take(told);
        return new SignalJudgement(answer, told, heard);
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the judge has finished; nothing may follow but questions");
        }
    }

    /** A time on another clock would be the newest for good, and all that comes after it late. */
    private void requireNear(long timestampNs) {
        Duration most = paused ? SessionSignal.MOST_AHEAD_PAUSED : SessionSignal.MOST_AHEAD;
        long newestNs = score.newestNs().orElse(Long.MAX_VALUE);
        if (newestNs < Long.MAX_VALUE - most.toNanos() && timestampNs > newestNs + most.toNanos()) {
            throw new IllegalArgumentException("timestampNs is " + timestampNs + ", must be at most "
                    + (newestNs + most.toNanos()) + ": " + most.toHours()
                    + " hours after the newest media time known, " + newestNs);
        }
    }

    private void pause(Pause pause, List<Alert> told, List<SessionEvent> heard) {
        if (pause.paused() && !paused) {
            rest(told, heard);
            reports.pause(told);
        }
        if (pause.paused() != paused) {
            paused = pause.paused();
            if (!paused) {
                reports.resume(pause.timestampNs(), lastFrameIndex, told);
            }
            score.pause(pause.timestampNs(), paused);
            heard.add(new SessionEvent(
                    paused ? SessionEvent.Kind.PAUSED : SessionEvent.Kind.RESUMED,
                    pause.timestampNs(),
                    pause.timestampNs(),
                    paused ? "The host paused the session" : "The host went on with the session"));
        }
    }

    /** Closes what is open before a silence that is nobody's fault; a frame that was under way at the pause is judged after it. */
    private void rest(List<Alert> told, List<SessionEvent> heard) {
        kinds.forEach(kind -> kind.finish(told));
        quality.finish(heard);
        blindness.pause(heard);
        gaps.expectSilence();
    }

    /** True while the host has the session paused. */
    public boolean isPaused() {
        return paused;
    }

    /** The number of the frame judged last, or -1: frames of a session that goes on are numbered from the one after it. */
    public long lastFrameIndex() {
        return lastFrameIndex;
    }

    /** The media time of the frame judged last; the next one is later. */
    public OptionalLong lastTimestampNs() {
        return gaps.lastTimestampNs();
    }

    @Override
    public Judgement finish() {
        List<Alert> told = new ArrayList<>();
        List<SessionEvent> heard = new ArrayList<>();
        finished = true;
        kinds.forEach(kind -> kind.finish(told));
        reports.finish(told);
        quality.finish(heard);
        blindness.finish(heard);
        score.take(told);
        return new Judgement(Attention.cannotTell(Doubt.NOT_EVALUATED), told, heard);
    }

    @Override
    public List<Alert> openAlerts() {
        List<Alert> open = new ArrayList<>();
        kinds.forEach(kind -> kind.addOpen(open));
        open.addAll(reports.openAlerts());
        open.sort(Comparator.comparingLong(Alert::startNs));
        return open;
    }

    @Override
    public SessionScore score() {
        return score.score(openAlerts());
    }

    @Override
    public byte[] snapshot() {
        StateExchange state = StateExchange.takingOut();
        exchange(state);
        return state.finish();
    }

    /**
     * Goes on from a snapshot.
     *
     * @param policy the policy of the session the snapshot was taken from
     * @param snapshot what {@link #snapshot} gave
     * @throws IllegalArgumentException when the snapshot is cut short or damaged, of another format or from another policy
     */
    public static SessionRules restore(Policy policy, byte[] snapshot) {
        SessionRules rules = new SessionRules(policy);
        StateExchange state = StateExchange.puttingIn(snapshot);
        rules.exchange(state);
        state.end();
        return rules;
    }

    private void exchange(StateExchange state) {
        int format = state.of(SNAPSHOT_FORMAT);
        if (format != SNAPSHOT_FORMAT) {
            throw new IllegalArgumentException("snapshot format is " + format + ", must be " + SNAPSHOT_FORMAT);
        }
        state.requireWhole();
        String name = state.of(policy.name());
        String fingerprint = state.of(policy.fingerprint());
        if (!fingerprint.equals(policy.fingerprint())) {
            throw new IllegalArgumentException("the snapshot is from policy " + name + " with fingerprint "
                    + start(fingerprint) + ", must be from " + policy.name() + " with " + start(policy.fingerprint())
                    + ", accommodations included");
        }
        gaps.exchange(state);
        ticks.exchange(state);
        scene.changes.exchange(state);
        kinds.forEach(kind -> kind.exchange(state));
        quality.exchange(state);
        blindness.exchange(state);
        reports.exchange(state);
        score.exchange(state, openAlerts());
        paused = state.of(paused);
        lastFrameIndex = state.of(lastFrameIndex);
        sightedNs = state.of(sightedNs);
        unsighted = state.of(unsighted);
    }

    private static String start(String digits) {
        return digits.length() > 12 ? digits.substring(0, 12) : digits;
    }
}
