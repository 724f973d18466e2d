package io.invigil.report.page;

import static io.invigil.report.page.TimeAxis.at;

import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Policy;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.TracePoint;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The rows under the alerts: people, head, eyes, attention, picture and objects. */
final class TimelineTraces {
    private static final double GAP = 14;
    private static final double COUNT_HEIGHT = 34;
    private static final double ANGLE_HEIGHT = 64;
    private static final double BAND_HEIGHT = 16;
    private static final double SCORE_HEIGHT = 34;

    private final List<TracePoint> points;
    private final RecordingResult result;
    private final TimeAxis axis;
    private final TracePath path;
    private final long breakNs;
    private final double top;

    TimelineTraces(RecordingResult result, TimeAxis axis, double top) {
        this.result = result;
        this.points = result.traces();
        this.axis = axis;
        this.path = new TracePath(axis, points);
        this.breakNs = TracePath.breakNs(points);
        this.top = top;
    }

    /** Where the last row ends. */
    double bottom() {
        return top + COUNT_HEIGHT + 2 * ANGLE_HEIGHT + 2 * BAND_HEIGHT + SCORE_HEIGHT + 5 * GAP;
    }

    void write(Html html) {
        double y = top;
        counts(html, y);
        y += COUNT_HEIGHT + GAP;
        angles(html, y, "Head", TracePoint::headYawDeg, TracePoint::headPitchDeg);
        y += ANGLE_HEIGHT + GAP;
        angles(html, y, "Eyes in the head", TracePoint::eyeYawDeg, TracePoint::eyePitchDeg);
        y += ANGLE_HEIGHT + GAP;
        band(html, y, "Attention", TimelineTraces::attention);
        y += BAND_HEIGHT + GAP;
        band(html, y, "Picture", TimelineTraces::picture);
        y += BAND_HEIGHT + GAP;
        objects(html, y);
    }

    private void counts(Html html, double y) {
        int most = Math.max(
                2,
                points.stream()
                        .mapToInt(p -> Math.max(p.faceCount(), p.bodyCount()))
                        .max()
                        .orElse(0));
        html.open("g", "class", "trace");
        label(html, y + 13, "Faces", "bodies dashed");
        frame(html, y, COUNT_HEIGHT);
        html.element("text", Integer.toString(most), "x", at(TimeAxis.LEFT - 6), "y", at(y + 8), "class", "scale");
        html.element("text", "0", "x", at(TimeAxis.LEFT - 6), "y", at(y + COUNT_HEIGHT), "class", "scale");
        unknown(html, y, COUNT_HEIGHT, p -> p.face().isUnknown() ? "unknown" : "");
        line(
                html,
                "one dashed",
                path.data(point -> known(point, point.bodyCount()), 0, most, y + 3, y + COUNT_HEIGHT - 3));
        line(html, "zero", path.data(point -> known(point, point.faceCount()), 0, most, y + 3, y + COUNT_HEIGHT - 3));
        html.close("g");
    }

    /** A count, or nothing where the picture does not allow one: a covered camera does not show an empty room. */
    private static double known(TracePoint point, int count) {
        return point.face().isUnknown() && count == 0 ? Double.NaN : count;
    }

    private void angles(
            Html html, double y, String name, ToDoubleFunction<TracePoint> turn, ToDoubleFunction<TracePoint> nod) {
        double peak = DoubleStream.concat(
                        points.stream().mapToDouble(turn), points.stream().mapToDouble(nod))
                .filter(value -> !Double.isNaN(value))
                .map(Math::abs)
                .max()
                .orElse(0);
        double range = Math.min(90, Math.max(30, Math.ceil(peak / 15) * 15));
        html.open("g", "class", "trace");
        label(html, y + 25, name, "turn, nod (dashed)");
        frame(html, y, ANGLE_HEIGHT);
        html.open(
                        "line",
                        "class",
                        "axis",
                        "x1",
                        at(TimeAxis.LEFT),
                        "x2",
                        at(TimeAxis.RIGHT),
                        "y1",
                        at(y + ANGLE_HEIGHT / 2),
                        "y2",
                        at(y + ANGLE_HEIGHT / 2))
                .close("line");
        String degrees = Math.round(range) + "\u00b0";
        html.element("text", '+' + degrees, "x", at(TimeAxis.LEFT - 6), "y", at(y + 8), "class", "scale");
        html.element("text", "0", "x", at(TimeAxis.LEFT - 6), "y", at(y + ANGLE_HEIGHT / 2 + 3), "class", "scale");
        html.element(
                "text", '\u2212' + degrees, "x", at(TimeAxis.LEFT - 6), "y", at(y + ANGLE_HEIGHT), "class", "scale");
        unknown(html, y, ANGLE_HEIGHT, p -> Double.isNaN(turn.applyAsDouble(p)) && p.faceCount() > 0 ? "unknown" : "");
        line(html, "one dashed", path.data(nod, -range, range, y + 2, y + ANGLE_HEIGHT - 2));
        line(html, "zero", path.data(turn, -range, range, y + 2, y + ANGLE_HEIGHT - 2));
        html.close("g");
    }

