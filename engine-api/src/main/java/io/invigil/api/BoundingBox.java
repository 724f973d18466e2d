package io.invigil.api;

/**
 * An axis-aligned box in pixels of the upright picture: x to the right, y down, origin at the top-left corner. A box may
 * reach beyond the picture's border.
 *
 * @param leftPx the left edge
 * @param topPx the top edge
 * @param widthPx the width, 0 or more
 * @param heightPx the height, 0 or more
 */
public record BoundingBox(double leftPx, double topPx, double widthPx, double heightPx) {
    /** The right edge in pixels. */
    public double rightPx() {
        return leftPx + widthPx;
    }

    /** The bottom edge in pixels. */
    public double bottomPx() {
        return topPx + heightPx;
    }

    /** The horizontal centre in pixels. */
    public double centerXPx() {
        return leftPx + widthPx / 2;
    }

    /** The vertical centre in pixels. */
    public double centerYPx() {
        return topPx + heightPx / 2;
    }

    /** The area in square pixels. */
    public double areaPx() {
        return widthPx * heightPx;
    }

    /** Intersection over union with another box, 0 to 1; 0 when both are empty. */
    public double iou(BoundingBox other) {
        double intersection = intersectionPx(other);
        double union = areaPx() + other.areaPx() - intersection;
        return union <= 0 ? 0 : intersection / union;
    }

    /** The share of this box that lies inside the other, 0 to 1; 0 when this box is empty. */
    public double shareInside(BoundingBox other) {
        double area = areaPx();
        return area <= 0 ? 0 : intersectionPx(other) / area;
    }

    private double intersectionPx(BoundingBox other) {
        double width = Math.min(rightPx(), other.rightPx()) - Math.max(leftPx, other.leftPx);
        double height = Math.min(bottomPx(), other.bottomPx()) - Math.max(topPx, other.topPx);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }
}
