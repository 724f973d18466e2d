package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Attention;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.HostEvent;
import io.invigil.api.Observation;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges one session: takes its observations one after another and tells which alerts open, go on and close. The same
 * observations and policy always lead to the same answers; time is the observations' own. Not thread-safe.
 *
 * <p>What a picture that is black, covered or standing still shows says nothing about the candidate, and nothing is concluded
 * across a gap between frames; an alert that was open survives a short such stretch.
 */
public final class SessionRules {
    private static final int SNAPSHOT_FORMAT = 3;

    private final Policy policy;
    private final StreamGapRule gaps;
    private final FrozenVideoRule frozen = new FrozenVideoRule();
    private final LoopRule loop = new LoopRule();
    private final PersonsRule persons = new PersonsRule();
    private final LookAwayRule lookAway;
    private final PresenceTicks ticks;
    private final List<ObjectRule> objects = new ArrayList<>();
    private final NoFaceRule noFace = new NoFaceRule();
    private final PartialFaceRule partialFace;
    private final GlanceRule glances;
    private final IntervalTracker noFaceAlerts;
    private final IntervalTracker personsAlerts;
    private final IntervalTracker lookAwayAlerts;
    private final IntervalTracker blackAlerts;
    private final IntervalTracker frozenAlerts;
    private final IntervalTracker partialAlerts;
    private final IntervalTracker glanceAlerts;
    private final QualityLog quality = new QualityLog();
    private final BlindLog blindness = new BlindLog();
    private final HostReports reports;
    private boolean paused;
    private long lastFrameIndex = -1;

    /** Starts a session's judgement. */
    public SessionRules(Policy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
        reports = new HostReports(policy);
        gaps = new StreamGapRule(policy.rule(AlertType.STREAM_GAP));
        lookAway = new LookAwayRule(policy);
        ticks = new PresenceTicks(policy.presenceInterval().toNanos());
        noFaceAlerts = tracker(AlertType.NO_FACE, IntervalTracker.GLITCH_NS);
        personsAlerts = tracker(AlertType.MULTIPLE_PERSONS, IntervalTracker.GLITCH_NS);
        lookAwayAlerts = tracker(AlertType.EYES_LOOKING_AWAY, IntervalTracker.GLITCH_NS);
        blackAlerts = tracker(AlertType.BLACK_SCREEN, IntervalTracker.GLITCH_NS);
        frozenAlerts = tracker(AlertType.FROZEN_VIDEO, FrozenVideoRule.GLITCH_NS);
        partialFace = new PartialFaceRule(policy);
        partialAlerts = tracker(AlertType.PARTIAL_FACE, IntervalTracker.GLITCH_NS);
        glances = new GlanceRule(policy);
        glanceAlerts = tracker(AlertType.REPEATED_GLANCES, IntervalTracker.GLITCH_NS);
        AlertRule objectRule = policy.rule(AlertType.PROHIBITED_OBJECT);
        AlertNumbers numbers = new AlertNumbers(AlertType.PROHIBITED_OBJECT);
        policy.prohibitedObjects()
                .forEach((category, score) -> objects.add(new ObjectRule(category, score, objectRule, numbers)));
    }

    private IntervalTracker tracker(AlertType type, long glitchNs) {
        return new IntervalTracker(policy.rule(type), new AlertNumbers(type), glitchNs);
    }

    /**
     * Judges the next analysed frame.
     *
     * @param seen what was seen; its time must lie after that of every frame before
     */
    public Judgement observe(Observation seen) {
        List<Alert> alerts = new ArrayList<>(2);
        List<SessionEvent> events = new ArrayList<>(1);
        lastFrameIndex = seen.frameIndex();
        Moment now = gaps.step(seen.frameIndex(), seen.timestampNs(), alerts);
        reports.advance(now.timestampNs(), alerts);
        noteBehind(now.timestampNs(), events);
        CameraState camera = seen.quality().state();
        Finding still = frozen.judge(now, seen);
        Finding looped = loop.judge(now, seen);
        boolean hidden = camera == CameraState.BLACK || camera == CameraState.COVERED;
        boolean stale = !hidden && frozen.isStale(now.timestampNs());
        boolean sighted = !hidden && !stale;

        step(AlertType.NO_FACE, noFaceAlerts, now, sighted ? noFace.judge(seen) : Finding.UNKNOWN, alerts);
        judgePersons(now, seen, sighted, alerts);
        Attention attention = attend(now, seen, hidden, stale, events);
        step(AlertType.EYES_LOOKING_AWAY, lookAwayAlerts, now, lookAway.finding(), alerts);
        for (ObjectRule object : objects) {
            Finding thing = sighted ? object.judge() : Finding.UNKNOWN;
            step(AlertType.PROHIBITED_OBJECT, object.tracker, now, thing, alerts);
        }
        step(AlertType.BLACK_SCREEN, blackAlerts, now, BlackScreenRule.judge(seen), alerts);
        step(AlertType.FROZEN_VIDEO, frozenAlerts, now, frozenOrLooped(still, looped), alerts);
        step(AlertType.PARTIAL_FACE, partialAlerts, now, sighted ? partialFace.judge(seen) : Finding.UNKNOWN, alerts);
        step(
                AlertType.REPEATED_GLANCES,
                glanceAlerts,
                now,
                glances.judge(now, attention, lookAwayAlerts.isOpen()),
                alerts);

        quality.step(seen, events);
        if (!hidden && seen.face().doubt().filter(Doubt.NOT_EVALUATED::equals).isPresent()) {
            blindness.blind(now.timestampNs(), "faces were not looked for", events);
        } else {
            blindness.seeing(now.timestampNs(), events);
        }
        return new Judgement(attention, alerts, events);
    }

