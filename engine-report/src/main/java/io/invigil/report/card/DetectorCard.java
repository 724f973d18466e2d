package io.invigil.report.card;

import io.invigil.api.AlertType;
import java.util.List;
import java.util.Objects;

/**
 * What was measured of one kind of alert. What was not is a {@link Proportion}, {@link HourlyRate} or {@link Spread} of
 * nothing, never a zero that looks like a result.
 *
 * @param kind the kind
 * @param models names of the models its alerts rest on; none for kinds judged without any
 * @param recall labelled events that were met, of those asked for
 * @param falseAlerts false alerts, in the hours for which the labels say whether an alert would be right
 * @param quietFalseAlerts the same in clips in which nothing should be reported
 * @param undecidable alerts of which the labels do not say whether they are right
 * @param startError by how much the first alert of a met event starts off its labelled start, without sign
 * @param endError by how much the last alert of a met event ends off its labelled end, without sign
 * @param beyondHold how long after the labelled start and the rule's hold time the first alert opens; negative: sooner
 * @param alertsPerEvent mean number of alerts of a met event, 1 or more; NaN when no event was met
 * @param figures other figures of this kind
 * @param note what a reader must know, or why nothing was measured; may be empty
 */
public record DetectorCard(
        AlertType kind,
        List<String> models,
        Proportion recall,
        HourlyRate falseAlerts,
        HourlyRate quietFalseAlerts,
        long undecidable,
        Spread startError,
        Spread endError,
        Spread beyondHold,
        double alertsPerEvent,
        List<Figure> figures,
        String note) {
    /**
     * A figure that only some kinds have.
     *
     * @param name what was measured
     * @param value the outcome, as text
     */
    public record Figure(String name, String value) {
        /** Checks that nothing is null. */
        public Figure {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }

    /** Copies the lists and checks that nothing is null. */
    public DetectorCard {
        Objects.requireNonNull(kind, "kind");
        models = List.copyOf(models);
        Objects.requireNonNull(recall, "recall");
        Objects.requireNonNull(falseAlerts, "falseAlerts");
        Objects.requireNonNull(quietFalseAlerts, "quietFalseAlerts");
        Objects.requireNonNull(startError, "startError");
        Objects.requireNonNull(endError, "endError");
        Objects.requireNonNull(beyondHold, "beyondHold");
        figures = List.copyOf(figures);
        Objects.requireNonNull(note, "note");
    }

    /** The card of a kind of which nothing was measured, with the reason. */
    public static DetectorCard notMeasured(AlertType kind, List<String> models, String note) {
        return new DetectorCard(
                kind,
                models,
                Proportion.NONE,
                HourlyRate.NONE,
                HourlyRate.NONE,
                0,
                Spread.NONE,
                Spread.NONE,
                Spread.NONE,
                Double.NaN,
                List.of(),
                note);
    }

    /** True when anything at all was measured. */
    public boolean isMeasured() {
        return recall.isMeasured() || falseAlerts.isMeasured() || !figures.isEmpty();
    }
}
