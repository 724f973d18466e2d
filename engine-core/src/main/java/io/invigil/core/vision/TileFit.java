package io.invigil.core.vision;

/**
 * How a part of a picture lies in a model's square input: stretched, or centred between bars.
 *
 * @param leftPx left edge of the part in the picture
 * @param topPx top edge of the part in the picture
 * @param scaleX input pixels a picture pixel, horizontally
 * @param scaleY the same vertically; the same but for rounding unless stretched
 * @param padXPx width of the left bar in the input
 * @param padYPx height of the top bar in the input
 * @param innerWidthPx width of the scaled part in the input
 * @param innerHeightPx height of the scaled part in the input
 */
record TileFit(
        int leftPx,
        int topPx,
        double scaleX,
        double scaleY,
        int padXPx,
        int padYPx,
        int innerWidthPx,
        int innerHeightPx) {
    /** Keeps the part's shape and centres it in a square of {@code sidePx}. */
    static TileFit letterboxed(Tile part, int sidePx) {
        double scale = (double) sidePx / Math.max(part.widthPx(), part.heightPx());
        return fit(part, sidePx, Math.max(1, (int) Math.round(part.widthPx() * scale)), Math.max(1, (int)
                Math.round(part.heightPx() * scale)));
    }

    /** Stretches the part over a whole square of {@code sidePx}. */
    static TileFit stretched(Tile part, int sidePx) {
        return fit(part, sidePx, sidePx, sidePx);
    }

    private static TileFit fit(Tile part, int sidePx, int innerWidthPx, int innerHeightPx) {
        return new TileFit(
                part.leftPx(),
                part.topPx(),
                (double) innerWidthPx / part.widthPx(),
                (double) innerHeightPx / part.heightPx(),
                (sidePx - innerWidthPx) / 2,
                (sidePx - innerHeightPx) / 2,
                innerWidthPx,
                innerHeightPx);
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
