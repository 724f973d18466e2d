package io.invigil.wire;

import java.util.List;

/**
 * Sessions, newest first.
 *
 * @param sessions at most as many as asked for
 * @param nextCursor what to ask for the next page with; null on the last one
 */
public record SessionPage(List<SessionView> sessions, String nextCursor) {
    /** Copies the list. */
    public SessionPage {
        sessions = List.copyOf(sessions);
    }
}
