package io.invigil.core.vision;

import java.util.Arrays;

/**
 * Straight lines around a face, as the edges of a screen or a print that shows it would lie: one on the left and one on the
 * right that run from above the brow to below the chin, where a real person's shoulders would hide what is behind, and one
 * above or below. Coordinates are widths of the face from its middle, x to the right, y down. Mutable and reused; no natives.
 */
final class FaceOutline {
    /** How far out lines matter. */
    static final double REACH = 2.1;
    /** Segments beyond this many are left out; a picture of that many edges has no clear outline. */
    private static final int CAPACITY = 1024;

    private static final double MAX_SLANT_DEG = 22;
    private static final double MIN_PIECE = 0.2;
    private static final double MIN_LEADER = 0.5;
    private static final double SAME_LINE_DEG = 6;
    private static final double SAME_LINE_APART = 0.06;
    private static final double[] SIDE_APART = {0.55, 1.3};
    private static final double[] END_APART = {0.8, 1.9};
    private static final double SIDE_TOP = -0.9;
    private static final double SIDE_MIDDLE = 0.3;
    private static final double SIDE_BOTTOM = 1.05;
    private static final double END_HALF = 0.6;

    private final Lines upright = new Lines();
    private final Lines level = new Lines();
    private final double[] from = new double[CAPACITY];
    private final double[] to = new double[CAPACITY];

    /** Segments of about one orientation, each as its angle from that, its middle, its direction and its length. */
    private static final class Lines {
        final double[] angleDeg = new double[CAPACITY];
        final double[] x = new double[CAPACITY];
        final double[] y = new double[CAPACITY];
        final double[] length = new double[CAPACITY];
        int count;
    }

    void clear() {
        upright.count = 0;
        level.count = 0;
    }

    /** Takes a segment with its two ends. */
    void add(double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length = Math.hypot(dx, dy);
        if (length < MIN_PIECE) {
            return;
        }
        Lines lines = Math.abs(dy) > Math.abs(dx) ? upright : level;
        double slant = Math.toDegrees(lines == upright ? Math.atan(dx / dy) : Math.atan(dy / dx));
        if (Math.abs(slant) > MAX_SLANT_DEG || lines.count == CAPACITY) {
            return;
        }
        int i = lines.count++;
        lines.angleDeg[i] = slant;
        lines.x[i] = (x0 + x1) / 2;
        lines.y[i] = (y0 + y1) / 2;
        lines.length[i] = length;
    }

    /** How much of the outline is there: the least covered part of left, right and the better of top and bottom, 0 to 1. */
    double score() {
        double ends = Math.max(best(level, -1), best(level, 1));
        return ends == 0 ? 0 : Math.min(ends, Math.min(best(upright, -1), best(upright, 1)));
    }

    private double best(Lines lines, int side) {
        double[] apart = lines == upright ? SIDE_APART : END_APART;
        double best = 0;
        for (int i = 0; i < lines.count; i++) {
            if (lines.length[i] < MIN_LEADER) {
                continue;
            }
            double distance = side * distance(lines, i, 0, 0);
            if (distance > apart[0] && distance < apart[1]) {
                best = Math.max(best, covered(lines, i));
            }
        }
        return best;
    }

    /** Distance of the line through a segment from a point: positive when the line lies to the right of it, or below. */
    private double distance(Lines lines, int i, double x, double y) {
        double angle = Math.toRadians(lines.angleDeg[i]);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return lines == upright
                ? (lines.x[i] - x) * cos - (lines.y[i] - y) * sin
                : (lines.y[i] - y) * cos - (lines.x[i] - x) * sin;
    }

    /** The least covered part of a line, by all segments that lie on it. */
    private double covered(Lines lines, int leader) {
        double angle = Math.toRadians(lines.angleDeg[leader]);
        double alongX = lines == upright ? Math.sin(angle) : Math.cos(angle);
        double alongY = lines == upright ? Math.cos(angle) : Math.sin(angle);
        int count = 0;
        for (int j = 0; j < lines.count; j++) {
            if (Math.abs(lines.angleDeg[j] - lines.angleDeg[leader]) < SAME_LINE_DEG
                    && Math.abs(distance(lines, leader, lines.x[j], lines.y[j])) < SAME_LINE_APART) {
                double middle = lines.x[j] * alongX + lines.y[j] * alongY;
                from[count] = middle - lines.length[j] / 2;
                to[count] = middle + lines.length[j] / 2;
                count++;
            }
        }
        Arrays.sort(from, 0, count);
        Arrays.sort(to, 0, count);
        return lines == upright
                ? Math.min(share(count, SIDE_TOP, SIDE_MIDDLE), share(count, SIDE_MIDDLE, SIDE_BOTTOM))
                : share(count, -END_HALF, END_HALF);
    }

    /** Share of a stretch that lies in at least one piece; ends sorted on their own say the same as sorted pieces. */
    private double share(int count, double low, double high) {
        double total = 0;
        double reached = low;
        for (int i = 0; i < count; i++) {
            double begin = Math.max(from[i], reached);
            double end = Math.min(to[i], high);
            if (end > begin) {
                total += end - begin;
                reached = end;
            }
        }
        return total / (high - low);
    }
}
