package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.replay.eval.AlertScore.Verdict;
import io.invigil.replay.eval.EventScore.Outcome;
import io.invigil.report.card.HourlyRate;
import io.invigil.report.card.Proportion;
import io.invigil.report.card.Spread;
import java.util.List;
import java.util.Set;

/**
 * The figures of some kinds of alert over some clips.
 *
 * @param recall labelled events met, of those asked for
 * @param falseAlerts false alerts in the time that the labels decide; with several kinds, in the time of all clips
 * @param quietFalseAlerts the same in clips in which nothing should be reported
 * @param otherFalseAlerts the same in the other clips
 * @param answering alerts that answer an event
 * @param explained alerts borne out by the state of the picture
 * @param undecidable alerts the labels do not decide
 * @param notAsked labelled events of these kinds too short to ask for, or off in the policy
 * @param startError without sign
 * @param endError without sign
 * @param beyondHold with sign
 * @param alertsPerEvent mean of the met events; NaN when there is none
 * @param mostAlertsForAnEvent 0 when no event was met
 */
record KindScore(
        Proportion recall,
        HourlyRate falseAlerts,
        HourlyRate quietFalseAlerts,
        HourlyRate otherFalseAlerts,
        long answering,
        long explained,
        long undecidable,
        long notAsked,
        Spread startError,
        Spread endError,
        Spread beyondHold,
        double alertsPerEvent,
        int mostAlertsForAnEvent) {
    private static final double HOUR_SECONDS = 3600;

    /** Of one kind. */
    static KindScore of(List<ClipScore> clips, AlertType type) {
        return of(clips, Set.of(type));
    }

    /** Of several kinds together. */
    static KindScore of(List<ClipScore> clips, Set<AlertType> types) {
        List<EventScore> events = clips.stream()
                .flatMap(clip -> clip.events().stream())
                .filter(event -> event.kind().filter(types::contains).isPresent())
                .toList();
        List<EventScore> met = events.stream().filter(EventScore::isMet).toList();
        return new KindScore(
                new Proportion(
                        met.size(), events.stream().filter(EventScore::isAsked).count()),
                falseAlerts(clips, types),
                falseAlerts(clips.stream().filter(ClipScore::isQuiet).toList(), types),
                falseAlerts(clips.stream().filter(clip -> !clip.isQuiet()).toList(), types),
                count(clips, types, Verdict.ANSWERS),
                count(clips, types, Verdict.EXPLAINED),
                count(clips, types, Verdict.UNDECIDABLE),
                events.stream()
                        .filter(event ->
                                event.outcome() == Outcome.TOO_SHORT || event.outcome() == Outcome.SWITCHED_OFF)
                        .count(),
                Spread.of(met.stream().mapToDouble(event -> Math.abs(event.startErrorSeconds()))),
                Spread.of(met.stream().mapToDouble(event -> Math.abs(event.endErrorSeconds()))),
                Spread.of(met.stream().mapToDouble(EventScore::beyondHoldSeconds)),
                met.stream().mapToInt(event -> event.alerts().size()).average().orElse(Double.NaN),
                met.stream().mapToInt(event -> event.alerts().size()).max().orElse(0));
    }

    /** The same of a kind that was not looked for: no alert in all that time says nothing. */
    KindScore notLookedFor() {
        return new KindScore(
                recall,
                HourlyRate.NONE,
                HourlyRate.NONE,
                HourlyRate.NONE,
                answering,
                explained,
                undecidable,
                notAsked,
                startError,
                endError,
                beyondHold,
                alertsPerEvent,
                mostAlertsForAnEvent);
    }

    private static HourlyRate falseAlerts(List<ClipScore> clips, Set<AlertType> types) {
        double seconds = clips.stream()
                .mapToDouble(clip -> types.size() == 1
                        ? clip.decidableSeconds(types.iterator().next())
                        : clip.readSeconds())
                .sum();
        return new HourlyRate(count(clips, types, Verdict.FALSE), seconds / HOUR_SECONDS);
    }

    private static long count(List<ClipScore> clips, Set<AlertType> types, Verdict verdict) {
        return clips.stream()
                .flatMap(clip -> clip.alerts(verdict).stream())
                .filter(score -> types.contains(score.alert().type()))
                .count();
    }
}