    /** A picture that stands still says so; between the repeated frames of a loop lie some that say nothing. */
    private static Finding frozenOrLooped(Finding still, Finding looped) {
        boolean loopKnows = looped.verdict() == Verdict.ON || looped.sinceNs() != Finding.NOT_KNOWN;
        return loopKnows || still.verdict() == Verdict.OFF ? looped : still;
    }

    private void noteBehind(long nowNs, List<SessionEvent> events) {
        long sinceNs = gaps.behindSinceNs();
        if (sinceNs != Finding.NOT_KNOWN) {
            events.add(new SessionEvent(
                    SessionEvent.Kind.BLIND,
                    sinceNs,
                    nowNs,
                    String.format(
                            Locale.ROOT, "Frames arrived for %.1f s but none was analysed", (nowNs - sinceNs) / 1e9)));
        }
    }

    private void judgePersons(Moment now, Observation seen, boolean sighted, List<Alert> alerts) {
        if (ticks.takes(seen) && sighted) {
            persons.take(seen);
            objects.forEach(object -> object.take(seen));
        }
        boolean stale = ticks.isStale(now.timestampNs());
        if (stale) {
            persons.forgetBodies();
            objects.forEach(object -> object.scores.clear());
        }
        Finding people = persons.judge(seen);
        step(AlertType.MULTIPLE_PERSONS, personsAlerts, now, sighted ? people : Finding.UNKNOWN, alerts);
    }

    private Attention attend(Moment now, Observation seen, boolean hidden, boolean stale, List<SessionEvent> events) {
        boolean asked = policy.rule(AlertType.EYES_LOOKING_AWAY).enabled()
                || policy.rule(AlertType.REPEATED_GLANCES).enabled();
        if (!asked) {
            return lookAway.blind(Doubt.NOT_EVALUATED);
        }
        if (hidden) {
            return lookAway.blind(Doubt.COVERED);
        }
        return stale ? lookAway.blind(Doubt.STALE) : lookAway.judge(now, seen, persons.people(), events);
    }

    private void step(AlertType type, IntervalTracker tracker, Moment now, Finding finding, List<Alert> alerts) {
        if (policy.rule(type).enabled()) {
            tracker.step(now, finding, alerts);
        }
    }

    /**
     * Takes a frame that arrived but could not be analysed. It proves nothing about the candidate, but shows that the stream
     * goes on.
     *
     * @param frameIndex which offered frame it is
     * @param timestampNs its media time, after that of every frame before
     * @param reason why it failed, a few words without names
     */
    public Judgement frameFailed(long frameIndex, long timestampNs, String reason) {
        List<Alert> alerts = new ArrayList<>(1);
        List<SessionEvent> events = new ArrayList<>(1);
        lastFrameIndex = frameIndex;
        Moment now = gaps.step(frameIndex, timestampNs, alerts);
        reports.advance(timestampNs, alerts);
        frozen.skip(now);
        step(AlertType.NO_FACE, noFaceAlerts, now, Finding.UNKNOWN, alerts);
        step(AlertType.MULTIPLE_PERSONS, personsAlerts, now, Finding.UNKNOWN, alerts);
        step(AlertType.EYES_LOOKING_AWAY, lookAwayAlerts, now, Finding.UNKNOWN, alerts);
        objects.forEach(object -> step(AlertType.PROHIBITED_OBJECT, object.tracker, now, Finding.UNKNOWN, alerts));
        step(AlertType.BLACK_SCREEN, blackAlerts, now, Finding.UNKNOWN, alerts);
        step(AlertType.FROZEN_VIDEO, frozenAlerts, now, Finding.UNKNOWN, alerts);
        step(AlertType.PARTIAL_FACE, partialAlerts, now, Finding.UNKNOWN, alerts);
        step(AlertType.REPEATED_GLANCES, glanceAlerts, now, Finding.UNKNOWN, alerts);
        blindness.blind(timestampNs, reason, events);
        return new Judgement(Attention.cannotTell(Doubt.NOT_EVALUATED), alerts, events);
    }

