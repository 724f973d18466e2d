package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionSignal;
import java.util.ArrayList;
import java.util.List;

/** Forbidden things: one rule a category, each with alerts of its own. */
final class ObjectsKind implements KindRule {
    private final boolean enabled;
    private final List<ObjectRule> objects = new ArrayList<>();

    ObjectsKind(Policy policy) {
        AlertRule rule = policy.rule(AlertType.PROHIBITED_OBJECT);
        AlertNumbers numbers = new AlertNumbers(AlertType.PROHIBITED_OBJECT);
        enabled = rule.enabled();
        policy.prohibitedObjects()
                .forEach((category, score) -> objects.add(new ObjectRule(category, score, rule, numbers)));
    }

    @Override
    public void observe(Scene scene, List<Alert> told) {
        for (int i = 0; i < objects.size(); i++) {
            ObjectRule object = objects.get(i);
            if (scene.looksTooOld || scene.unseenNs > object.tracker.silenceLimitNs()) {
                object.forget();
            }
            if (scene.freshLook) {
                object.take(scene.seen, scene.changes);
            }
            if (enabled) {
                object.tracker.step(scene.now, scene.sighted() ? object.judge() : Finding.UNKNOWN, told);
            }
        }
    }

    @Override
    public void skip(Moment now, List<Alert> told) {
        if (enabled) {
            objects.forEach(object -> object.tracker.step(now, Finding.UNKNOWN, told));
        }
    }

    @Override
    public void signal(SessionSignal signal, List<SessionEvent> events) {}

    @Override
    public void finish(List<Alert> told) {
        objects.forEach(object -> object.tracker.finish(told));
    }

    @Override
    public void addOpen(List<Alert> open) {
        objects.forEach(object -> object.tracker.openAlert().ifPresent(open::add));
    }

    @Override
    public void exchange(StateExchange state) {
        objects.forEach(object -> object.exchange(state));
    }
}
