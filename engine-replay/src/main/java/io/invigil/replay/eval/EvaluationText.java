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

/** An evaluation for a terminal: the outcome first, then what went wrong, then the details. */
final class EvaluationText {
    private static final int NAME = 20;

    private final Evaluation evaluation;
    private final StringBuilder text = new StringBuilder(4096);

    private EvaluationText(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    static String write(Evaluation evaluation) {
        EvaluationText writer = new EvaluationText(evaluation);
        writer.head();
        writer.kinds();
        writer.notAsked();
        writer.findings();
        writer.looks();
        writer.stills();
        writer.identity();
        writer.spoof();
        return writer.text.toString();
    }

    private void head() {
        EvaluationSettings settings = evaluation.settings();
        line(
                "%s: %d recordings, %s, policy %s at %s, events of %s s or more",
                settings.dataName(),
                evaluation.clips().size(),
                Words.length(Math.round(evaluation.seconds() * 1e9)),
                settings.policy().name(),
                settings.fps() == 0 ? "every frame" : Words.number(settings.fps()) + " frames a second",
                Words.number(settings.minEventSeconds()));
        evaluation.missing().forEach(name -> line("not analysed: %s", name));
        evaluation.doubts().forEach(doubt -> line("not read as labelled: %s", doubt));
        KindScore all = evaluation.all();
        line("");
        line("  events met           %s", Figures.of(all.recall()));
        line("  false alerts         %s", Figures.of(all.falseAlerts()));
        line(
                "    in quiet clips     %s, %s in which nothing should be reported",
                Figures.of(all.quietFalseAlerts()),
                Words.count(evaluation.quietClips().size(), "clip", "clips"));
        line("    in the others      %s", Figures.of(all.otherFalseAlerts()));
        line("  undecidable alerts   %d (the labels do not say whether they are right)", all.undecidable());
        line("  start off by         %s", Figures.of(all.startError()));
        line("  opened beyond hold   %s", Figures.of(all.beyondHold()));
        line("  end off by           %s", Figures.of(all.endError()));
        line(
                "  alerts for an event  %s at the mean, at most %d",
                Double.isNaN(all.alertsPerEvent()) ? Figures.NOT_MEASURED : Words.number(all.alertsPerEvent()),
                all.mostAlertsForAnEvent());
        line("  faces counted right  %s of the frames", Figures.of(evaluation.faceCounts()));
        line("");
    }

    private void kinds() {
        line("%-" + NAME + "s %-28s %-42s %s", "kind", "events met", "false alerts in decidable time", "start off by");
        for (AlertType type : Evaluation.judgedKinds()) {
            KindScore score = evaluation.kind(type);
            line(
                    "%-" + NAME + "s %-28s %-42s %s%s",
                    type.wireName(),
                    evaluation.isOn(type) ? Figures.of(score.recall()) : "off in this policy",
                    evaluation.isOn(type) ? Figures.of(score.falseAlerts()) : "",
                    score.startError().isMeasured() ? Figures.of(score.startError()) : "",
                    score.undecidable() > 0 ? "   undecidable " + score.undecidable() : "");
        }
        line("");
    }

    private void notAsked() {
        types("not asked for, no alert of the engine answers them", evaluation.eventsWithoutKind());
        types("not asked for, off in this policy", evaluation.eventsSwitchedOff());
        types("not asked for, too short", evaluation.eventsTooShort());
        line("");
    }

    private void types(String what, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            line(
                    "%s: %s",
                    what,
                    counts.entrySet().stream()
                            .map(entry -> entry.getKey() + ' ' + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void findings() {
        for (What what : What.values()) {
            List<Finding> findings = evaluation.findings().stream()
                    .filter(finding -> finding.what() == what)
                    .toList();
            if (!findings.isEmpty()) {
                line("%s", what.title());
                findings.forEach(this::finding);
                line("");
            }
        }
    }

    private void finding(Finding finding) {
        if (finding.what().isStill()) {
            line("  %-34s %-11s %s", finding.name(), finding.title(), finding.text());
        } else {
            line(
                    "  %-34s %6.1f - %5.1f s  %s%s",
                    finding.name(),
                    finding.startSeconds(),
                    finding.endSeconds(),
                    finding.title(),
                    finding.what() == What.MISSED ? "" : ": " + finding.text());
        }
    }

    private void looks() {
        line("look away, by eyes only   met %s, direction right in %s", met("eyes_only"), directions("eyes_only"));
        line(
                "look away, by the head    met %s, direction right in %s",
                met("head", "eyes_and_head"), directions("head", "eyes_and_head"));
        LookConfusion looks = evaluation.looks();
        matrix("gaze where the head is in front (eyes only), frames: labelled down, reported across", looks.eyes());
        matrix("gaze where the head is turned, frames", looks.turned());
        matrix("head against the camera, frames", looks.head());
    }

    private String met(String... modalities) {
        return Figures.of(evaluation.looksAway(Set.of(modalities)));
    }

    private String directions(String... modalities) {
        Proportion right = evaluation.directions(Set.of(modalities));
        return right.isMeasured() ? right.hits() + " of " + right.total() : Figures.NOT_MEASURED;
    }

    private void matrix(String title, Confusion confusion) {
        line("");
        line("%s", confusion.total() == 0 ? title + ": " + Figures.NOT_MEASURED : title);
        if (confusion.total() == 0) {
            return;
        }
        StringBuilder header = new StringBuilder(format("%-14s", ""));
        confusion.answers().forEach(answer -> header.append(format("%13s", answer)));
        line("%s", header);
        for (String label : confusion.labels()) {
            if (confusion.total(label) > 0) {
                StringBuilder row = new StringBuilder(format("  %-12s", label));
                confusion.answers().forEach(answer -> row.append(format("%13d", confusion.count(label, answer))));
                line("%s", row);
            }
        }
    }

    private void stills() {
        line("");
        if (evaluation.stills().isEmpty()) {
            line("stills                    %s", Figures.NOT_MEASURED);
            return;
        }
        StillScores stills = evaluation.stills().orElseThrow();
        line(
                "stills: %d, each offered %d times, one look of the object detector apart",
                stills.readings().size(), StillRunner.TIMES);
        stills.failed().forEach(name -> line("  not analysed: %s", name));
        stills.rows().forEach(row -> line("  %-50s %s", row.name(), Figures.of(row.share())));
        stills.things().forEach(this::thing);
    }

    private void thing(ThingScore score) {
        if (!score.lookedFor()) {
            line("  %s: %s, objects are off in this policy", score.thing(), Figures.NOT_MEASURED);
            return;
        }
        ThingScore.Point point = score.atThreshold();
        line(
                "  %s at %s %.2f: recall %s, precision %s; at the first look alone recall %s",
                score.thing(),
                score.threshold().isPresent() ? "the policy's score" : "score (not forbidden by the policy)",
                point.threshold(),
                Figures.of(point.recall()),
                Figures.of(point.precision()),
                Figures.of(score.recallAtFirstLook()));
        line("    score      %s", sweep(score, p -> format("%5.2f", p.threshold())));
        line("    recall     %s", sweep(score, p -> percent(p.recall())));
        line("    precision  %s", sweep(score, p -> percent(p.precision())));
    }

    private static String sweep(ThingScore score, java.util.function.Function<ThingScore.Point, String> cell) {
        return score.sweep().stream()
                .filter(point -> Math.round(point.threshold() * 100) % 10 == 0)
                .map(cell)
                .collect(Collectors.joining(" "));
    }

    private static String percent(Proportion share) {
        return share.isMeasured() ? format("%4.0f%%", 100 * share.share()) : "    -";
    }

    private void identity() {
        line("");
        IdentityScore score =
                evaluation.identity().filter(IdentityScore::isMeasured).orElse(null);
        if (score == null) {
            line("identity on pairs of stills  %s", Figures.NOT_MEASURED);
            return;
        }
        IdentityRoc roc = score.roc();
        line(
                "identity on pairs of stills: %d of one person, %d of two, %d not compared",
                roc.samePairs(), roc.otherPairs(), score.notCompared());
        line(
                "  equal error rate %.1f %% at distance %.3f, area under the curve %.4f",
                100 * roc.equalErrorRate(), roc.equalErrorDistance(), roc.area());
        line(
                "  by one look: two persons told in %s, false alarms %s, not told %s",
                Figures.of(score.found()), Figures.of(score.alarms()), Figures.of(score.unclear()));
    }

    private void spoof() {
        line("spoof on stills              %s: a still has no motion of its own", Figures.NOT_MEASURED);
    }

    private void line(String format, Object... values) {
        text.append(format(format, values).stripTrailing()).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
