package io.invigil.replay.eval;

import io.invigil.api.Detector;
import io.invigil.report.page.Figures;
import io.invigil.report.page.Html;
import io.invigil.report.page.Words;
import java.util.Set;

/** Where gaze and head went by the labels, and what the engine answered, frame by frame. */
final class LookSection {
    private final PageParts parts;
    private final Html html;

    private LookSection(PageParts parts) {
        this.parts = parts;
        html = parts.html();
    }

    static void write(PageParts parts, Evaluation evaluation) {
        new LookSection(parts).looks(evaluation);
    }

    private void looks(Evaluation evaluation) {
        parts.section("looks", "Gaze and head");
        parts.lead("Looks away by the eyes only: met " + Figures.of(evaluation.looksAway(Set.of("eyes_only")))
                + ". By the head: met "
                + Figures.of(evaluation.looksAway(Set.of("head", "eyes_and_head")))
                + ". Direction right in "
                + Figures.of(evaluation.directions(Set.of("eyes_only", "head", "eyes_and_head")))
                + " of the met ones.");
        LookConfusion looks = evaluation.looks();
        if (!evaluation.settings().policy().needs(Detector.GAZE)) {
            parts.quiet("Not measured by frame: looks away are off in this policy.");
            parts.endSection();
            return;
        }
        confusion("Gaze, head in front: eyes only", looks.eyes());
        confusion("Gaze, head turned", looks.turned());
        confusion("Head against the line to the camera", looks.head());
        parts.quiet("Frames, by the label down and the engine's answer across. Gaze is told against the candidate's own"
                + " neutral, so it is not told before there is one; combined directions count by their sideways part.");
        parts.endSection();
    }

    private void confusion(String title, Confusion confusion) {
        html.element("h3", title);
        if (confusion.total() == 0) {
            parts.quiet("Not measured: no frame is labelled so.");
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
                    html.element("td", PageParts.count(count), "class", "num " + tone(confusion, label, answer));
                }
                html.close("tr");
            }
        }
        parts.endTable();
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
}
