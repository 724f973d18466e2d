package io.invigil.wire;

import java.util.List;

/**
 * A session's alerts, newest first.
 *
 * @param sessionId the session's id
 * @param alerts at most as many as asked for
 * @param nextCursor what to ask for the next page, of older ones, with; null on the last one
 */
public record AlertPage(String sessionId, List<AlertView> alerts, String nextCursor) {
    /** Copies the list. */
    public AlertPage {
        alerts = List.copyOf(alerts);
    }

    /** As a candidate sees it. */
    public AlertPage forCandidate() {
        return new AlertPage(sessionId, AlertView.forCandidate(alerts), nextCursor);
    }
}
