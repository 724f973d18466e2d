package io.invigil.report.page;

import io.invigil.api.SessionScore;
import io.invigil.report.log.MediaTime;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.ScoreText;
import java.util.Locale;

/** The score with its arithmetic, so that a reader can do it again. */
final class ScoreSection {
    private final RecordingResult result;

    ScoreSection(RecordingResult result) {
        this.result = result;
    }

    void write(Html html) {
        result.score().ifPresent(score -> write(html, score));
    }

    private static void write(Html html, SessionScore score) {
        html.open("section", "aria-labelledby", "score-title", "id", "score");
        html.element("h2", "Score: " + points(score.points()), "id", "score-title");
        html.element(
                "p",
                "How much of the session its alerts take up, weighed by the policy: each kind's weight times its share of"
                        + " the session's " + MediaTime.seconds(score.sessionNs())
                        + " s, added up. It sorts what to look at first and judges nobody.",
                "class",
                "lead");
        if (!score.terms().isEmpty()) {
            table(html, score);
        }
        html.element(
                "p",
                "Time is counted from the first judged frame to the last, without pauses. Of one kind, alerts that overlap"
                        + " count once; what the host reports counts as at least one second.",
                "class",
                "quiet");
        html.close("section").line();
    }

    private static void table(Html html, SessionScore score) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        html.element("th", "Kind", "scope", "col");
        html.element("th", "Alerts", "scope", "col");
        for (String name : new String[] {"Time", "Share", "Weight", "Points"}) {
            html.element("th", name, "scope", "col", "class", "num");
        }
        html.close("tr").close("thead").open("tbody");
        for (SessionScore.Term term : score.terms()) {
            html.open("tr").element("th", Words.of(term.kind()), "scope", "row").open("td");
            for (int i = 0; i < term.alertIds().size(); i++) {
                html.text(i == 0 ? "" : ", ")
                        .element(
                                "a",
                                term.alertIds().get(i),
                                "href",
                                "#card-" + term.alertIds().get(i));
            }
            html.close("td")
                    .element("td", MediaTime.seconds(term.durationNs()) + " s", "class", "num")
                    .element("td", points(term.share()), "class", "num")
                    .element("td", Words.number(term.weight()), "class", "num")
                    .element("td", points(term.points()), "class", "num")
                    .close("tr");
        }
        html.close("tbody").close("table").close("div");
    }

    private static String points(double value) {
        return String.format(Locale.ROOT, "%.4f", ScoreText.points(value));
    }
}
