package io.invigil.replay.eval;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.TracePoint;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledClips.Event;
import io.invigil.testdata.LabelledClips.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One clip held against its labels.
 *
 * @param clip the labels
 * @param result what the replay found
 * @param events the labelled events that last long enough to count, in order
 * @param falseAlerts alerts no labelled event of their kind explains
 * @param frames analysed frames whose face count is labelled and not within reach of a boundary
 * @param framesRight of these, frames whose face count lies in the accepted range
 * @param gaze where the eyes were said to point against where they do
 */
record ClipScore(
        Clip clip,
        RecordingResult result,
        List<EventScore> events,
        List<Alert> falseAlerts,
        long frames,
        long framesRight,
        GazeConfusion gaze) {
    /** Labels were set by eye: frames this near a boundary are left out, and alerts this near an event belong to it. */
    static final double BOUNDARY_SECONDS = 0.5;

    private static final double NS = 1e9;

    static ClipScore of(Clip clip, RecordingResult result, double minEventSeconds) {
        List<EventScore> events = new ArrayList<>();
        for (Event event : clip.events()) {
            if (event.endSeconds() - event.startSeconds() >= minEventSeconds) {
                Optional<AlertType> kind = EventKinds.alertFor(event.type());
                events.add(new EventScore(
                        event,
                        kind,
                        result.alerts().stream()
                                .filter(alert ->
                                        kind.filter(alert.type()::equals).isPresent() && overlaps(alert, event, 0))
                                .toList()));
            }
        }
        List<Alert> falseAlerts = result.alerts().stream()
                .filter(alert -> clip.events().stream()
                        .noneMatch(event -> EventKinds.alertFor(event.type())
                                        .filter(alert.type()::equals)
                                        .isPresent()
                                && overlaps(alert, event, BOUNDARY_SECONDS)))
                .toList();
        GazeConfusion gaze = new GazeConfusion();
        long frames = 0;
        long right = 0;
        for (TracePoint point : result.traces()) {
            double seconds = point.timestampNs() / NS;
            Optional<Interval> interval = clip.at(seconds).filter(state -> isInside(state, seconds, clip));
            if (interval.isPresent()) {
                Interval truth = interval.orElseThrow();
                frames++;
                right += point.faceCount() >= truth.facesMin() && point.faceCount() <= truth.facesMax() ? 1 : 0;
                gaze.add(truth.gaze(), point);
            }
        }
        return new ClipScore(clip, result, events, falseAlerts, frames, right, gaze);
    }

    private static boolean overlaps(Alert alert, Event event, double slackSeconds) {
        return alert.startNs() / NS < event.endSeconds() + slackSeconds
                && alert.endNs() / NS > event.startSeconds() - slackSeconds;
    }

    private static boolean isInside(Interval state, double seconds, Clip clip) {
        boolean farFromStart = state.startSeconds() <= 0 || seconds >= state.startSeconds() + BOUNDARY_SECONDS;
        boolean farFromEnd =
                state.endSeconds() >= clip.durationSeconds() || seconds < state.endSeconds() - BOUNDARY_SECONDS;
        return farFromStart && farFromEnd;
    }

    boolean isQuiet() {
        return clip.tags().contains("no_alert");
    }
}
