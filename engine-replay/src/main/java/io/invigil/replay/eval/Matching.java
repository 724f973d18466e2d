package io.invigil.replay.eval;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.replay.eval.AlertScore.Verdict;
import io.invigil.replay.eval.EventScore.Outcome;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledClips.Event;
import io.invigil.testdata.LabelledClips.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides which alerts answer which labelled events, and what to make of the others.
 *
 * <ol>
 *   <li>An alert <em>answers</em> an event when it is of the kind (and object) the event asks for, both overlap by half a
 *       second, or by half of the shorter one, and labelled events of that kind, each widened by the tolerance, cover at
 *       least half of the alert: one alert over the whole clip answers nothing. One alert may answer several events.
 *   <li>An event is <em>met</em> when an alert answers it. Events that are shorter than asked for, of kinds the policy has
 *       off, or without a kind, are not counted, but they do make the alerts that answer them right.
 *   <li>Any other alert is held against the labelled state of the picture, moment by moment, each moment within the
 *       tolerance of a state that bears the alert out counting for it. It is <em>explained</em> when that holds for at
 *       least half of it, <em>false</em> when the labels contradict at least half of it, and else <em>undecidable</em>. Repeated
 *       glances are explained by two labelled looks away in their time.
 * </ol>
 */
final class Matching {
    private static final double LEAST_OVERLAP_SECONDS = 0.5;
    private static final double HALF = 0.5;
    private static final double STEP_SECONDS = 0.05;
    private static final double NS = 1e9;
    private static final int LEAST_GLANCES = 2;
    /** Labels are written with a few decimals. */
    private static final double ADJOINING_SECONDS = 0.01;

    private final Clip clip;
    private final LabelledState state;
    private final Policy policy;
    private final double minEventSeconds;
    private final double toleranceSeconds;

    Matching(Clip clip, Policy policy, double minEventSeconds, double toleranceSeconds) {
        this.clip = clip;
        state = new LabelledState(clip);
        this.policy = policy;
        this.minEventSeconds = minEventSeconds;
        this.toleranceSeconds = toleranceSeconds;
    }

    /** Every labelled event with the alerts that answer it, in the labels' order. */
    List<EventScore> events(List<Alert> alerts) {
        return clip.events().stream().map(event -> score(event, alerts)).toList();
    }

    private EventScore score(Event event, List<Alert> alerts) {
        Optional<AlertType> kind = EventKinds.alertFor(event);
        List<Alert> answers = alerts.stream()
                .filter(alert -> answers(alert, event))
                .sorted(Comparator.comparingLong(Alert::startNs))
                .toList();
        Outcome outcome;
        if (kind.isEmpty()) {
            outcome = Outcome.NO_KIND;
        } else if (!policy.rule(kind.orElseThrow()).enabled()) {
            outcome = Outcome.SWITCHED_OFF;
        } else if (event.endSeconds() - event.startSeconds() < minEventSeconds) {
            outcome = Outcome.TOO_SHORT;
        } else {
            outcome = answers.isEmpty() ? Outcome.MISSED : Outcome.MET;
        }
        double hold = kind.map(type -> policy.rule(type).hold().toNanos() / NS).orElse(0.0);
        return new EventScore(event, kind, outcome, answers, hold);
    }

    /** Every alert with what the labels say of it, in the order given. */
    List<AlertScore> alerts(List<Alert> alerts) {
        return alerts.stream()
                .map(alert ->
                        new AlertScore(alert, verdict(alert), state.words((alert.startNs() + alert.endNs()) / 2 / NS)))
                .toList();
    }

    private Verdict verdict(Alert alert) {
        if (clip.events().stream().anyMatch(event -> answers(alert, event))) {
            return Verdict.ANSWERS;
        }
        if (alert.type() == AlertType.REPEATED_GLANCES && !state.isQuiet()) {
            return glances(alert);
        }
        double right = share(alert, time -> near(alert, time) == Claim.RIGHT);
        if (right >= HALF) {
            return Verdict.EXPLAINED;
        }
        double open = share(alert, time -> near(alert, time) != Claim.WRONG);
        return open > HALF ? Verdict.UNDECIDABLE : Verdict.FALSE;
    }

