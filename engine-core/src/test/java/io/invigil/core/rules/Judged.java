package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Attention;
import io.invigil.api.Judgement;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionSignal;
import io.invigil.api.SignalJudgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Runs observations through a session's rules and keeps all that is told. */
final class Judged {
    static final long SECOND_NS = 1_000_000_000L;

    final SessionRules rules;
    final List<Alert> alerts = new ArrayList<>();
    final List<SessionEvent> events = new ArrayList<>();
    final List<Attention> attentions = new ArrayList<>();
    private long frames;

    Judged(Policy policy) {
        rules = new SessionRules(policy);
    }

    /** A stream at a fixed rate from 0 to a time, judged to the end; the script gives the frame at each second. */
    static Judged stream(Policy policy, double fps, double seconds, DoubleFunction<Seen> script) {
        Judged judged = new Judged(policy);
        judged.play(fps, 0, seconds, script);
        judged.finish();
        return judged;
    }

    /** Frames at a fixed rate, from one time up to another. */
    Judged play(double fps, double from, double to, DoubleFunction<Seen> script) {
        for (int i = 0; from + i / fps < to - 1e-9; i++) {
            double seconds = from + i / fps;
            take(script.apply(seconds).at(frames, ns(seconds)));
        }
        return this;
    }

    void take(Observation seen) {
        frames++;
        keep(rules.observe(seen));
    }

    Optional<Alert> signal(SessionSignal signal) {
        SignalJudgement judgement = rules.signal(signal);
        alerts.addAll(judgement.alerts());
        events.addAll(judgement.events());
        return judgement.answer();
    }

    void fail(double seconds, String reason) {
        keep(rules.frameFailed(frames++, ns(seconds), reason));
    }

    Judged finish() {
        keep(rules.finish());
        return this;
    }

    private void keep(Judgement judgement) {
        alerts.addAll(judgement.alerts());
        events.addAll(judgement.events());
        attentions.add(judgement.attention());
    }

    static long ns(double seconds) {
        return Math.round(seconds * SECOND_NS);
    }

    /** The closed alerts of a kind, in order. */
    List<Alert> closed(AlertType type) {
        return alerts.stream()
                .filter(alert -> alert.type() == type && alert.phase() == AlertPhase.CLOSED)
                .toList();
    }

    /** The kinds of the alerts opened, in order. */
    List<AlertType> opened() {
        return alerts.stream()
                .filter(alert -> alert.phase() == AlertPhase.OPENED)
                .map(Alert::type)
                .toList();
    }

    List<SessionEvent> events(SessionEvent.Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).toList();
    }

    /** The attention of the last judged frame. */
    Attention attention() {
        return attentions.get(attentions.size() - 1);
    }
}