    private void band(Html html, double y, String name, Function<TracePoint, String> value) {
        html.open("g", "class", "trace");
        label(html, y + 12, name, "");
        for (Bands.Band band : Bands.of(points, breakNs, value)) {
            if (!band.value().isEmpty()) {
                rect(html, band, y, BAND_HEIGHT, "band " + band.value());
            }
        }
        frame(html, y, BAND_HEIGHT);
        html.close("g");
    }

    private void objects(Html html, double y) {
        html.open("g", "class", "trace");
        label(html, y + 13, "Objects", "score of the best");
        frame(html, y, SCORE_HEIGHT);
        html.element("text", "1", "x", at(TimeAxis.LEFT - 6), "y", at(y + 8), "class", "scale");
        html.element("text", "0", "x", at(TimeAxis.LEFT - 6), "y", at(y + SCORE_HEIGHT), "class", "scale");
        Policy policy = result.settings().effectivePolicy();
        boolean lookedFor = policy.rule(AlertType.PROHIBITED_OBJECT).enabled();
        if (lookedFor) {
            policy.prohibitedObjects().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .ifPresent(least -> threshold(html, y + SCORE_HEIGHT - 2 - least * (SCORE_HEIGHT - 4)));
        }
        if (points.stream().noneMatch(point -> point.objectScore() > 0)) {
            html.element(
                    "text",
                    lookedFor ? "nothing of the kind seen" : "not looked for",
                    "x",
                    at(TimeAxis.LEFT + 8),
                    "y",
                    at(y + SCORE_HEIGHT - 8),
                    "class",
                    "off");
        }
        line(html, "object", path.stems(TracePoint::objectScore, y + 2, y + SCORE_HEIGHT));
        html.close("g");
    }

    private static void threshold(Html html, double y) {
        html.open("line", "class", "limit", "x1", at(TimeAxis.LEFT), "x2", at(TimeAxis.RIGHT), "y1", at(y), "y2", at(y))
                .close("line");
    }

    private void unknown(Html html, double y, double height, Function<TracePoint, String> value) {
        for (Bands.Band band : Bands.of(points, breakNs, value)) {
            if (!band.value().isEmpty()) {
                rect(html, band, y, height, "band unknown");
            }
        }
    }

    private void rect(Html html, Bands.Band band, double y, double height, String style) {
        double x = axis.x(band.startNs());
        double width = Math.max(0.6, axis.x(band.endNs()) - x);
        html.open("rect", "class", style, "x", at(x), "y", at(y), "width", at(width), "height", at(height))
                .close("rect");
    }

    private static void frame(Html html, double y, double height) {
        html.open(
                        "rect",
                        "class",
                        "frame",
                        "x",
                        at(TimeAxis.LEFT),
                        "y",
                        at(y),
                        "width",
                        at(TimeAxis.RIGHT - TimeAxis.LEFT),
                        "height",
                        at(height))
                .close("rect");
    }

    private static void label(Html html, double y, String name, String note) {
        html.element("text", name, "x", "0", "y", at(y), "class", "row");
        if (!note.isEmpty()) {
            html.element("text", note, "x", "0", "y", at(y + 13), "class", "note");
        }
    }

    private static void line(Html html, String style, String data) {
        if (!data.isEmpty()) {
            html.open("path", "class", "line " + style, "d", data).close("path");
        }
    }

    private static String attention(TracePoint point) {
        if (point.attention().isUnknown()) {
            return "unknown";
        }
        return point.attention().isPresent() && point.direction() != Direction.CENTER
                ? point.direction().wireName()
                : "center";
    }

    private static String picture(TracePoint point) {
        if (point.camera() != CameraState.OK) {
            return point.camera().wireName();
        }
        return point.unchanged() ? "still" : "ok";
    }

    /** What the bands' colours mean. */
    void legend(Html html) {
        html.open("div", "class", "legend");
        html.open("ul", "aria-label", "Attention").element("li", "Attention", "class", "legend-name");
        key(html, "center", "at the screen");
        key(html, "image_left", "image left");
        key(html, "image_right", "image right");
        key(html, "up", "up");
        key(html, "down", "down");
        key(html, "unknown", "cannot tell");
        html.close("ul");
        html.open("ul", "aria-label", "Picture").element("li", "Picture", "class", "legend-name");
        key(html, "ok", "good");
        key(html, "dark", "dark");
        key(html, "black", "black or covered");
        key(html, "blurred", "blurred or over-exposed");
        key(html, "still", "unchanged");
        html.close("ul").close("div");
    }

    private static void key(Html html, String style, String words) {
        html.open("li")
                .open("span", "class", "key " + style)
                .close("span")
                .text(words)
                .close("li");
    }
}
