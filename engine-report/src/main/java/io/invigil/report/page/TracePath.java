package io.invigil.report.page;

import io.invigil.report.log.TracePoint;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Draws a number over time as an SVG path. Where a value is missing or frames are far apart the line is broken; where many
 * frames fall on one pixel the path keeps their least and greatest value, so no peak is lost.
 */
final class TracePath {
    private static final double BUCKET = 0.7;

    private final TimeAxis axis;
    private final List<TracePoint> points;
    private final long breakNs;

    TracePath(TimeAxis axis, List<TracePoint> points) {
        this.axis = axis;
        this.points = points;
        this.breakNs = breakNs(points);
    }

    /** Frames further apart than this have a gap between them: three times the usual distance, and more than a second. */
    static long breakNs(List<TracePoint> points) {
        long[] distances = LongStream.range(1, points.size())
                .map(i -> points.get((int) i).timestampNs()
                        - points.get((int) i - 1).timestampNs())
                .sorted()
                .toArray();
        return distances.length == 0 ? Long.MAX_VALUE : Math.max(1_000_000_000L, 3 * distances[distances.length / 2]);
    }

    /** The path's data; y runs from the given top, for the greatest value, to the bottom, for the least. */
    String data(ToDoubleFunction<TracePoint> value, double least, double greatest, double top, double bottom) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        long lastNs = 0;
        int i = 0;
        while (i < points.size()) {
            double x = axis.x(points.get(i).timestampNs());
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            boolean rising = true;
            long firstNs = points.get(i).timestampNs();
            int end = i;
            while (end < points.size() && axis.x(points.get(end).timestampNs()) - x < BUCKET) {
                double number = value.applyAsDouble(points.get(end));
                if (!Double.isNaN(number)) {
                    rising = number >= high;
                    low = Math.min(low, number);
                    high = Math.max(high, number);
                }
                end++;
            }
            if (low > high) {
                drawing = false;
            } else {
                boolean gap = firstNs - lastNs > breakNs;
                append(path, drawing && !gap, x, y(rising ? low : high, least, greatest, top, bottom));
                if (low != high) {
                    append(path, true, x, y(rising ? high : low, least, greatest, top, bottom));
                }
                drawing = true;
            }
            lastNs = points.get(end - 1).timestampNs();
            i = end;
        }
        return path.toString();
    }

    /** One upright stroke for each pixel's greatest value, of values in 0..1; none where it is 0. */
    String stems(ToDoubleFunction<TracePoint> value, double top, double bottom) {
        StringBuilder path = new StringBuilder();
        int i = 0;
        while (i < points.size()) {
            double x = axis.x(points.get(i).timestampNs());
            double high = 0;
            for (; i < points.size() && axis.x(points.get(i).timestampNs()) - x < BUCKET; i++) {
                high = Math.max(high, value.applyAsDouble(points.get(i)));
            }
            if (high > 0) {
                append(path, false, x, bottom);
                append(path, true, x, y(high, 0, 1, top, bottom));
            }
        }
        return path.toString();
    }

    private static void append(StringBuilder path, boolean line, double x, double y) {
        path.append(line ? 'L' : 'M').append(TimeAxis.at(x)).append(' ').append(TimeAxis.at(y));
    }

    private static double y(double value, double least, double greatest, double top, double bottom) {
        double share = (Math.max(least, Math.min(greatest, value)) - least) / (greatest - least);
        return bottom - share * (bottom - top);
    }
}
