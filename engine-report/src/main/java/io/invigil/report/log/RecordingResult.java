package io.invigil.report.log;

import io.invigil.api.Alert;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything a replay found out about one recording, as the files and the report tell it.
 *
 * @param fileName the recording's file name, without folders
 * @param info what the container says
 * @param mediaNs media time from the first frame to the last one read
 * @param settings how it was analysed
 * @param accounting what became of the frames
 * @param timing how long it took
 * @param partial true when the analysis was stopped before the end
 * @param truncated true when the recording ends too early
 * @param problems sentences about what went wrong; empty when nothing did
 * @param alerts final states of the alerts, by start and id
 * @param events what bears on the worth of the alerts, by start
 * @param traces one point for each analysed frame, in order
 * @param pictures evidence pictures as JPEG files by alert id; empty unless asked for
 * @param score the session's score, when it is known
 */
public record RecordingResult(
        String fileName,
        RecordingInfo info,
        long mediaNs,
        RunSettings settings,
        FrameAccounting accounting,
        RunTiming timing,
        boolean partial,
        boolean truncated,
        List<String> problems,
        List<Alert> alerts,
        List<SessionEvent> events,
        List<TracePoint> traces,
        Map<String, byte[]> pictures,
        Optional<SessionScore> score) {
    /** Copies the collections and puts the alerts in order. */
    public RecordingResult {
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(accounting, "accounting");
        Objects.requireNonNull(timing, "timing");
        problems = List.copyOf(problems);
        alerts = AlertLines.ordered(alerts);
        events = List.copyOf(events);
        traces = List.copyOf(traces);
        pictures = new LinkedHashMap<>(pictures);
        Objects.requireNonNull(score, "score");
    }

    /** A result without a score. */
    public RecordingResult(
            String fileName,
            RecordingInfo info,
            long mediaNs,
            RunSettings settings,
            FrameAccounting accounting,
            RunTiming timing,
            boolean partial,
            boolean truncated,
            List<String> problems,
            List<Alert> alerts,
            List<SessionEvent> events,
            List<TracePoint> traces,
            Map<String, byte[]> pictures) {
        this(
                fileName,
                info,
                mediaNs,
                settings,
                accounting,
                timing,
                partial,
                truncated,
                problems,
                alerts,
                events,
                traces,
                pictures,
                Optional.empty());
    }

    /** The same result with evidence pictures. */
    public RecordingResult withPictures(Map<String, byte[]> newPictures) {
        return new RecordingResult(
                fileName,
                info,
                mediaNs,
                settings,
                accounting,
                timing,
                partial,
                truncated,
                problems,
                alerts,
                events,
                traces,
                newPictures,
                score);
    }

    /** True when the whole recording was read and nothing went wrong. */
    public boolean isClean() {
        return !partial && !truncated && problems.isEmpty();
    }
}
