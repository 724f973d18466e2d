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
    private static final String NONE = "\u2013";

    private final Evaluation evaluation;
    private final FindingCards cards;
    private final Html html;

    private EvaluationPage(Evaluation evaluation, Map<Finding, byte[]> pictures) {
        this.evaluation = evaluation;
        cards = new FindingCards(pictures);
        html = PageShell.open(
                "Evaluation: " + evaluation.settings().dataName() + " \u2013 Invigil",
                "misses",
                "Skip to what went wrong",
                PageShell.resource(EvaluationPage.class, "eval.css"));
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
        page.looks();
        page.stills();
        page.identity();
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
            warn("Read this first.", settings.dataNote());
        }
        if (!evaluation.missing().isEmpty()) {
            warn("Not analysed.", String.join(", ", evaluation.missing()));
        }
    }

    private void warn(String title, String text) {
        html.open("p", "class", "warning", "role", "note")
                .element("b", title)
                .text(" " + text)
                .close("p")
                .line();
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
                Double.isNaN(all.alertsPerEvent()) ? NONE : Words.number(all.alertsPerEvent()),
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
        return share.isMeasured() ? format("%.1f %%", 100 * share.share()) : NONE;
    }

    private static String rate(KindScore score) {
        return score.falseAlerts().isMeasured()
                ? format("%.1f", score.falseAlerts().perHour())
                : NONE;
    }

    private static String median(double seconds) {
        return Double.isNaN(seconds) ? NONE : format("%.2f s", seconds + 0.0);
    }

    private static String largest(double seconds) {
        return Double.isNaN(seconds) ? Figures.NOT_MEASURED : format("at most %.2f s", seconds + 0.0);
    }

    private void kinds() {
        section("kinds", "By kind");
        table(
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
        endTable();
        html.element(
                "p",
                "False alerts are counted in the time for which the labels say whether such an alert would be right."
                        + " Ranges are 95 % confidence intervals.",
                "class",
                "quiet");
        notAsked("No alert of the engine answers these labelled events: ", evaluation.eventsWithoutKind());
        notAsked("Off in this policy: ", evaluation.eventsSwitchedOff());
        notAsked("Too short to be asked for: ", evaluation.eventsTooShort());
        html.close("section").line();
    }

    private void kind(AlertType type) {
        KindScore score = evaluation.kind(type);
        boolean on = evaluation.isOn(type);
        html.open("tr", "class", on ? null : "off").open("th", "scope", "row").text(Words.of(type));
        html.element("small", on ? type.wireName() : "off in this policy").close("th");
        cell(Figures.of(score.recall()));
        cell(on ? Figures.of(score.falseAlerts()) : NONE);
        cell(score.undecidable() == 0 ? NONE : Long.toString(score.undecidable()));
        cell(short2(score.startError().medianSeconds(), score.startError().largestSeconds()));
        cell(short2(score.endError().medianSeconds(), score.endError().largestSeconds()));
        cell(short2(score.beyondHold().medianSeconds(), score.beyondHold().largestSeconds()));
        cell(Double.isNaN(score.alertsPerEvent()) ? NONE : Words.number(score.alertsPerEvent()));
        html.close("tr");
    }

    private static String short2(double median, double largest) {
        return Double.isNaN(median) ? NONE : format("%.2f s, at most %.2f s", median + 0.0, largest + 0.0);
    }

    private void notAsked(String words, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            StringBuilder text = new StringBuilder(words);
            counts.forEach((type, count) -> text.append(text.length() == words.length() ? "" : ", ")
                    .append(type)
                    .append(' ')
                    .append(count));
            html.element("p", text + ".", "class", "quiet");
        }
    }

    private void findings(String id, What what, String whenNone) {
        List<Finding> findings = evaluation.findings().stream()
                .filter(finding -> finding.what() == what)
                .toList();
        section(id, what.title() + (findings.isEmpty() ? "" : " (" + findings.size() + ")"));
        if (findings.isEmpty()) {
            html.element("p", whenNone, "class", "lead");
        }
        cards.write(html, findings);
        html.close("section").line();
    }

    private static String length(double seconds) {
        return Words.length(Math.round(seconds * 1e9));
    }

    private void clips() {
        section("clips", "By recording");
        table("Recording", "Events met", "False alerts", "Undecidable", "Explained", "Faces counted right");
        for (ClipScore clip : evaluation.clips()) {
            KindScore score = KindScore.of(List.of(clip), Set.of(AlertType.values()));
            html.open("tr").open("th", "scope", "row").element("code", clip.name());
            if (clip.isQuiet()) {
                html.element("small", "nothing should be reported");
            }
            html.close("th");
            cell(
                    score.recall().isMeasured()
                            ? score.recall().hits() + " of " + score.recall().total()
                            : NONE);
            cell(count(score.falseAlerts().count()));
            cell(count(score.undecidable()));
            cell(count(score.explained()));
            cell(
                    clip.faceCounts().isMeasured()
                            ? clip.faceCounts().hits() + " of "
                                    + clip.faceCounts().total()
                            : NONE);
            html.close("tr");
        }
        endTable();
        html.close("section").line();
    }

    private static String count(long number) {
        return number == 0 ? NONE : Long.toString(number);
    }

    private void looks() {
        section("looks", "Gaze and head");
        html.element(
                "p",
                "Looks away by the eyes only: met " + Figures.of(evaluation.looksAway(Set.of("eyes_only")))
                        + ". By the head: met "
                        + Figures.of(evaluation.looksAway(Set.of("head", "eyes_and_head")))
                        + ". Direction right in "
                        + Figures.of(evaluation.directions(Set.of("eyes_only", "head", "eyes_and_head")))
                        + " of the met ones.",
                "class",
                "lead");
        LookConfusion looks = evaluation.looks();
        confusion("Gaze, head in front: eyes only", looks.eyes());
        confusion("Gaze, head turned", looks.turned());
        confusion("Head against the line to the camera", looks.head());
        html.element(
                "p",
                "Frames, by the label down and the engine's answer across. Gaze is told against the candidate's own"
                        + " neutral, so it is not told before there is one; combined directions count by their sideways part.",
                "class",
                "quiet");
        html.close("section").line();
    }

    private void confusion(String title, Confusion confusion) {
        html.element("h3", title);
        if (confusion.total() == 0) {
            html.element("p", "Not measured: no frame is labelled so.", "class", "quiet");
            return;
        }
        html.open("div", "class", "scroll")
                .open("table", "class", "confusion")
                .open("thead")
                .open("tr");
        html.element("th", "labelled", "scope", "col");
        confusion.answers().forEach(answer -> html.element("th", Words.plain(answer), "scope", "col", "class", "num"));
        html.close("tr").close("thead").open("tbody");
        for (String label : confusion.labels()) {
            if (confusion.total(label) > 0) {
                html.open("tr").element("th", Words.plain(label), "scope", "row");
                for (String answer : confusion.answers()) {
                    long count = confusion.count(label, answer);
                    html.element("td", count(count), "class", "num " + tone(confusion, label, answer));
                }
                html.close("tr");
            }
        }
        endTable();
    }

    private static String tone(Confusion confusion, String label, String answer) {
        if (confusion.count(label, answer) == 0) {
            return "nil";
        }
        if (answer.equals(label)) {
            return "right";
        }
        // A label without an answer of its own, as closed eyes, has no wrong answer either.
        boolean answerable = confusion.answers().contains(label);
        return answer.equals(LookConfusion.CANNOT_TELL) || !answerable ? "open" : "wrong";
    }

    private void stills() {
        section("stills", "Stills");
        if (evaluation.stills().isEmpty()) {
            html.element("p", "Not measured: no labelled stills were looked at.", "class", "lead");
            html.close("section").line();
            return;
        }
        StillScores stills = evaluation.stills().orElseThrow();
        html.element(
                "p",
                stills.readings().size()
                        + " stills, each shown to a session of its own as a motionless picture, offered "
                        + StillRunner.TIMES
                        + " times, one look of the object detector apart; only looks really taken count.",
                "class",
                "lead");
        if (!stills.failed().isEmpty()) {
            warn("Not analysed.", String.join(", ", stills.failed()));
        }
        table("What", "Stills right");
        stills.rows().forEach(this::still);
        endTable();
        stills.things().forEach(this::thing);
        List<Finding> findings = evaluation.findings().stream()
                .filter(finding -> finding.what().isStill())
                .toList();
        if (!findings.isEmpty()) {
            html.element("h3", "What went wrong on stills (" + findings.size() + ")");
            cards.write(html, findings);
        }
        html.element(
                "p",
                "Presentation attack on stills: not measured, a still has no motion of its own.",
                "class",
                "quiet");
        html.close("section").line();
    }

    private void still(StillScores.Row row) {
        html.open("tr").element("th", sentence(row.name()), "scope", "row");
        cell(Figures.of(row.share()));
        html.close("tr");
    }

    private void thing(ThingScore score) {
        ThingScore.Point point = score.atThreshold();
        html.element("h3", sentence(score.thing()));
        html.element(
                "p",
                (score.threshold().isPresent()
                                ? "At the policy's score of " + Words.number(point.threshold())
                                : "Not forbidden by the policy; at a score of " + Words.number(point.threshold()))
                        + ": recall " + Figures.of(point.recall()) + ", precision " + Figures.of(point.precision())
                        + ". At the first look alone: recall " + Figures.of(score.recallAtFirstLook()) + ".");
        new ThresholdChart(score).write(html);
    }

    private void identity() {
        section("identity", "Identity");
        IdentityScore score =
                evaluation.identity().filter(IdentityScore::isMeasured).orElse(null);
        if (score == null) {
            html.element("p", "Not measured.", "class", "lead");
        } else {
            IdentityRoc roc = score.roc();
            html.element(
                    "p",
                    format(
                            "Equal error rate %.1f %% at distance %.3f, area under the curve %.4f, over %d pairs of"
                                    + " stills of one person and %d of two; %d pairs were not compared, as a face was not"
                                    + " fit for it. Stills of one person often come from one source, which makes them"
                                    + " easier to tell than in life.",
                            100 * roc.equalErrorRate(),
                            roc.equalErrorDistance(),
                            roc.area(),
                            roc.samePairs(),
                            roc.otherPairs(),
                            score.notCompared()),
                    "class",
                    "lead");
            html.element(
                    "p",
                    "By a single look, two persons are told in " + Figures.of(score.found())
                            + ", one person is taken for two in "
                            + Figures.of(score.alarms()) + ", and " + Figures.of(score.unclear())
                            + " are left open. The rule decides over several looks.");
            new RocChart(roc).write(html);
        }
        html.close("section").line();
    }

    private void origin() {
        EvaluationSettings settings = evaluation.settings();
        section("origin", "Made with");
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

    private void section(String id, String title) {
        html.open("section", "aria-labelledby", id + "-title", "id", id);
        html.element("h2", title, "id", id + "-title");
    }

    private void table(String... columns) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String column : columns) {
            html.element("th", column, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody");
    }

    private void endTable() {
        html.close("tbody").close("table").close("div").line();
    }

    private void cell(String text) {
        html.element("td", text);
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
