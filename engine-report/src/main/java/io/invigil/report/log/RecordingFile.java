package io.invigil.report.log;

import java.util.Objects;

/**
 * What is known of a recording's file beyond what its container says.
 *
 * @param sha256 SHA-256 of the file's content when it was opened
 * @param beforeFirstNs how long the recording's sound went on before the video's first frame, at which media time is 0
 * @param afterLastNs how long it went on after the last frame
 */
public record RecordingFile(String sha256, long beforeFirstNs, long afterLastNs) {
    /** Checks that nothing is null. */
    public RecordingFile {
        Objects.requireNonNull(sha256, "sha256");
    }
}
