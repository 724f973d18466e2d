package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.replay.eval.Finding.What;
import io.invigil.report.card.Proportion;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.page.Figures;
import io.invigil.report.page.Html;
import io.invigil.report.page.PageShell;
import io.invigil.report.page.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An evaluation as one page that needs no other, with a picture of everything that went wrong. */
final class EvaluationPage {
    private final Evaluation evaluation;
    private final FindingCards cards;
    private final Html html;
    private final PageParts parts;

    private EvaluationPage(Evaluation evaluation, Map<Finding, byte[]> pictures) {
        this.evaluation = evaluation;
        cards = new FindingCards(pictures);
        html = PageShell.open(
                "Evaluation: " + evaluation.settings().dataName() + " \u2013 Invigil",
                "misses",
                "Skip to what went wrong",
                PageShell.resource(EvaluationPage.class, "eval.css"));
        parts = new PageParts(html);
    }

    static String write(Evaluation evaluation, Map<Finding, byte[]> pictures) {
        EvaluationPage page = new EvaluationPage(evaluation, pictures);
        page.head();
        page.summary();
        page.kinds();
        page.findings("misses", What.MISSED, "Every event asked for was met.");
        page.findings("false", What.FALSE, "No alert contradicts the labels.");
        page.findings("undecidable", What.UNDECIDABLE, "The labels decide every alert.");
        page.findings("explained", What.EXPLAINED, "Every other alert answers a labelled event.");
        page.clips();
        LookSection.write(page.parts, evaluation);
        new StillSection(page.parts, evaluation, page.cards).write();
        IdentitySection.write(page.parts, evaluation.identity());
        ProcedureSection.write(page.html, evaluation.settings());
        page.origin();
        return PageShell.close(
                page.html,
                "Invigil " + evaluation.settings().version() + " \u00b7 "
                        + evaluation.settings().dataName(),
                "");
    }

    private void head() {
        EvaluationSettings settings = evaluation.settings();
        html.open("header", "class", "top");
        html.open("p", "class", "brand")
                .element("b", "Invigil")
                .text("Evaluation")
                .close("p");
        html.element("h1", settings.dataName());
        html.element(
                "p",
                String.join(
                        " \u00b7 ",
                        Words.count(evaluation.clips().size(), "recording", "recordings"),
                        length(evaluation.seconds()),
                        "policy " + settings.policy().name(),
                        settings.fps() == 0
                                ? "every frame analysed"
                                : Words.number(settings.fps()) + " frames a second analysed",
                        settings.measuredAt().replace('T', ' ').replace("Z", " UTC")),
                "class",
                "subtitle");
        html.close("header").line();
        if (!settings.dataNote().isEmpty()) {
            parts.warn("Read this first.", settings.dataNote());
        }
        if (!evaluation.missing().isEmpty()) {
            parts.warn("Not analysed.", String.join(", ", evaluation.missing()));
        }
        if (!evaluation.doubts().isEmpty()) {
            parts.warn("Not read as labelled.", String.join(", ", evaluation.doubts()));
        }
    }

    private void summary() {
        KindScore all = evaluation.all();
        html.open("section", "class", "summary", "aria-labelledby", "summary-title");
        html.open("div", "class", "headline");
        html.element(
                "h2",
                all.recall().isMeasured()
                        ? all.recall().hits() + " of " + all.recall().total() + " events met"
                        : "No event was asked for",
                "id",
                "summary-title");
        html.element(
                "p",
                Words.count(all.falseAlerts().count(), "false alert", "false alerts") + ", "
                        + all.quietFalseAlerts().count() + " of them in "
                        + Words.count(evaluation.quietClips().size(), "clip", "clips")
                        + " in which nothing should be reported. These figures speak of these recordings and people;"
                        + " the ranges say how little they prove of others.");
        html.close("div").open("ul", "class", "tiles");
        tile("Events met", share(all.recall()), Figures.interval(all.recall()));
        tile("False alerts an hour", rate(all), Figures.interval(all.falseAlerts()));
        tile(
                "Start off by",
                median(all.startError().medianSeconds()),
                "median; " + largest(all.startError().largestSeconds()));
        tile(
                "Opened beyond hold",
                median(all.beyondHold().medianSeconds()),
                "median; " + largest(all.beyondHold().largestSeconds()));
        tile(
                "Alerts for an event",
                Double.isNaN(all.alertsPerEvent()) ? PageParts.NONE : Words.number(all.alertsPerEvent()),
                "mean; at most " + all.mostAlertsForAnEvent());
        tile("Faces counted right", share(evaluation.faceCounts()), Figures.interval(evaluation.faceCounts()));
        html.close("ul").close("section").line();
    }

    private void tile(String name, String value, String note) {
        html.open("li", "class", "tile figure")
                .element("b", value)
                .element("span", name)
                .element("small", note)
                .close("li");
    }

    private static String share(Proportion share) {
        return share.isMeasured() ? format("%.1f %%", 100 * share.share()) : PageParts.NONE;
    }

