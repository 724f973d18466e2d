package io.invigil.api;

import java.util.Objects;

/**
 * What was left when a session closed.
 *
 * @param frames the session's final counts
 * @param complete true when everything inside was finished and told; false when the time ran out first
 */
public record SessionReport(FrameCounts frames, boolean complete) {
    /** Checks that the counts are there. */
    public SessionReport {
        Objects.requireNonNull(frames, "frames");
    }
}
