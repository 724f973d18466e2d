package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionSignal;
import java.util.List;

/** Everything about one kind of alert: judges frames and tells of its alerts. {@link SessionRules} lists them all. */
interface KindRule {
    /** Judges an analysed frame and adds what has to be told. */
    void observe(Scene scene, List<Alert> told);

    /** Takes a frame that could not be analysed. */
    void skip(Moment now, List<Alert> told);

    /** Takes what the host tells. */
    void signal(SessionSignal signal, List<SessionEvent> events);

    /** Closes what is open: before a pause, and at the end. */
    void finish(List<Alert> told);

    /** Adds the open alerts as they stand. */
    void addOpen(List<Alert> open);

    /** Hands all state out or takes it in. */
    void exchange(StateExchange state);
}