    private static String rate(KindScore score) {
        return score.falseAlerts().isMeasured()
                ? format("%.1f", score.falseAlerts().perHour())
                : PageParts.NONE;
    }

    private static String median(double seconds) {
        return Double.isNaN(seconds) ? PageParts.NONE : format("%.2f s", seconds + 0.0);
    }

    private static String largest(double seconds) {
        return Double.isNaN(seconds) ? Figures.NOT_MEASURED : format("at most %.2f s", seconds + 0.0);
    }

    private void kinds() {
        parts.section("kinds", "By kind");
        parts.table(
                "Kind",
                "Events met",
                "False alerts",
                "Undecidable",
                "Start off by",
                "End off by",
                "Beyond hold",
                "Alerts an event");
        for (AlertType type : Evaluation.judgedKinds()) {
            kind(type);
        }
        parts.endTable();
        parts.quiet(
                "False alerts are counted in the time for which the labels say whether such an alert would be right."
                        + " Ranges are 95 % confidence intervals.");
        notAsked("No alert of the engine answers these labelled events: ", evaluation.eventsWithoutKind());
        notAsked("Off in this policy: ", evaluation.eventsSwitchedOff());
        notAsked("Too short to be asked for: ", evaluation.eventsTooShort());
        parts.endSection();
    }

    private void kind(AlertType type) {
        KindScore score = evaluation.kind(type);
        boolean on = evaluation.isOn(type);
        html.open("tr", "class", on ? null : "off").open("th", "scope", "row").text(Words.of(type));
        html.element("small", on ? type.wireName() : "off in this policy").close("th");
        parts.cell(Figures.of(score.recall()));
        parts.cell(on ? Figures.of(score.falseAlerts()) : PageParts.NONE);
        parts.cell(score.undecidable() == 0 ? PageParts.NONE : Long.toString(score.undecidable()));
        parts.cell(short2(score.startError().medianSeconds(), score.startError().largestSeconds()));
        parts.cell(short2(score.endError().medianSeconds(), score.endError().largestSeconds()));
        parts.cell(short2(score.beyondHold().medianSeconds(), score.beyondHold().largestSeconds()));
        parts.cell(Double.isNaN(score.alertsPerEvent()) ? PageParts.NONE : Words.number(score.alertsPerEvent()));
        html.close("tr");
    }

    private static String short2(double median, double largest) {
        return Double.isNaN(median) ? PageParts.NONE : format("%.2f s, at most %.2f s", median + 0.0, largest + 0.0);
    }

    private void notAsked(String words, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            StringBuilder text = new StringBuilder(words);
            counts.forEach((type, count) -> text.append(text.length() == words.length() ? "" : ", ")
                    .append(type)
                    .append(' ')
                    .append(count));
            parts.quiet(text + ".");
        }
    }

    private void findings(String id, What what, String whenNone) {
        List<Finding> findings = evaluation.findings().stream()
                .filter(finding -> finding.what() == what)
                .toList();
        parts.section(id, what.title() + (findings.isEmpty() ? "" : " (" + findings.size() + ")"));
        if (findings.isEmpty()) {
            parts.lead(whenNone);
        }
        cards.write(html, findings);
        parts.endSection();
    }

    private static String length(double seconds) {
        return Words.length(Math.round(seconds * 1e9));
    }

    private void clips() {
        parts.section("clips", "By recording");
        parts.table("Recording", "Events met", "False alerts", "Undecidable", "Explained", "Faces counted right");
        for (ClipScore clip : evaluation.clips()) {
            KindScore score = KindScore.of(List.of(clip), Set.of(AlertType.values()));
            html.open("tr").open("th", "scope", "row").element("code", clip.name());
            if (clip.isQuiet()) {
                html.element("small", "nothing should be reported");
            }
            html.close("th");
            parts.cell(
                    score.recall().isMeasured()
                            ? score.recall().hits() + " of " + score.recall().total()
                            : PageParts.NONE);
            parts.cell(PageParts.count(score.falseAlerts().count()));
            parts.cell(PageParts.count(score.undecidable()));
            parts.cell(PageParts.count(score.explained()));
            parts.cell(
                    clip.faceCounts().isMeasured()
                            ? clip.faceCounts().hits() + " of "
                                    + clip.faceCounts().total()
                            : PageParts.NONE);
            html.close("tr");
        }
        parts.endTable();
        parts.endSection();
    }

    private void origin() {
        EvaluationSettings settings = evaluation.settings();
        parts.section("origin", "Made with");
        html.open("dl", "class", "origin");
        code("Program", "Invigil " + settings.version());
        code("Labels", settings.labelsSha256());
        code("Policy " + settings.policy().name(), PolicyDocument.sha256(settings.policy()));
        settings.modelHashes().forEach((name, hash) -> code("Model " + name, hash));
        html.close("dl").close("section").line();
    }

    private void code(String name, String value) {
        html.open("div")
                .element("dt", name)
                .open("dd")
                .element("code", value)
                .close("dd")
                .close("div");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
