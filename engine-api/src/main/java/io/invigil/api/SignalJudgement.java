package io.invigil.api;

import java.util.List;
import java.util.Optional;

/**
 * What follows from one signal of the host.
 *
 * @param answer the alert it opened, went into or closed
 * @param alerts alerts to tell, in order
 * @param events events to tell, in order
 */
public record SignalJudgement(Optional<Alert> answer, List<Alert> alerts, List<SessionEvent> events) {
    /** Copies the lists. */
    public SignalJudgement {
        alerts = List.copyOf(alerts);
        events = List.copyOf(events);
    }
}
