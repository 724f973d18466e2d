package io.invigil.replay.eval;

import io.invigil.replay.eval.UnitChart.Point;
import io.invigil.report.card.Proportion;
import io.invigil.report.page.Html;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Recall and precision by threshold, as a chart with its numbers. */
final class ThresholdChart {
    private final ThingScore score;

    ThresholdChart(ThingScore score) {
        this.score = score;
    }

    void write(Html html) {
        html.open("div", "class", "curves");
        UnitChart chart = UnitChart.open(
                html, "Recall and precision of " + score.thing() + " by threshold", "threshold", "share of stills");
        score.threshold().ifPresent(threshold -> chart.line("mark", threshold, 0, threshold, 1));
        chart.curve("curve recall", points(ThingScore.Point::recall));
        chart.curve("curve precision", points(ThingScore.Point::precision));
        chart.close();
        html.open("div").open("ul", "class", "key-list");
        html.open("li")
                .open("i", "class", "swatch recall")
                .close("i")
                .text("recall")
                .close("li");
        html.open("li")
                .open("i", "class", "swatch precision")
                .close("i")
                .text("precision")
                .close("li");
        html.close("ul").open("table", "class", "sweep").open("thead").open("tr");
        for (String name : List.of("Score", "Recall", "Precision")) {
            html.element("th", name, "scope", "col", "class", "num");
        }
        html.close("tr").close("thead").open("tbody");
        for (ThingScore.Point point : score.sweep()) {
            if (Math.round(point.threshold() * 100) % 10 == 0) {
                html.open("tr");
                html.element("td", String.format(Locale.ROOT, "%.1f", point.threshold()), "class", "num");
                html.element("td", cell(point.recall()), "class", "num");
                html.element("td", cell(point.precision()), "class", "num").close("tr");
            }
        }
        html.close("tbody").close("table").close("div").close("div").line();
    }

    private List<Point> points(Function<ThingScore.Point, Proportion> value) {
        return score.sweep().stream()
                .filter(point -> value.apply(point).isMeasured())
                .map(point -> new Point(point.threshold(), value.apply(point).share()))
                .toList();
    }

    private static String cell(Proportion share) {
        return share.isMeasured() ? share.hits() + " of " + share.total() : "\u2013";
    }
}
