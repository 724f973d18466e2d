package io.invigil.replay.eval;

import io.invigil.api.Alert;
import io.invigil.report.log.RecordingResult;
import io.invigil.testdata.LabelledClips.Clip;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A labelled folder's clips held against their labels, and the figures that follow. Immutable. */
public final class Evaluation {
    private final List<ClipScore> clips;
    private final List<String> missing;
    private final double minEventSeconds;

    private Evaluation(List<ClipScore> clips, List<String> missing, double minEventSeconds) {
        this.clips = clips;
        this.missing = missing;
        this.minEventSeconds = minEventSeconds;
    }

    /**
     * Compares.
     *
     * @param labels the labelled clips
     * @param results what the replay found, by file name
     * @param minEventSeconds labelled events shorter than this are not asked for, though they may explain an alert
     */
    public static Evaluation of(List<Clip> labels, Map<String, RecordingResult> results, double minEventSeconds) {
        List<ClipScore> scores = labels.stream()
                .filter(clip -> results.containsKey(fileName(clip)))
                .map(clip -> ClipScore.of(clip, results.get(fileName(clip)), minEventSeconds))
                .toList();
        List<String> missing = labels.stream()
                .map(Evaluation::fileName)
                .filter(name -> !results.containsKey(name))
                .toList();
        return new Evaluation(scores, missing, minEventSeconds);
    }

    private static String fileName(Clip clip) {
        return Path.of(clip.file()).getFileName().toString();
    }

    /** The figures and every miss and false alert, as lines for a reader. */
    public String text() {
        StringBuilder text = new StringBuilder();
        missing.forEach(name -> text.append("not analysed: ").append(name).append('\n'));
        for (ClipScore clip : clips) {
            appendClip(text, clip);
        }
        text.append('\n');
        appendTotals(text);
        appendGaze(text);
        return text.toString();
    }

    /** Labelled events of kinds the engine has, long enough to count. */
    public long askedEvents() {
        return asked().count();
    }

    /** Of these, the ones met by an alert of the right kind. */
    public long metEvents() {
        return asked().filter(EventScore::isMet).count();
    }

    /** Alerts no labelled event explains. */
    public long falseAlerts() {
        return clips.stream().mapToLong(clip -> clip.falseAlerts().size()).sum();
    }

    /** Of these, the ones in clips in which nothing should be reported. */
    public long falseAlertsInQuietClips() {
        return clips.stream()
                .filter(ClipScore::isQuiet)
                .mapToLong(clip -> clip.falseAlerts().size())
                .sum();
    }

    /** Share of the frames whose face count is right, 0 to 1. */
    public double shareOfRightFaceCounts() {
        long frames = clips.stream().mapToLong(ClipScore::frames).sum();
        return clips.stream().mapToLong(ClipScore::framesRight).sum() / (double) Math.max(1, frames);
    }

    /** Clips that could not be held against their labels because there is no result. */
    public List<String> missing() {
        return missing;
    }

    private Stream<EventScore> asked() {
        return clips.stream()
                .flatMap(clip -> clip.events().stream())
                .filter(score -> score.kind().isPresent());
    }

    private static void appendClip(StringBuilder text, ClipScore clip) {
        text.append(fileName(clip.clip())).append(clip.isQuiet() ? "  (nothing should be reported)" : "");
        text.append(line("  faces right in %d of %d frames%n", clip.framesRight(), clip.frames()));
        for (EventScore score : clip.events()) {
            String what = score.event().type()
                    + (score.event().direction().isEmpty()
                            ? ""
                            : " " + score.event().direction());
            String span = line(
                    "%6.1f - %5.1f s",
                    score.event().startSeconds(), score.event().endSeconds());
            if (score.kind().isEmpty()) {
                text.append(line("  no alert kind  %-32s %s%n", what, span));
            } else if (score.isMet()) {
                text.append(line(
                        "  met            %-32s %s   start %+.1f s, end %+.1f s, alerts %d%n",
                        what,
                        span,
                        score.startErrorSeconds(),
                        score.endErrorSeconds(),
                        score.alerts().size()));
            } else {
                text.append(line("  MISSED         %-32s %s%n", what, span));
            }
        }
        for (Alert alert : clip.falseAlerts()) {
            text.append(line(
                    "  FALSE          %-32s %6.1f - %5.1f s   %s%n",
                    alert.type().wireName(), alert.startNs() / 1e9, alert.endNs() / 1e9, alert.message()));
        }
    }

    private void appendTotals(StringBuilder text) {
        List<EventScore> met = asked().filter(EventScore::isMet).toList();
        long without = clips.stream()
                .flatMap(clip -> clip.events().stream())
                .filter(score -> score.kind().isEmpty())
                .count();
        text.append(line(
                "events of %.1f s or more: %d of %d met; %d more are of kinds the engine has no alert for%n",
                minEventSeconds, metEvents(), askedEvents(), without));
        long quiet = clips.stream().filter(ClipScore::isQuiet).count();
        text.append(line(
                "false alerts: %d, of these %d in the %d clips in which nothing should be reported; %.1f minutes in all%n",
                falseAlerts(),
                falseAlertsInQuietClips(),
                quiet,
                clips.stream()
                                .mapToDouble(clip -> clip.clip().durationSeconds())
                                .sum()
                        / 60));
        text.append(line(
                "start error: median %.2f s, largest %.2f s; end error: median %.2f s, largest %.2f s; most alerts for an event: %d%n",
                median(met.stream().mapToDouble(EventScore::startErrorSeconds)),
                largest(met.stream().mapToDouble(EventScore::startErrorSeconds)),
                median(met.stream().mapToDouble(EventScore::endErrorSeconds)),
                largest(met.stream().mapToDouble(EventScore::endErrorSeconds)),
                met.stream().mapToInt(score -> score.alerts().size()).max().orElse(0)));
        long frames = clips.stream().mapToLong(ClipScore::frames).sum();
        long right = clips.stream().mapToLong(ClipScore::framesRight).sum();
        text.append(line(
                "frames with the right face count: %d of %d (%.1f %%)%n",
                right, frames, 100 * shareOfRightFaceCounts()));
    }

    private void appendGaze(StringBuilder text) {
        GazeConfusion all = new GazeConfusion();
        clips.forEach(clip -> all.add(clip.gaze()));
        text.append(line("%ngaze direction, frames: labelled down, reported across%n"));
        text.append(line("%-12s", ""));
        GazeConfusion.ANSWERS.forEach(answer -> text.append(line("%13s", answer)));
        text.append(line("%n"));
        for (int label = 0; label < GazeConfusion.LABELS.size(); label++) {
            if (all.total(label) > 0) {
                text.append(line("%-12s", GazeConfusion.LABELS.get(label)));
                for (int answer = 0; answer < GazeConfusion.ANSWERS.size(); answer++) {
                    text.append(line("%13d", all.count(label, answer)));
                }
                text.append(line("%n"));
            }
        }
    }

    private static double median(DoubleStream errors) {
        double[] sizes = errors.map(Math::abs).sorted().toArray();
        return sizes.length == 0 ? Double.NaN : sizes[sizes.length / 2];
    }

    private static double largest(DoubleStream errors) {
        return Arrays.stream(errors.map(Math::abs).toArray()).max().orElse(Double.NaN);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