    /** Repeated glances are right where the labels have two looks away or more; most of the time nobody looks away. */
    private Verdict glances(Alert alert) {
        List<Interval> inItsTime = clip.intervals().stream()
                .filter(interval -> interval.endSeconds() + toleranceSeconds > alert.startNs() / NS
                        && interval.startSeconds() - toleranceSeconds < alert.endNs() / NS)
                .toList();
        int looks = 0;
        boolean open = false;
        double lookEndSeconds = Double.NEGATIVE_INFINITY;
        for (Interval interval : inItsTime) {
            Claim claim = state.at(alert.type(), "", interval.startSeconds());
            open |= claim == Claim.UNKNOWN;
            if (claim == Claim.RIGHT) {
                // One look may be labelled in pieces, as when the eyes go on from the side to below.
                looks += interval.startSeconds() > lookEndSeconds + ADJOINING_SECONDS ? 1 : 0;
                lookEndSeconds = interval.endSeconds();
            }
        }
        if (looks >= LEAST_GLANCES) {
            return Verdict.EXPLAINED;
        }
        return open ? Verdict.UNDECIDABLE : Verdict.FALSE;
    }

    private boolean answers(Alert alert, Event event) {
        if (!EventKinds.sameKind(alert, event)) {
            return false;
        }
        double overlap =
                Math.min(alert.endNs() / NS, event.endSeconds()) - Math.max(alert.startNs() / NS, event.startSeconds());
        double shorter = Math.min(length(alert), event.endSeconds() - event.startSeconds());
        // An alert of a single frame has no length, and answers what it lies in.
        return overlap >= Math.min(LEAST_OVERLAP_SECONDS, HALF * shorter)
                && share(alert, time -> inEvent(alert, time)) >= HALF;
    }

    private boolean inEvent(Alert alert, double seconds) {
        return clip.events().stream()
                .anyMatch(event -> EventKinds.sameKind(alert, event)
                        && seconds >= event.startSeconds() - toleranceSeconds
                        && seconds <= event.endSeconds() + toleranceSeconds);
    }

    /** What the labels say at a moment, or within the tolerance of it where that speaks for the alert. */
    private Claim near(Alert alert, double seconds) {
        String thing = ThingSeen.of(alert);
        Claim here = state.at(alert.type(), thing, seconds);
        for (double shift : new double[] {-toleranceSeconds, toleranceSeconds}) {
            if (here != Claim.RIGHT && state.at(alert.type(), thing, seconds + shift) == Claim.RIGHT) {
                here = Claim.RIGHT;
            }
        }
        return here;
    }

    private static double share(Alert alert, java.util.function.DoublePredicate holds) {
        int steps = (int) Math.max(1, Math.ceil(length(alert) / STEP_SECONDS));
        int held = 0;
        for (int i = 0; i < steps; i++) {
            held += holds.test(alert.startNs() / NS + (i + HALF) * length(alert) / steps) ? 1 : 0;
        }
        return (double) held / steps;
    }

    private static double length(Alert alert) {
        return (alert.endNs() - alert.startNs()) / NS;
    }

    /** Seconds of the clip, up to a moment, for which the labels say whether an alert of a kind would be right. */
    double decidableSeconds(AlertType type, double untilSeconds) {
        if (state.isQuiet()) {
            return untilSeconds;
        }
        return clip.intervals().stream()
                .filter(interval -> state.at(type, "", interval.startSeconds()) != Claim.UNKNOWN)
                .mapToDouble(interval ->
                        Math.max(0, Math.min(interval.endSeconds(), untilSeconds) - interval.startSeconds()))
                .sum();
    }
}
