package io.invigil.replay.eval;

import io.invigil.report.page.Html;
import java.util.List;
import java.util.Locale;

/** Draws curves over a square from 0 to 1 on both axes as SVG. */
final class UnitChart {
    private static final double SIDE = 220;
    private static final double LEFT = 44;
    private static final double TOP = 10;
    private static final double WIDTH = LEFT + SIDE + 16;
    private static final double HEIGHT = TOP + SIDE + 40;

    private final Html html;

    /**
     * A point.
     *
     * @param x 0 to 1, to the right
     * @param y 0 to 1, upwards
     */
    record Point(double x, double y) {}

    private UnitChart(Html html) {
        this.html = html;
    }

    /** Begins a chart with its grid. */
    static UnitChart open(Html html, String label, String xName, String yName) {
        UnitChart chart = new UnitChart(html);
        html.open(
                "svg",
                "class",
                "unit",
                "viewBox",
                "0 0 " + number(WIDTH) + ' ' + number(HEIGHT),
                "role",
                "img",
                "aria-label",
                label);
        for (int i = 0; i <= 4; i++) {
            double at = i / 4.0;
            chart.line("grid", at, 0, at, 1);
            chart.line("grid", 0, at, 1, at);
            chart.text(number(at), x(at), y(0) + 14, "middle");
            chart.text(number(at), x(0) - 6, y(at) + 4, "end");
        }
        chart.text(xName, x(0.5), y(0) + 32, "middle");
        html.element(
                "text",
                yName,
                "text-anchor",
                "middle",
                "transform",
                "translate(11 " + number(y(0.5)) + ") rotate(-90)");
        return chart;
    }

    UnitChart line(String style, double x1, double y1, double x2, double y2) {
        html.open(
                        "line",
                        "class",
                        style,
                        "x1",
                        number(x(x1)),
                        "y1",
                        number(y(y1)),
                        "x2",
                        number(x(x2)),
                        "y2",
                        number(y(y2)))
                .close("line");
        return this;
    }

    UnitChart curve(String style, List<Point> points) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(number(x(point.x())))
                    .append(' ')
                    .append(number(y(point.y())));
        }
        html.open("path", "class", style, "d", path.toString()).close("path");
        return this;
    }

    void close() {
        html.close("svg").line();
    }

    private void text(String text, double x, double y, String anchor) {
        html.element("text", text, "x", number(x), "y", number(y), "text-anchor", anchor);
    }

    private static double x(double value) {
        return LEFT + value * SIDE;
    }

    private static double y(double value) {
        return TOP + (1 - value) * SIDE;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
