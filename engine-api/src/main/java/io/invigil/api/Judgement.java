package io.invigil.api;

import java.util.List;

/**
 * What judging one frame brought.
 *
 * @param attention where the candidate looks
 * @param alerts openings, updates and closings, in order
 * @param events what bears on the worth of the alerts
 */
public record Judgement(Attention attention, List<Alert> alerts, List<SessionEvent> events) {
    /** Copies the lists. */
    public Judgement {
        alerts = List.copyOf(alerts);
        events = List.copyOf(events);
    }
}