    /**
     * Takes what the host tells beside frames.
     *
     * @throws io.invigil.api.EngineException with {@link io.invigil.api.ErrorCode#CONFIGURATION} when the host reports under
     *     too many names
     */
    public SignalJudgement signal(SessionSignal signal) {
        List<Alert> alerts = new ArrayList<>(2);
        List<SessionEvent> events = new ArrayList<>(1);
        Optional<Alert> answer = Optional.empty();
        if (signal instanceof HostEvent event) {
            answer = reports.take(event, lastFrameIndex, alerts);
        } else if (signal instanceof Pause pause) {
            pause(pause, alerts, events);
        } else if (signal instanceof CalibrationTarget target) {
            lookAway.announce(target);
        }
        return new SignalJudgement(answer, alerts, events);
    }

    private void pause(Pause pause, List<Alert> alerts, List<SessionEvent> events) {
        if (pause.paused() && !paused) {
            trackers().forEach(tracker -> tracker.finish(alerts));
            reports.finish(alerts);
            gaps.expectSilence();
        }
        if (pause.paused() != paused) {
            paused = pause.paused();
            events.add(new SessionEvent(
                    paused ? SessionEvent.Kind.PAUSED : SessionEvent.Kind.RESUMED,
                    pause.timestampNs(),
                    pause.timestampNs(),
                    paused ? "The host paused the session" : "The host went on with the session"));
        }
    }

    /** True while the host has the session paused. */
    public boolean isPaused() {
        return paused;
    }

    /** The number of the frame judged last, or -1: frames of a session that goes on are numbered from the one after it. */
    public long lastFrameIndex() {
        return lastFrameIndex;
    }

    /** Closes what is open, at the time it was last known to hold. Idempotent; observations may not follow. */
    public Judgement finish() {
        List<Alert> alerts = new ArrayList<>();
        List<SessionEvent> events = new ArrayList<>();
        for (IntervalTracker tracker : trackers()) {
            tracker.finish(alerts);
        }
        reports.finish(alerts);
        quality.finish(events);
        blindness.finish(events);
        return new Judgement(Attention.cannotTell(Doubt.NOT_EVALUATED), alerts, events);
    }

    /** The alerts that are open, as they stand, in the order of their kinds. */
    public List<Alert> openAlerts() {
        List<Alert> open = new ArrayList<>();
        for (IntervalTracker tracker : trackers()) {
            tracker.openAlert().ifPresent(open::add);
        }
        open.addAll(reports.openAlerts());
        return open;
    }

    private List<IntervalTracker> trackers() {
        List<IntervalTracker> trackers = new ArrayList<>(List.of(noFaceAlerts, personsAlerts, lookAwayAlerts));
        objects.forEach(object -> trackers.add(object.tracker));
        trackers.addAll(List.of(blackAlerts, frozenAlerts, partialAlerts, glanceAlerts));
        return trackers;
    }

    /**
     * Everything that later judgements depend on, a few kilobytes: rules restored from it under the same policy go on exactly
     * as these would. Holds angles and times of the last seconds, no pictures.
     */
    public byte[] snapshot() {
        StateExchange state = StateExchange.takingOut();
        exchange(state);
        return state.bytes();
    }

    /**
     * Goes on from a snapshot.
     *
     * @param policy the policy of the session the snapshot was taken from
     * @param snapshot what {@link #snapshot} gave
     * @throws IllegalArgumentException when the snapshot is cut short, of another format or from another policy
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
        String name = state.of(policy.name());
        int objectCount = state.of(objects.size());
        if (!name.equals(policy.name()) || objectCount != objects.size()) {
            throw new IllegalArgumentException("the snapshot is from policy " + name + " with " + objectCount
                    + " prohibited objects, must be " + policy.name() + " with " + objects.size());
        }
        gaps.exchange(state);
        frozen.exchange(state);
        persons.exchange(state);
        lookAway.exchange(state);
        ticks.exchange(state);
        for (ObjectRule object : objects) {
            object.exchange(state);
        }
        noFace.exchange(state);
        noFaceAlerts.exchange(state);
        personsAlerts.exchange(state);
        lookAwayAlerts.exchange(state);
        blackAlerts.exchange(state);
        frozenAlerts.exchange(state);
        loop.exchange(state);
        partialFace.exchange(state);
        partialAlerts.exchange(state);
        glances.exchange(state);
        glanceAlerts.exchange(state);
        quality.exchange(state);
        blindness.exchange(state);
        reports.exchange(state);
        paused = state.of(paused);
        lastFrameIndex = state.of(lastFrameIndex);
    }
}
