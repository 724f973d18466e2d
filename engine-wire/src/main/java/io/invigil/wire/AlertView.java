package io.invigil.wire;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An alert on the wire: the contract's six fields, then what lies beyond it.
 *
 * @param alertId unique among all sessions: {@link #idOf(String, String)}
 * @param type the kind's wire name
 * @param severity {@code critical}, {@code high}, {@code medium} or {@code low}
 * @param message one English sentence with the reason, without names
 * @param timestamp when the alert opened: when the rule's hold time was over
 * @param requiresAttention true for critical and high
 * @param phase {@code open}, {@code updated} or {@code closed}
 * @param startTime when the condition set in
 * @param endTime up to when the condition is known to have held; final once closed
 * @param startS seconds from the session's start to {@code startTime}
 * @param endS seconds from the session's start to {@code endTime}
 * @param confidence 0 to 1
 * @param details facts by name, sorted
 * @param evidenceUrl path of the evidence picture; null when there is none
 * @param review what a reviewer made of it
 */
public record AlertView(
        String alertId,
        String type,
        String severity,
        String message,
        String timestamp,
        boolean requiresAttention,
        String phase,
        String startTime,
        String endTime,
        double startS,
        double endS,
        double confidence,
        Map<String, String> details,
        String evidenceUrl,
        ReviewView review) {
    /** Checks that the contract's fields are there, and copies. */
    public AlertView {
        Objects.requireNonNull(alertId, "alertId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(timestamp, "timestamp");
        startS = Finite.rounded(startS);
        endS = Finite.rounded(endS);
        confidence = Finite.rounded(confidence);
        details = Collections.unmodifiableMap(new TreeMap<>(details));
        Objects.requireNonNull(review, "review");
    }

    /**
     * The view of an alert of a live session.
     *
     * @param sessionId the session's id
     * @param startNs the session's start in media time
     * @param evidenceUrl path of the evidence picture, or null
     */
    public static AlertView of(String sessionId, long startNs, Alert alert, String evidenceUrl, ReviewView review) {
        return new AlertView(
                idOf(sessionId, alert.id()),
                alert.type().wireName(),
                alert.severity().wireName(),
                alert.message(),
                WireTime.iso(alert.evidence().timestampNs()),
                alert.severity().requiresAttention(),
                phase(alert.phase()),
                WireTime.iso(alert.startNs()),
                WireTime.iso(alert.endNs()),
                WireTime.seconds(startNs, alert.startNs()),
                WireTime.seconds(startNs, alert.endNs()),
                alert.confidence(),
                alert.details(),
                evidenceUrl,
                review);
    }

    /** As a candidate sees it: what a reviewer makes of it is nothing to them. */
    public AlertView forCandidate() {
        return new AlertView(
                alertId,
                type,
                severity,
                message,
                timestamp,
                requiresAttention,
                phase,
                startTime,
                endTime,
                startS,
                endS,
                confidence,
                details,
                evidenceUrl,
                ReviewView.OPEN);
    }

    static List<AlertView> forCandidate(List<AlertView> alerts) {
        return alerts.stream().map(AlertView::forCandidate).toList();
    }

    /** The engine's ids are unique in a session only; on the wire the session's id stands in front. */
    public static String idOf(String sessionId, String alertId) {
        return sessionId + "." + alertId;
    }

    /** The wire's name of a phase. */
    public static String phase(AlertPhase phase) {
        return switch (phase) {
            case OPENED -> "open";
            case UPDATED -> "updated";
            case CLOSED -> "closed";
        };
    }
}
