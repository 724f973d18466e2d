package io.invigil.report.page;

import static io.invigil.report.page.TimeAxis.at;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.report.log.MediaTime;
import io.invigil.report.log.RecordingResult;
import java.util.Arrays;
import java.util.List;

/** The picture of the recording over time: alerts by kind, and under them what they were made of. */
final class Timeline {
    private static final double TOP = 26;
    private static final double LANE = 24;
    private static final double BOTTOM = 30;

    private final RecordingResult result;
    private final TimeAxis axis;
    private final List<AlertType> kinds;

    Timeline(RecordingResult result) {
        this.result = result;
        kinds = Arrays.stream(AlertType.values()).filter(this::isShown).toList();
        long lastAlertNs =
                result.alerts().stream().mapToLong(Alert::endNs).max().orElse(0);
        axis = new TimeAxis(Math.max(result.mediaNs(), lastAlertNs));
    }

    /** What the host reports has a row only when it did; what the engine sees always has one, so that silence can be read. */
    private boolean isShown(AlertType type) {
        return !type.isHostReported() || result.alerts().stream().anyMatch(alert -> alert.type() == type);
    }

    void write(Html html) {
        double lanesEnd = TOP + kinds.size() * LANE;
        TimelineTraces traces = new TimelineTraces(result, axis, lanesEnd + 22);
        double end = traces.bottom();
        html.open("section", "aria-labelledby", "timeline-title", "id", "timeline");
        html.element("h2", "Timeline", "id", "timeline-title");
        html.element(
                "p",
                "Alerts by kind, and under them on the same time axis what the camera and the candidate showed. "
                        + "Point at an alert to see its stretch of time; choose it to read its card.",
                "class",
                "lead");
        html.open(
                "div", "class", "chart", "tabindex", "0", "role", "group", "aria-label", "Timeline, scrolls sideways");
        html.open(
                "svg",
                "viewBox",
                "0 0 1040 " + at(end + BOTTOM),
                "role",
                "group",
                "aria-label",
                "Alerts and traces over the recording's " + Words.length(axis.lengthNs()),
                "data-left",
                at(TimeAxis.LEFT),
                "data-right",
                at(TimeAxis.RIGHT),
                "data-seconds",
                MediaTime.seconds(axis.lengthNs()));
        hatch(html);
        grid(html, TOP - 6, end);
        lanes(html, lanesEnd, end);
        traces.write(html);
        html.open("g", "class", "cursor", "aria-hidden", "true")
                .open("line", "y1", at(TOP - 6), "y2", at(end))
                .close("line")
                .element("text", "", "y", at(end + 24), "text-anchor", "middle")
                .close("g");
        html.close("svg").close("div");
        traces.legend(html);
        html.close("section").line();
    }

    private static void hatch(Html html) {
        html.open("defs");
        html.open(
                        "pattern",
                        "id",
                        "hatch",
                        "width",
                        "5",
                        "height",
                        "5",
                        "patternUnits",
                        "userSpaceOnUse",
                        "patternTransform",
                        "rotate(45)")
                .open("rect", "width", "5", "height", "5", "class", "hatch-ground")
                .close("rect")
                .open("line", "x1", "0", "y1", "0", "x2", "0", "y2", "5", "class", "hatch-line")
                .close("line")
                .close("pattern");
        html.close("defs");
    }

    private void grid(Html html, double top, double bottom) {
        html.open("g", "class", "grid", "aria-hidden", "true");
        for (TimeAxis.Tick tick : axis.ticks()) {
            html.open("line", "x1", at(tick.x()), "x2", at(tick.x()), "y1", at(top), "y2", at(bottom))
                    .close("line");
            html.element("text", tick.label(), "x", at(tick.x()), "y", at(top - 6), "text-anchor", "middle");
            html.element("text", tick.label(), "x", at(tick.x()), "y", at(bottom + 15), "text-anchor", "middle");
        }
        html.close("g");
    }

    private void lanes(Html html, double lanesEnd, double end) {
        double y = TOP;
        for (AlertType type : kinds) {
            boolean on = result.settings().effectivePolicy().rule(type).enabled();
            List<Alert> alerts = result.alerts().stream()
                    .filter(alert -> alert.type() == type)
                    .toList();
            html.open("g", "class", alerts.isEmpty() ? "lane empty" : "lane");
            html.element("text", Words.of(type), "x", "0", "y", at(y + 15.5), "class", "row");
            html.open(
                            "rect",
                            "x",
                            at(TimeAxis.LEFT),
                            "y",
                            at(y + 3),
                            "width",
                            at(TimeAxis.RIGHT - TimeAxis.LEFT),
                            "height",
                            at(LANE - 6),
                            "rx",
                            "2",
                            "class",
                            on ? "track" : "track off")
                    .close("rect");
            if (!on) {
                html.element(
                        "text",
                        "not judged under this policy",
                        "x",
                        at(TimeAxis.LEFT + 8),
                        "y",
                        at(y + 15.5),
                        "class",
                        "off");
            }
            html.close("g");
            for (Alert alert : alerts) {
                interval(html, alert, y, end);
            }
            y += LANE;
        }
        html.open(
                        "line",
                        "class",
                        "rule",
                        "x1",
                        "0",
                        "x2",
                        at(TimeAxis.RIGHT),
                        "y1",
                        at(lanesEnd + 9),
                        "y2",
                        at(lanesEnd + 9))
                .close("line");
    }

    private void interval(Html html, Alert alert, double y, double end) {
        double x = axis.x(alert.startNs());
        double width = Math.max(3, axis.x(alert.endNs()) - x);
        String when = MediaTime.clock(alert.startNs()) + " to " + MediaTime.clock(alert.endNs());
        html.open(
                "a",
                "href",
                "#card-" + alert.id(),
                "class",
                "interval " + alert.severity().wireName(),
                "data-alert",
                alert.id(),
                "aria-label",
                Words.of(alert.type()) + ", " + when + ", " + alert.severity().wireName());
        html.element("title", Words.of(alert.type()) + ", " + when + "\n" + alert.message());
        html.open(
                        "rect",
                        "class",
                        "shade",
                        "x",
                        at(x),
                        "y",
                        at(TOP - 6),
                        "width",
                        at(width),
                        "height",
                        at(end - TOP + 6))
                .close("rect");
        html.open(
                        "rect",
                        "class",
                        "bar",
                        "x",
                        at(x),
                        "y",
                        at(y + 3),
                        "width",
                        at(width),
                        "height",
                        at(LANE - 6),
                        "rx",
                        "2.5")
                .close("rect");
        html.close("a");
    }
}
