package io.invigil.core.vision;

/**
 * A part of a picture that the object detector looks at.
 *
 * @param leftPx left edge
 * @param topPx top edge
 * @param widthPx width, at least 1
 * @param heightPx height, at least 1
 */
record Tile(int leftPx, int topPx, int widthPx, int heightPx) {
    /** The whole picture. */
    static Tile whole(int widthPx, int heightPx) {
        return new Tile(0, 0, widthPx, heightPx);
    }

    /** A square of about this side round a point, shifted and cut to lie within the picture. */
    static Tile squareRound(double centerXPx, double centerYPx, double sidePx, int widthPx, int heightPx) {
        int side = (int) Math.max(1, Math.min(sidePx, Math.min(widthPx, heightPx)));
        return new Tile(place(centerXPx, side, widthPx), place(centerYPx, side, heightPx), side, side);
    }

    private static int place(double center, int side, int limit) {
        return (int) Math.max(0, Math.min(center - side / 2.0, limit - side));
    }

    /** True when the candidate's box lies wholly in this part. */
    boolean holds(ObjectCandidates candidates, int i) {
        return candidates.left(i) >= leftPx
                && candidates.top(i) >= topPx
                && candidates.right(i) <= leftPx + widthPx
                && candidates.bottom(i) <= topPx + heightPx;
    }
}
