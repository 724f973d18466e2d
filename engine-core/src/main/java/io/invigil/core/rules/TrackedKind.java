package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionSignal;
import java.util.List;

/** A kind with one condition: a rule says when it holds, a tracker turns that into alerts. */
final class TrackedKind implements KindRule {
    private final FrameRule rule;
    private final boolean enabled;
    private final IntervalTracker tracker;

    TrackedKind(AlertType type, Policy policy, FrameRule rule) {
        this(type, policy, rule, IntervalTracker.GLITCH_NS, IntervalTracker.AGREEING_SHARE);
    }

    /** A kind with another {@link IntervalTracker#GLITCH_NS} and {@link IntervalTracker#AGREEING_SHARE}. */
    TrackedKind(AlertType type, Policy policy, FrameRule rule, long glitchNs, double agreeingShare) {
        this.rule = rule;
        AlertRule settings = policy.rule(type);
        enabled = settings.enabled();
        tracker = new IntervalTracker(settings, new AlertNumbers(type), glitchNs, agreeingShare);
    }

    @Override
    public void observe(Scene scene, List<Alert> told) {
        step(scene.now, rule.judge(scene), told);
    }

    @Override
    public void skip(Moment now, List<Alert> told) {
        rule.skip(now);
        step(now, Finding.UNKNOWN, told);
    }

    private void step(Moment now, Finding finding, List<Alert> told) {
        if (enabled) {
            tracker.step(now, finding, told);
        }
    }

    @Override
    public void signal(SessionSignal signal, List<SessionEvent> events) {
        rule.signal(signal, events);
    }

    @Override
    public void finish(List<Alert> told) {
        tracker.finish(told);
    }

    @Override
    public void addOpen(List<Alert> open) {
        tracker.openAlert().ifPresent(open::add);
    }

    @Override
    public void exchange(StateExchange state) {
        rule.exchange(state);
        tracker.exchange(state);
    }
}
