package io.invigil.report.rescore;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.report.log.AlertLines;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What judging again brought.
 *
 * @param alerts final states of the alerts, by start and id
 * @param events what bears on the worth of the alerts, by start
 * @param score the score
 * @param frames how many frames were judged
 * @param cannot the kinds that could not be judged, with the reason
 */
public record RescoreResult(
        List<Alert> alerts, List<SessionEvent> events, SessionScore score, long frames, Map<AlertType, String> cannot) {
    /** Copies the collections and puts them in order. */
    public RescoreResult {
        alerts = AlertLines.ordered(alerts);
        events = events.stream()
                .sorted(Comparator.comparingLong(SessionEvent::startNs))
                .toList();
        cannot = cannot.isEmpty() ? Map.of() : new EnumMap<>(cannot);
    }
}
