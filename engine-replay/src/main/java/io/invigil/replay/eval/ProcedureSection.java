package io.invigil.replay.eval;

import io.invigil.report.page.Html;
import io.invigil.report.page.Words;

/** How alerts are held against labels, in the words of {@link Matching}, for who reads an evaluation's page. */
final class ProcedureSection {
    private ProcedureSection() {}

    static void write(Html html, EvaluationSettings settings) {
        html.open("section", "aria-labelledby", "procedure-title", "id", "procedure");
        html.element("h2", "How alerts are held against labels", "id", "procedure-title");
        html.open("dl", "class", "reading");
        entry(
                html,
                "Answer",
                "An alert answers an event of its kind when both overlap by half a second, or by half of the shorter one,"
                        + " and events of that kind cover at least half of the alert. An alert over the whole clip answers nothing.");
        entry(
                html,
                "Met",
                "An event is met when an alert answers it. Shorter events than "
                        + Words.number(settings.minEventSeconds())
                        + " s are not asked for, but make the alerts that answer them right.");
        entry(
                html,
                "Explained",
                "No event, but the labelled state of the picture bears the alert out for at least half of it, within "
                        + Words.number(settings.toleranceSeconds()) + " s.");
        entry(
                html,
                "Undecidable",
                "Not borne out for half of it, but contradicted for less than half, as the labels are silent on what it is about."
                        + " Neither right nor false.");
        entry(html, "False", "Everything else, and every alert in a clip in which nothing should be reported.");
        entry(
                html,
                "Start and end",
                "How far the first answering alert starts, and the last one ends, off the labels, without sign. Beyond hold:"
                        + " from the labelled start and the rule's hold time to the frame that opened the alert.");
        html.close("dl").close("section").line();
    }

    private static void entry(Html html, String name, String text) {
        html.open("div").element("dt", name).element("dd", text).close("div");
    }
}
