package io.invigil.core.vision;

/**
 * How a part of a picture lies in a model's input: scaled, centred between bars.
 *
 * @param leftPx left edge of the part in the picture
 * @param topPx top edge of the part in the picture
 * @param scaleX input pixels a picture pixel, horizontally
 * @param scaleY the same vertically; the same but for rounding
 * @param padXPx width of the left bar in the input
 * @param padYPx height of the top bar in the input
 * @param innerWidthPx width of the scaled part in the input
 * @param innerHeightPx height of the scaled part in the input
 * @param inputWidthPx width of the input
 * @param inputHeightPx height of the input
 */
record TileFit(
        int leftPx,
        int topPx,
        double scaleX,
        double scaleY,
        int padXPx,
        int padYPx,
        int innerWidthPx,
        int innerHeightPx,
        int inputWidthPx,
        int inputHeightPx) {
    /**
     * Keeps the part's shape; its longer side becomes {@code sidePx}, and bars fill up what is missing to whole cells.
     *
     * @param cellPx what the input's sides are multiples of; {@code sidePx} must be one
     */
    static TileFit letterboxed(Tile part, int sidePx, int cellPx) {
        double scale = (double) sidePx / Math.max(part.widthPx(), part.heightPx());
        int innerWidthPx = Math.max(1, (int) Math.round(part.widthPx() * scale));
        int innerHeightPx = Math.max(1, (int) Math.round(part.heightPx() * scale));
        return fit(
                part, wholeCells(innerWidthPx, cellPx), wholeCells(innerHeightPx, cellPx), innerWidthPx, innerHeightPx);
    }

    private static int wholeCells(int sidePx, int cellPx) {
        return (sidePx + cellPx - 1) / cellPx * cellPx;
    }

    private static TileFit fit(Tile part, int widthPx, int heightPx, int innerWidthPx, int innerHeightPx) {
        return new TileFit(
                part.leftPx(),
                part.topPx(),
                (double) innerWidthPx / part.widthPx(),
                (double) innerHeightPx / part.heightPx(),
                (widthPx - innerWidthPx) / 2,
                (heightPx - innerHeightPx) / 2,
                innerWidthPx,
                innerHeightPx,
                widthPx,
                heightPx);
    }

    /** The picture's x for an x of the input. */
    float xPx(double inputX) {
        return (float) ((inputX - padXPx) / scaleX + leftPx);
    }

    /** The picture's y for a y of the input. */
    float yPx(double inputY) {
        return (float) ((inputY - padYPx) / scaleY + topPx);
    }
}
