package io.invigil.core.vision;

/**
 * Overlapping squares that cover a picture at two zooms, for faces too small to be seen in the whole picture at once: the
 * first tiles have half the picture's longer side, the rest a quarter of it.
 */
final class SearchTiles {
    private static final double STEP = 0.75;
    private static final double MIN_SIDE_PX = 96;

    private int widthPx;
    private int heightPx;
    private int coarse;
    private int count;
    private double sidePx;
    private double centerXPx;
    private double centerYPx;

    void cover(int newWidthPx, int newHeightPx) {
        if (newWidthPx == widthPx && newHeightPx == heightPx) {
            return;
        }
        widthPx = newWidthPx;
        heightPx = newHeightPx;
        double half = side(2);
        coarse = across(widthPx, half) * across(heightPx, half);
        double quarter = side(4);
        count = quarter < MIN_SIDE_PX ? coarse : coarse + across(widthPx, quarter) * across(heightPx, quarter);
    }

    /** How many tiles there are; those before {@link #coarseCount()} are the larger ones. */
    int count() {
        return count;
    }

    int coarseCount() {
        return coarse;
    }

    /** Makes this tile the current one. */
    void select(int tile) {
        sidePx = side(tile < coarse ? 2 : 4);
        int index = tile < coarse ? tile : tile - coarse;
        int columns = across(widthPx, sidePx);
        int rows = across(heightPx, sidePx);
        centerXPx = center(index % columns, columns, widthPx);
        centerYPx = center(index / columns, rows, heightPx);
    }

    double sidePx() {
        return sidePx;
    }

    double centerXPx() {
        return centerXPx;
    }

    double centerYPx() {
        return centerYPx;
    }

    private double side(int divisor) {
        return Math.max(widthPx, heightPx) / (double) divisor;
    }

    private static int across(double length, double side) {
        return length <= side ? 1 : 1 + (int) Math.ceil((length - side) / (STEP * side) - 1e-9);
    }

    private double center(int index, int total, double length) {
        return total == 1 ? length / 2 : sidePx / 2 + (length - sidePx) * index / (total - 1);
    }
}
