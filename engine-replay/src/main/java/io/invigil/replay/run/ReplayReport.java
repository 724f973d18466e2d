package io.invigil.replay.run;

import java.nio.file.Path;
import java.util.List;

/**
 * How a replay ended.
 *
 * @param recordings recordings meant
 * @param clean of these, read to the end without any problem
 * @param folders the folders with results
 * @param interrupted true when it was stopped before the end
 */
public record ReplayReport(int recordings, int clean, List<Path> folders, boolean interrupted) {
    /** Copies the list. */
    public ReplayReport {
        folders = List.copyOf(folders);
    }

    /** True when every recording was read to the end without any problem. */
    public boolean isClean() {
        return !interrupted && clean == recordings;
    }
}
