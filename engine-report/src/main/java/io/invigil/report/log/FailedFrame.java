package io.invigil.report.log;

import java.util.Objects;

/**
 * A frame that arrived but could not be analysed.
 *
 * @param frameIndex which offered frame it was
 * @param timestampNs its media time
 * @param reason the code of what went wrong
 */
public record FailedFrame(long frameIndex, long timestampNs, String reason) implements JournalEntry {
    /** Checks that the reason is there. */
    public FailedFrame {
        Objects.requireNonNull(reason, "reason");
    }
}
