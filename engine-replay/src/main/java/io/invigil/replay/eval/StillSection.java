package io.invigil.replay.eval;

import io.invigil.report.page.Figures;
import io.invigil.report.page.Html;
import io.invigil.report.page.Words;
import java.util.List;
import java.util.Locale;

/** What was seen on labelled stills, and the things found there by their score. */
final class StillSection {
    private final PageParts parts;
    private final Html html;
    private final Evaluation evaluation;
    private final FindingCards cards;

    StillSection(PageParts parts, Evaluation evaluation, FindingCards cards) {
        this.parts = parts;
        html = parts.html();
        this.evaluation = evaluation;
        this.cards = cards;
    }

    void write() {
        parts.section("stills", "Stills");
        if (evaluation.stills().isEmpty()) {
            parts.lead("Not measured: no labelled stills were looked at.");
            parts.endSection();
            return;
        }
        StillScores stills = evaluation.stills().orElseThrow();
        parts.lead(stills.readings().size()
                + " stills, each shown to a session of its own as a motionless picture, offered "
                + StillRunner.TIMES
                + " times, one look of the object detector apart; only looks really taken count.");
        if (!stills.failed().isEmpty()) {
            parts.warn("Not analysed.", String.join(", ", stills.failed()));
        }
        parts.table("What", "Stills right");
        stills.rows().forEach(this::still);
        parts.endTable();
        stills.things().forEach(this::thing);
        List<Finding> findings = evaluation.findings().stream()
                .filter(finding -> finding.what().isStill())
                .toList();
        if (!findings.isEmpty()) {
            html.element("h3", "What went wrong on stills (" + findings.size() + ")");
            cards.write(html, findings);
        }
        parts.quiet("Presentation attack on stills: not measured, a still has no motion of its own.");
        parts.endSection();
    }

    private void still(StillScores.Row row) {
        html.open("tr").element("th", sentence(row.name()), "scope", "row");
        parts.cell(Figures.of(row.share()));
        html.close("tr");
    }

    private void thing(ThingScore score) {
        ThingScore.Point point = score.atThreshold();
        html.element("h3", sentence(score.thing()));
        if (!score.lookedFor()) {
            parts.quiet("Not measured: objects are off in this policy.");
            return;
        }
        html.element(
                "p",
                (score.threshold().isPresent()
                                ? "At the policy's score of " + Words.number(point.threshold())
                                : "Not forbidden by the policy; at a score of " + Words.number(point.threshold()))
                        + ": recall " + Figures.of(point.recall()) + ", precision " + Figures.of(point.precision())
                        + ". At the first look alone: recall " + Figures.of(score.recallAtFirstLook()) + ".");
        new ThresholdChart(score).write(html);
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
