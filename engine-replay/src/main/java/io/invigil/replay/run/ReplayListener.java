package io.invigil.replay.run;

import io.invigil.report.log.RecordingResult;
import java.nio.file.Path;
import java.util.Collection;

/** Hears how a replay gets on. Calls come from several threads at once and must return soon. */
public interface ReplayListener {
    /** What lies in a folder named and does not look like a recording is left alone; one line says what. */
    default void leftAlone(String what) {}

    /** The engine has started, and these recordings will be replayed. */
    default void planned(Collection<Path> recordings) {}

    /** A folder holds other files than the results of this recording, which go to the second. */
    default void movedOn(Path recording, Path held, Path folder) {}

    /** A recording's turn has come. */
    void started(Path recording);

    /** A recording has been read this far: share of it, 0 to 1, and media time in nanoseconds. */
    void advanced(Path recording, double share, long mediaNs);

    /** A recording is done, whole or in part; its results lie in the folder. */
    void finished(Path recording, RecordingResult result, Path folder);

    /** Nothing could be made of a recording; one sentence says why. */
    void failed(Path recording, String reason);
}
