package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.replay.eval.Finding.What;
import io.invigil.report.card.Proportion;
import io.invigil.report.page.Figures;
import io.invigil.report.page.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An evaluation as Markdown tables, for a document that quotes its figures. */
final class EvaluationMarkdown {
    private static final String NONE = "\u2013";

    private final Evaluation evaluation;
    private final StringBuilder text = new StringBuilder(4096);

    private EvaluationMarkdown(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    static String write(Evaluation evaluation) {
        EvaluationMarkdown writer = new EvaluationMarkdown(evaluation);
        writer.head();
        writer.totals();
        writer.kinds();
        writer.findings();
        writer.looks();
        writer.stills();
        writer.identity();
        writer.models();
        return writer.text.toString();
    }

    private void head() {
        EvaluationSettings settings = evaluation.settings();
        line("# Figures: %s", settings.dataName());
        line("");
        line(
                "Written by `./invigil eval DIR --policy %s --markdown FILE` on %s, with Invigil %s, %s, labelled events of %s s"
                        + " or more. Ranges are 95 %% confidence intervals.",
                settings.policy().name(),
                settings.measuredAt()
                        .substring(0, Math.min(10, settings.measuredAt().length())),
                settings.version(),
                settings.fps() == 0
                        ? "every frame analysed"
                        : Words.number(settings.fps()) + " frames a second analysed",
                Words.number(settings.minEventSeconds()));
        if (!settings.dataNote().isEmpty()) {
            line("");
            line("**%s**", settings.dataNote());
        }
        if (!evaluation.missing().isEmpty()) {
            line("");
            line("Not analysed: %s.", String.join(", ", evaluation.missing()));
        }
        if (!evaluation.doubts().isEmpty()) {
            line("");
            line("Not read as labelled: %s.", String.join(", ", evaluation.doubts()));
        }
    }

    private void totals() {
        KindScore all = evaluation.all();
        header("figure", "value");
        row("recordings", evaluation.clips().size() + ", " + Words.length(Math.round(evaluation.seconds() * 1e9)));
        row("labelled events met", Figures.of(all.recall()));
        row("false alerts", Figures.of(all.falseAlerts()));
        row("\u2026 in recordings in which nothing should be reported", Figures.of(all.quietFalseAlerts()));
        row("\u2026 in the others", Figures.of(all.otherFalseAlerts()));
        row("alerts the labels do not decide", Long.toString(all.undecidable()));
        row("alerts without an event that the labelled picture bears out", Long.toString(all.explained()));
        row("start off by", Figures.of(all.startError()));
        row("opened beyond the hold time", Figures.of(all.beyondHold()));
        row("end off by", Figures.of(all.endError()));
        row(
                "alerts for a met event",
                Double.isNaN(all.alertsPerEvent())
                        ? Figures.NOT_MEASURED
                        : "mean " + Words.number(all.alertsPerEvent()) + ", at most " + all.mostAlertsForAnEvent());
        row("frames with the right number of faces", Figures.of(evaluation.faceCounts()));
    }

    private void kinds() {
        header(
                "kind",
                "events met",
                "false alerts in the time the labels decide",
                "undecidable",
                "start off by",
                "beyond hold");
        for (AlertType type : Evaluation.judgedKinds()) {
            KindScore score = evaluation.kind(type);
            row(
                    '`' + type.wireName() + '`',
                    evaluation.isOn(type) ? Figures.of(score.recall()) : "off in this policy",
                    evaluation.isOn(type) ? Figures.of(score.falseAlerts()) : NONE,
                    score.undecidable() == 0 ? NONE : Long.toString(score.undecidable()),
                    score.startError().isMeasured() ? Figures.of(score.startError()) : NONE,
                    score.beyondHold().isMeasured() ? Figures.of(score.beyondHold()) : NONE);
        }
        types("No alert of the engine answers these labelled events", evaluation.eventsWithoutKind());
        types("Off in this policy", evaluation.eventsSwitchedOff());
        types("Too short to be asked for", evaluation.eventsTooShort());
    }

    private void types(String what, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            line("");
            line(
                    "%s: %s.",
                    what,
                    counts.entrySet().stream()
                            .map(entry -> '`' + entry.getKey() + "` " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void findings() {
        for (What what : What.values()) {
            List<Finding> findings = evaluation.findings().stream()
                    .filter(finding -> finding.what() == what)
                    .toList();
            if (!findings.isEmpty()) {
                line("");
                line("## %s", what.title());
                line("");
                findings.forEach(this::finding);
            }
        }
    }

    private void finding(Finding finding) {
        if (finding.what().isStill()) {
            line("- `%s`, %s: %s", finding.name(), finding.title(), finding.text());
        } else {
            line(
                    "- `%s`, %.1f to %.1f s: %s%s",
                    finding.name(),
                    finding.startSeconds(),
                    finding.endSeconds(),
                    finding.title(),
                    finding.what() == What.MISSED ? "" : ". " + finding.text());
        }
    }

    private void looks() {
        line("");
        line("## Gaze and head");
        line("");
        line(
                "Looks away by the eyes only: met %s. By the head: met %s. Direction right in %s.",
                Figures.of(evaluation.looksAway(Set.of("eyes_only"))),
                Figures.of(evaluation.looksAway(Set.of("head", "eyes_and_head"))),
                Figures.of(evaluation.directions(Set.of("eyes_only", "head", "eyes_and_head"))));
        LookConfusion looks = evaluation.looks();
        confusion("Gaze by frame where the head is in front (eyes only); labelled down, told across", looks.eyes());
        confusion("Gaze by frame where the head is turned", looks.turned());
        confusion("Head against the line to the camera, by frame", looks.head());
    }

    private void confusion(String title, Confusion confusion) {
        line("");
        line("%s: %s", title, confusion.total() == 0 ? Figures.NOT_MEASURED : "");
        if (confusion.total() == 0) {
            return;
        }
        header(("labelled," + String.join(",", confusion.answers())).split(","));
        for (String label : confusion.labels()) {
            if (confusion.total(label) > 0) {
                row((label
                                + ','
                                + confusion.answers().stream()
                                        .map(answer -> Long.toString(confusion.count(label, answer)))
                                        .collect(Collectors.joining(",")))
                        .split(","));
            }
        }
    }

    private void stills() {
        line("");
        line("## Stills");
        if (evaluation.stills().isEmpty()) {
            line("");
            line("Not measured.");
            return;
        }
        StillScores stills = evaluation.stills().orElseThrow();
        if (!stills.failed().isEmpty()) {
            line("");
            line("Not analysed: %s.", String.join(", ", stills.failed()));
        }
        header("figure", "stills right");
        stills.rows().forEach(row -> row(row.name(), Figures.of(row.share())));
        for (ThingScore thing : stills.things()) {
            if (!thing.lookedFor()) {
                line("");
                line("%s: %s, objects are off in this policy.", thing.thing(), Figures.NOT_MEASURED);
                continue;
            }
            header(thing.thing() + ", score from", "recall", "precision");
            row(
                    format("**%.2f**", thing.atThreshold().threshold())
                            + (thing.threshold().isPresent() ? " (the policy's)" : " (not forbidden by the policy)"),
                    Figures.of(thing.atThreshold().recall()),
                    Figures.of(thing.atThreshold().precision()));
            thing.sweep().stream()
                    .filter(point -> Math.round(point.threshold() * 100) % 10 == 0)
                    .forEach(point ->
                            row(format("%.2f", point.threshold()), counts(point.recall()), counts(point.precision())));
        }
        line("");
        line("Presentation attack on stills: not measured, a still has no motion of its own.");
    }

    private static String counts(Proportion share) {
        return share.isMeasured() ? share.hits() + " of " + share.total() : NONE;
    }

    private void identity() {
        line("");
        line("## Identity on pairs of stills");
        IdentityScore score =
                evaluation.identity().filter(IdentityScore::isMeasured).orElse(null);
        if (score == null) {
            line("");
            line("Not measured.");
            return;
        }
        header("figure", "value");
        row(
                "pairs of one person, of two, not compared",
                score.roc().samePairs() + ", " + score.roc().otherPairs() + ", " + score.notCompared());
        row(
                "equal error rate",
                format(
                        "%.1f %% at distance %.3f",
                        100 * score.roc().equalErrorRate(), score.roc().equalErrorDistance()));
        row("area under the curve", format("%.4f", score.roc().area()));
        row("two persons told by one look", Figures.of(score.found()));
        row("one person taken for two by one look", Figures.of(score.alarms()));
        row("left open by one look", Figures.of(score.unclear()));
    }

    private void models() {
        line("");
        line("## Models");
        header("model", "SHA-256");
        evaluation.settings().modelHashes().forEach((name, hash) -> row('`' + name + '`', '`' + hash + '`'));
    }

    private void header(String... columns) {
        line("");
        row(columns);
        line("|%s", "---|".repeat(columns.length));
    }

    private void row(String... cells) {
        line("%s", "| " + String.join(" | ", cells) + " |");
    }

    private void line(String format, Object... values) {
        text.append(format(format, values).stripTrailing()).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
