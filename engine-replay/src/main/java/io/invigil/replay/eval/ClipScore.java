package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.api.Detector;
import io.invigil.replay.eval.AlertScore.Verdict;
import io.invigil.report.card.Proportion;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.TracePoint;
import io.invigil.testdata.LabelledClips;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledClips.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One clip held against its labels.
 *
 * @param clip the labels
 * @param matching how it was held against them
 * @param events every labelled event, in order
 * @param alerts every alert, by start
 * @param faceCounts analysed frames whose face count lies in the accepted range, of those not within reach of a boundary; none
 *     when further faces were not looked for
 * @param looks where the candidate looks by the labels and by the engine
 * @param readSeconds how much of the labelled time was read
 * @param doubts why the figures of this clip are not what they should be; empty when it was read as it is labelled
 */
record ClipScore(
        Clip clip,
        Matching matching,
        List<EventScore> events,
        List<AlertScore> alerts,
        Proportion faceCounts,
        LookConfusion looks,
        double readSeconds,
        List<String> doubts) {
    private static final double LENGTH_SLACK_SECONDS = 1;

    static ClipScore of(Clip clip, RecordingResult result, EvaluationSettings settings) {
        Matching matching =
                new Matching(clip, settings.policy(), settings.minEventSeconds(), settings.toleranceSeconds());
        LookConfusion looks = new LookConfusion(settings.policy());
        long frames = 0;
        long right = 0;
        for (TracePoint point : result.traces()) {
            double seconds = point.timestampNs() / 1e9;
            Optional<Interval> interval =
                    clip.at(seconds).filter(state -> isInside(state, seconds, clip, settings.toleranceSeconds()));
            if (interval.isPresent()) {
                Interval truth = interval.orElseThrow();
                if (truth.facesMin() != LabelledClips.UNLABELLED && truth.facesMax() != LabelledClips.UNLABELLED) {
                    frames++;
                    right += point.faceCount() >= truth.facesMin() && point.faceCount() <= truth.facesMax() ? 1 : 0;
                }
                looks.add(truth, point);
            }
        }
        return new ClipScore(
                clip,
                matching,
                matching.events(result.alerts()),
                matching.alerts(result.alerts()),
                settings.policy().needs(Detector.FURTHER_FACES) ? new Proportion(right, frames) : Proportion.NONE,
                looks,
                isShort(clip, result) ? seconds(result) : clip.durationSeconds(),
                doubts(clip, result));
    }

    private static double seconds(RecordingResult result) {
        return result.mediaNs() / 1e9;
    }

    /** The last frame is not quite the end: a slow video shows it for long. */
    private static boolean isShort(Clip clip, RecordingResult result) {
        long frames = result.accounting().decoded() + result.accounting().notDecoded();
        double twoFramesSeconds = 2 * seconds(result) / Math.max(1, frames);
        return seconds(result) < clip.durationSeconds() - Math.max(LENGTH_SLACK_SECONDS, twoFramesSeconds);
    }

    private static List<String> doubts(Clip clip, RecordingResult result) {
        List<String> doubts = new ArrayList<>(result.problems());
        if (result.partial()) {
            doubts.add("the analysis was stopped before the end");
        }
        if (isShort(clip, result) || seconds(result) > clip.durationSeconds() + LENGTH_SLACK_SECONDS) {
            doubts.add(String.format(
                    Locale.ROOT, "labelled are %.1f s and it has %.1f s", clip.durationSeconds(), seconds(result)));
        }
        return doubts;
    }

    /** Seconds that were read and for which the labels say whether an alert of a kind would be right. */
    double decidableSeconds(AlertType type) {
        return matching.decidableSeconds(type, readSeconds);
    }

    private static boolean isInside(Interval state, double seconds, Clip clip, double toleranceSeconds) {
        boolean farFromStart = state.startSeconds() <= 0 || seconds >= state.startSeconds() + toleranceSeconds;
        boolean farFromEnd =
                state.endSeconds() >= clip.durationSeconds() || seconds < state.endSeconds() - toleranceSeconds;
        return farFromStart && farFromEnd;
    }

    String name() {
        return clip.file().substring(clip.file().lastIndexOf('/') + 1);
    }

    boolean isQuiet() {
        return clip.tags().contains("no_alert");
    }

    List<AlertScore> alerts(Verdict verdict) {
        return alerts.stream().filter(alert -> alert.verdict() == verdict).toList();
    }
}
