package io.invigil.core.sight;

import io.invigil.api.BoundingBox;

/** A {@link BoundingBox} that is filled anew: pixels of the upright picture, x to the right, y down. Not thread-safe. */
public final class Box {
    private double leftPx;
    private double topPx;
    private double widthPx;
    private double heightPx;

    /** An empty box in the corner. */
    public Box() {}

    /** Takes other borders. */
    public void set(double newLeftPx, double newTopPx, double newWidthPx, double newHeightPx) {
        leftPx = newLeftPx;
        topPx = newTopPx;
        widthPx = newWidthPx;
        heightPx = newHeightPx;
    }

    /** Takes another box's borders. */
    public void set(BoundingBox other) {
        set(other.leftPx(), other.topPx(), other.widthPx(), other.heightPx());
    }

    /** Takes another box's borders. */
    public void set(Box other) {
        set(other.leftPx, other.topPx, other.widthPx, other.heightPx);
    }

    /** The box as a value to keep. */
    public BoundingBox toBoundingBox() {
        return new BoundingBox(leftPx, topPx, widthPx, heightPx);
    }

    /** Whether the value has the same borders, to the last bit. */
    boolean equalsValue(BoundingBox value) {
        return Double.compare(leftPx, value.leftPx()) == 0
                && Double.compare(topPx, value.topPx()) == 0
                && Double.compare(widthPx, value.widthPx()) == 0
                && Double.compare(heightPx, value.heightPx()) == 0;
    }

    /** The left edge in pixels. */
    public double leftPx() {
        return leftPx;
    }

    /** The top edge in pixels. */
    public double topPx() {
        return topPx;
    }

    /** The width in pixels. */
    public double widthPx() {
        return widthPx;
    }

    /** The height in pixels. */
    public double heightPx() {
        return heightPx;
    }

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
    public double iou(Box other) {
        double intersection = intersectionPx(other.leftPx, other.topPx, other.widthPx, other.heightPx);
        double union = areaPx() + other.areaPx() - intersection;
        return union <= 0 ? 0 : intersection / union;
    }

    /** The share of this box that lies inside the other, 0 to 1; 0 when this box is empty. */
    public double shareInside(Box other) {
        return shareInside(other.leftPx, other.topPx, other.widthPx, other.heightPx);
    }

    /** The share of this box that lies inside a picture of this size, 0 to 1; 0 when this box is empty. */
    public double shareInside(int pictureWidthPx, int pictureHeightPx) {
        return shareInside(0, 0, pictureWidthPx, pictureHeightPx);
    }

    private double shareInside(double left, double top, double width, double height) {
        double area = areaPx();
        return area <= 0 ? 0 : intersectionPx(left, top, width, height) / area;
    }

    private double intersectionPx(double left, double top, double width, double height) {
        double across = Math.min(rightPx(), left + width) - Math.max(leftPx, left);
        double down = Math.min(bottomPx(), top + height) - Math.max(topPx, top);
        return across <= 0 || down <= 0 ? 0 : across * down;
    }
}
