package io.invigil.replay.eval;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.testdata.LabelledClips.Event;
import java.util.List;
import java.util.Optional;

/**
 * One labelled event and what became of it.
 *
 * @param event the label
 * @param kind the alert it asks for; empty when the engine has none
 * @param outcome what became of it
 * @param alerts the alerts that answer it, by start
 * @param holdSeconds the hold time of the rule; 0 without one
 */
record EventScore(Event event, Optional<AlertType> kind, Outcome outcome, List<Alert> alerts, double holdSeconds) {
    private static final double NS = 1e9;

    /** What becomes of a labelled event. */
    enum Outcome {
        /** At least one alert answers it. */
        MET,
        /** No alert answers it. */
        MISSED,
        /** It is shorter than what was asked for. */
        TOO_SHORT,
        /** The policy does not ask for alerts of its kind. */
        SWITCHED_OFF,
        /** The engine has no alert for it. */
        NO_KIND;

        String words() {
            return switch (this) {
                case MET -> "met";
                case MISSED -> "missed";
                case TOO_SHORT -> "too short to ask for";
                case SWITCHED_OFF -> "off in this policy";
                case NO_KIND -> "the engine has no alert for it";
            };
        }
    }

    boolean isMet() {
        return outcome == Outcome.MET;
    }

    boolean isAsked() {
        return outcome == Outcome.MET || outcome == Outcome.MISSED;
    }

    /** Seconds by which the first alert starts late; negative for early. */
    double startErrorSeconds() {
        return alerts.get(0).startNs() / NS - event.startSeconds();
    }

    /** Seconds by which the last alert ends late; negative for early. */
    double endErrorSeconds() {
        return alerts.stream().mapToLong(Alert::endNs).max().orElseThrow() / NS - event.endSeconds();
    }

    /** Seconds from the labelled start plus the hold time to the frame that opened the first alert. */
    double beyondHoldSeconds() {
        return alerts.get(0).evidence().timestampNs() / NS - event.startSeconds() - holdSeconds;
    }

    /** True when an alert names the labelled direction, of a combined one its sideways part. */
    boolean directionRight() {
        return alerts.stream()
                .anyMatch(alert -> Directions.main(event.direction())
                        .equals(alert.details().getOrDefault("direction", "")));
    }

    /** The label as words: its type with direction, modality or variant. */
    String words() {
        StringBuilder text = new StringBuilder(event.type());
        for (String part : List.of(event.direction(), event.modality(), event.variant())) {
            if (!part.isEmpty()) {
                text.append(' ').append(part);
            }
        }
        return text.toString();
    }
}
