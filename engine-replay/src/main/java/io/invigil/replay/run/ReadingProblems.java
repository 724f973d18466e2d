package io.invigil.replay.run;

import io.invigil.replay.media.RecordingReader;
import io.invigil.report.log.RecordingInfo;
import io.invigil.report.page.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader of the report must know of a recording that was not read whole and sound, one sentence each. */
final class ReadingProblems {
    /** An end so close to the stated one may be the last frame of a whole recording. */
    private static final long NEAR_END_NS = 2_000_000_000L;

    private ReadingProblems() {}

    /** Looks at a reader that came to its end, or was stopped. */
    static List<String> of(RecordingReader reader, Path recording) {
        List<String> problems = new ArrayList<>();
        RecordingInfo info = reader.info();
        if (reader.isTruncated()) {
            String end = AlertTimes.at(reader.endNs());
            problems.add(
                    info.durationNs() - reader.endNs() > NEAR_END_NS
                            ? "the recording is cut off: it ends at " + end + " of " + AlertTimes.at(info.durationNs())
                            : "the file is cut off or damaged: its last frame is at " + end);
        }
        if (reader.assumedFps() > 0) {
            problems.add(
                    "the file states no times: " + Words.number(reader.assumedFps()) + " frames a second were assumed");
        }
        if (isMuch(reader.beforeFirstNs(), reader)) {
            problems.add("the video begins " + Words.length(reader.beforeFirstNs())
                    + " after the recording does: nothing was seen of that time, and times count from the first frame");
        }
        if (!reader.isTruncated() && isMuch(reader.afterLastNs(), reader)) {
            problems.add("the video ends " + Words.length(reader.afterLastNs())
                    + " before the recording does: nothing was seen of that time");
        }
        // Where a file is cut off its last piece is damaged, and where recordings were joined their packets do not
        // follow on.
        long expected = reader.timeRestarts() + (reader.isTruncated() ? 1 : 0);
        if (reader.damagedPackets() > expected || reader.damagedFrames() > expected) {
            problems.add(String.format(
                    Locale.ROOT,
                    "the recording is damaged or was joined from parts (damaged pieces: %d, frames decoded only in part: %d)",
                    reader.damagedPackets(),
                    reader.damagedFrames()));
        }
        if (reader.videos() > 1) {
            problems.add("the file holds " + reader.videos() + " videos: only the one of " + info.widthPx() + " x "
                    + info.heightPx() + " was analysed");
        }
        if (sizeBytes(recording) != info.sizeBytes()) {
            problems.add("the file was changed, moved or deleted while it was read: what came late may be missing");
        }
        return problems;
    }

    /** Sound and picture hardly ever begin and end together, and the last frame of a slow video is shown for long. */
    private static boolean isMuch(long ns, RecordingReader reader) {
        long frameNs = reader.endNs() / Math.max(1, reader.decodedFrames() + reader.notDecodedFrames());
        return ns > Math.max(NEAR_END_NS, 2 * frameNs);
    }

    /** A file that is no longer there was read to its end all the same. */
    private static long sizeBytes(Path recording) {
        try {
            return Files.size(recording);
        } catch (IOException gone) {
            return -1;
        }
    }
}
