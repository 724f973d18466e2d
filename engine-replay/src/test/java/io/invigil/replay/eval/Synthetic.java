package io.invigil.replay.eval;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Evidence;
import io.invigil.api.FrameCounts;
import io.invigil.api.Policy;
import io.invigil.api.Rotation;
import io.invigil.api.Severity;
import io.invigil.api.StageTimings;
import io.invigil.api.ThreadingMode;
import io.invigil.report.log.FrameAccounting;
import io.invigil.report.log.RecordingInfo;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.RunSettings;
import io.invigil.report.log.RunTiming;
import io.invigil.report.log.TracePoint;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledClips.Event;
import io.invigil.testdata.LabelledClips.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Invented labels and alerts. */
final class Synthetic {
    private static final long HOLD_NS = 1_500_000_000L;

    private Synthetic() {}

    /** A clip of one interval in which one person looks at the screen, with these events. */
    static Clip clip(double seconds, Event... events) {
        return clip(List.of(), List.of(state(0, seconds)), events);
    }

    static Clip clip(List<String> tags, List<Interval> intervals, Event... events) {
        return new Clip(
                "clips/a.mp4",
                intervals.get(intervals.size() - 1).endSeconds(),
                List.of("P1"),
                tags,
                "real",
                "",
                intervals,
                Arrays.asList(events));
    }

    static Interval state(double start, double end) {
        return state(start, end, 1, 1, "center", "ok");
    }

    static Interval state(double start, double end, int faces, int facesMax, String gaze, String camera) {
        return new Interval(
                start,
                end,
                faces,
                Math.min(faces, facesMax),
                facesMax,
                faces,
                facesMax,
                gaze,
                "front",
                0,
                0,
                camera,
                "none",
                "");
    }

    static Event event(String type, double start, double end) {
        return new Event(type, start, end, "", "", "", OptionalInt.empty());
    }

    static Event look(double start, double end, String direction, String modality) {
        return new Event("GAZE_AWAY", start, end, direction, modality, "", OptionalInt.empty());
    }

    static Alert alert(AlertType type, int number, double start, double end) {
        return alert(type, number, start, end, Map.of());
    }

    /** An alert that opened one and a half seconds after its start. */
    static Alert alert(AlertType type, int number, double start, double end, Map<String, String> details) {
        long startNs = Math.round(start * 1e9);
        return new Alert(
                type.wireName() + '-' + number,
                type,
                AlertPhase.CLOSED,
                Severity.MEDIUM,
                startNs,
                Math.round(end * 1e9),
                "Something was seen",
                0.9,
                new Evidence(1, startNs + HOLD_NS),
                details);
    }

    static Matching matching(Clip clip) {
        return new Matching(clip, Policy.strict(), 2.5, 0.5);
    }

    static EvaluationSettings settings() {
        return new EvaluationSettings(
                "invented clips",
                "Nothing here was filmed.",
                "ab".repeat(32),
                Policy.strict(),
                5,
                2.5,
                0.5,
                "test",
                Map.of("face_detection_full_range", "11".repeat(32), "nanodet", "22".repeat(32)),
                "2026-11-25T12:00:00Z");
    }

    static RecordingResult result(double seconds, List<Alert> alerts, String... problems) {
        return result(seconds, 20, alerts, problems);
    }

    static RecordingResult result(double seconds, List<Alert> alerts, List<TracePoint> traces) {
        return result(seconds, 20, alerts, traces);
    }

    static RecordingResult result(double seconds, double fps, List<Alert> alerts, String... problems) {
        return result(seconds, fps, alerts, List.of(), problems);
    }

    private static RecordingResult result(
            double seconds, double fps, List<Alert> alerts, List<TracePoint> traces, String... problems) {
        long frames = Math.round(seconds * fps) + 1;
        return new RecordingResult(
                "a.mp4",
                new RecordingInfo("mp4", "h264", 640, 480, Rotation.NONE, 1, 20, 1),
                Math.round(seconds * 1e9),
                new RunSettings(Policy.strict(), 5, 1, ThreadingMode.FUSED, "test", Map.of(), "2026-11-25T12:00:00Z"),
                new FrameAccounting(frames, 0, frames, 0, FrameCounts.ZERO, 0, 0, 0, 0),
                new RunTiming(1, 1, StageTimings.NONE),
                false,
                false,
                List.of(problems),
                alerts,
                List.of(),
                traces,
                Map.of());
    }
}
