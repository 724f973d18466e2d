package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.report.card.DetectorCard;
import io.invigil.report.card.DetectorCard.Figure;
import io.invigil.report.card.DetectorCards;
import io.invigil.report.card.Proportion;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.page.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes the detector cards of an evaluation. */
final class CardMaker {
    private static final double HOUR_SECONDS = 3600;

    private final Evaluation evaluation;

    private CardMaker(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    static DetectorCards cards(Evaluation evaluation) {
        return new CardMaker(evaluation).make();
    }

    private DetectorCards make() {
        EvaluationSettings settings = evaluation.settings();
        double quiet = evaluation.quietClips().stream()
                .mapToDouble(ClipScore::readSeconds)
                .sum();
        return new DetectorCards(
                settings.measuredAt(),
                settings.version(),
                new DetectorCards.Dataset(
                        settings.dataName(),
                        note(),
                        settings.labelsSha256(),
                        evaluation.clips().size(),
                        evaluation.seconds() / HOUR_SECONDS,
                        evaluation.quietClips().size(),
                        quiet / HOUR_SECONDS,
                        (int) evaluation.people(),
                        evaluation
                                .stills()
                                .map(stills -> stills.readings().size())
                                .orElse(0)),
                new DetectorCards.Method(
                        settings.policy().name(),
                        PolicyDocument.sha256(settings.policy()),
                        settings.fps(),
                        settings.minEventSeconds(),
                        settings.toleranceSeconds()),
                settings.modelHashes(),
                Arrays.stream(AlertType.values()).map(this::card).toList());
    }

    private String note() {
        String note = evaluation.settings().dataNote();
        return evaluation.doubts().isEmpty()
                ? note
                : (note + " Not read as labelled: " + String.join(", ", evaluation.doubts()) + ".").strip();
    }

    private DetectorCard card(AlertType type) {
        List<String> models =
                ModelsOfKind.of(type, evaluation.settings().modelHashes().keySet());
        if (type.isHostReported()) {
            return DetectorCard.notMeasured(type, models, "Reported by the host; the engine sees nothing of it.");
        }
        if (!evaluation.isOn(type)) {
            return DetectorCard.notMeasured(type, models, "Off in the policy it was measured under.");
        }
        KindScore score = evaluation.kind(type);
        return new DetectorCard(
                type,
                models,
                score.recall(),
                score.falseAlerts(),
                score.quietFalseAlerts(),
                score.undecidable(),
                score.startError(),
                score.endError(),
                score.beyondHold(),
                score.alertsPerEvent(),
                figures(type),
                score.recall().isMeasured() ? "" : "No labelled event of this kind; false alerts only.");
    }

    private List<Figure> figures(AlertType type) {
        List<Figure> figures = new ArrayList<>();
        switch (type) {
            case NO_FACE -> {
                add(figures, "Frames with the right number of faces", evaluation.faceCounts());
                evaluation.stills().ifPresent(stills -> {
                    add(figures, "Stills on which a face is found where one is", stills.faceFound());
                    add(figures, "Stills on which none is found where none is", stills.noFaceFound());
                });
            }
            case MULTIPLE_PERSONS ->
                evaluation.stills().ifPresent(stills -> {
                    add(
                            figures,
                            "Stills on which several faces are found where several are",
                            stills.severalFacesFound());
                    add(
                            figures,
                            "Stills on which several bodies are found where several are",
                            stills.severalPersonsFound());
                    add(figures, "Stills of at most one person without a second body", stills.noSeveralPersonsFound());
                });
            case EYES_LOOKING_AWAY -> {
                add(figures, "By eyes only, met", evaluation.looksAway(Set.of("eyes_only")));
                add(figures, "By the head, met", evaluation.looksAway(Set.of("head", "eyes_and_head")));
                add(
                        figures,
                        "Direction right in met events",
                        evaluation.directions(Set.of("eyes_only", "head", "eyes_and_head")));
            }
            case PROHIBITED_OBJECT ->
                evaluation.stills().ifPresent(stills -> stills.things().forEach(thing -> addThing(figures, thing)));
            case IDENTITY_CHANGED ->
                evaluation.identity().filter(IdentityScore::isMeasured).ifPresent(score -> addIdentity(figures, score));
            default -> {
                // No further figures.
            }
        }
        return figures;
    }

    private static void addIdentity(List<Figure> figures, IdentityScore score) {
        figures.add(new Figure(
                "Equal error rate on pairs of stills",
                String.format(
                        Locale.ROOT,
                        "%.1f %%; %d pairs of one person, %d of two, %d not compared",
                        100 * score.roc().equalErrorRate(),
                        score.roc().samePairs(),
                        score.roc().otherPairs(),
                        score.notCompared())));
        add(figures, "Pairs of two persons told by one look", score.found());
        add(figures, "Pairs of one person taken for two by one look", score.alarms());
    }

    private static void addThing(List<Figure> figures, ThingScore thing) {
        if (thing.threshold().isPresent()) {
            String at =
                    String.format(Locale.ROOT, ", score %.2f", thing.threshold().orElseThrow());
            add(
                    figures,
                    "Stills: " + thing.thing() + " recall" + at,
                    thing.atThreshold().recall());
            add(
                    figures,
                    "Stills: " + thing.thing() + " precision" + at,
                    thing.atThreshold().precision());
        }
    }

    private static void add(List<Figure> figures, String name, Proportion share) {
        figures.add(new Figure(name, Figures.of(share)));
    }
}
