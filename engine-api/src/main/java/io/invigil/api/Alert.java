package io.invigil.api;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An alert: an interval of media time in which a rule held. An alert is told of when it opens, when something a reader
 * sees changes, and when it closes; all three carry the same id and start.
 *
 * @param id unique in the session and the same in every run: the wire name, a hyphen and a number from 1
 * @param type the kind
 * @param phase where in its life the alert is
 * @param severity what the policy says
 * @param startNs media time at which the condition set in, before the hold time passed; of a kind that is seen in
 *     pictures never before a gap in which nothing was seen, unless the alert was open before it
 * @param endNs media time up to which the condition is known to have held; final once closed
 * @param message one English sentence with the reason, without names
 * @param confidence 0 to 1: the mean certainty of the observations inside the interval
 * @param evidence the frame on which the rule's hold time was over
 * @param details facts by name, sorted: {@code direction}, {@code modality}, {@code object}, {@code count}, ...
 */
public record Alert(
        String id,
        AlertType type,
        AlertPhase phase,
        Severity severity,
        long startNs,
        long endNs,
        String message,
        double confidence,
        Evidence evidence,
        Map<String, String> details) {
    /** Copies the details and checks the interval. */
    public Alert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(evidence, "evidence");
        details = java.util.Collections.unmodifiableMap(new TreeMap<>(details));
        if (endNs < startNs) {
            throw new IllegalArgumentException("endNs is " + endNs + ", must be at least startNs, " + startNs);
        }
    }
}
