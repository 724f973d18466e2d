package io.invigil.wire;

/**
 * The answer to a reported alert.
 *
 * @param status {@code success}, or {@code ignored} when the policy has the kind off or the session is over
 * @param alert the alert it became or went into, or the report itself when it was ignored
 */
public record AlertReportView(String status, AlertView alert) {
    /** As a candidate sees it: a report may go into an alert that was reviewed. */
    public AlertReportView forCandidate() {
        return new AlertReportView(status, alert.forCandidate());
    }
}
