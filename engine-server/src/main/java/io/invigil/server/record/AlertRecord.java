package io.invigil.server.record;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.wire.ReviewView;
import java.util.Objects;

/**
 * An alert as kept.
 *
 * @param sessionId the session's id
 * @param sequence the how-manieth alert of the session it is, from 1
 * @param alert the alert as the engine told it last
 * @param openedNs media time at which it was told of first
 * @param changedNs media time at which it was told of last
 * @param hasEvidence whether an evidence picture is kept
 * @param review what a reviewer made of it
 */
public record AlertRecord(
        String sessionId,
        long sequence,
        Alert alert,
        long openedNs,
        long changedNs,
        boolean hasEvidence,
        ReviewView review) {
    /** Checks that everything is there. */
    public AlertRecord {
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(review, "review");
    }

    /** The same alert as told of at a later time. */
    public AlertRecord changed(Alert newAlert, long atNs) {
        return new AlertRecord(sessionId, sequence, newAlert, openedNs, atNs, hasEvidence, review);
    }

    /** The same alert, closed where it was last told to hold: nobody goes on with it. */
    public AlertRecord closed(long atNs) {
        Alert closed = new Alert(
                alert.id(),
                alert.type(),
                AlertPhase.CLOSED,
                alert.severity(),
                alert.startNs(),
                alert.endNs(),
                alert.message(),
                alert.confidence(),
                alert.evidence(),
                alert.details());
        return changed(closed, atNs);
    }

    /** The same alert with another review. */
    public AlertRecord reviewed(ReviewView newReview) {
        return new AlertRecord(sessionId, sequence, alert, openedNs, changedNs, hasEvidence, newReview);
    }

    /** The same alert with an evidence picture. */
    public AlertRecord withEvidence() {
        return new AlertRecord(sessionId, sequence, alert, openedNs, changedNs, true, review);
    }
}
