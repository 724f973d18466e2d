package io.invigil.replay.run;

import io.invigil.replay.log.RecordingResult;
import java.nio.file.Path;

/** Hears how a replay gets on. Calls come from several threads at once and must return soon. */
public interface ReplayListener {
    /** A recording was opened. */
    void started(Path recording);

    /** A recording has been read this far: share of it, 0 to 1, and media time in nanoseconds. */
    void advanced(Path recording, double share, long mediaNs);

    /** A recording is done, whole or in part; its results lie in the folder. */
    void finished(Path recording, RecordingResult result, Path folder);

    /** Nothing could be made of a recording; one sentence says why. */
    void failed(Path recording, String reason);
}
