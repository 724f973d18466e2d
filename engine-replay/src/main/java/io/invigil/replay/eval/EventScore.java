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
 * @param alerts the alerts of that kind that overlap it, by start
 */
record EventScore(Event event, Optional<AlertType> kind, List<Alert> alerts) {
    private static final double NS = 1e9;

    boolean isMet() {
        return !alerts.isEmpty();
    }

    /** Seconds by which the first alert starts late; negative for early. */
    double startErrorSeconds() {
        return alerts.get(0).startNs() / NS - event.startSeconds();
    }

    /** Seconds by which the last alert ends late; negative for early. */
    double endErrorSeconds() {
        return alerts.get(alerts.size() - 1).endNs() / NS - event.endSeconds();
    }
}
