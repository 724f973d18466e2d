package io.invigil.report.log;

import java.util.Objects;

/**
 * What is known of a recording's file beyond what its container says.
 *
 * @param sha256 SHA-256 of the file's content when it was opened
 */
public record RecordingFile(String sha256) {
    /** Checks that nothing is null. */
    public RecordingFile {
        Objects.requireNonNull(sha256, "sha256");
    }
}
