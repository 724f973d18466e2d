package io.invigil.core.vision;

/**
 * A square of the picture, possibly turned and reaching beyond its border, seen as a square network input. Maps input
 * coordinates to the picture and back. Mutable and reused. In the input as in the picture, pixel centres lie at whole numbers:
 * the original runtimes sample and read their networks so, and half an input pixel is more than a percent of an eye's width.
 */
final class Letterbox {
    private double centerXPx;
    private double centerYPx;
    private double sidePx;
    private double cos = 1;
    private double sin;
    private int inputSize;

    /** A turned square: its x axis points along the angle (radians, clockwise in the picture). */
    void set(double newCenterXPx, double newCenterYPx, double newSidePx, double angleRad, int newInputSize) {
        centerXPx = newCenterXPx;
        centerYPx = newCenterYPx;
        sidePx = newSidePx;
        cos = Math.cos(angleRad);
        sin = Math.sin(angleRad);
        inputSize = newInputSize;
    }

    /** Picture pixels for one input pixel. */
    double scale() {
        return sidePx / inputSize;
    }

    double toPictureX(double inputX, double inputY) {
        double s = scale();
        double half = inputSize / 2.0;
        return centerXPx + s * (cos * (inputX - half) - sin * (inputY - half));
    }

    double toPictureY(double inputX, double inputY) {
        double s = scale();
        double half = inputSize / 2.0;
        return centerYPx + s * (sin * (inputX - half) + cos * (inputY - half));
    }

    double toInputX(double pictureX, double pictureY) {
        return inputSize / 2.0 + (cos * (pictureX - centerXPx) + sin * (pictureY - centerYPx)) / scale();
    }

    double toInputY(double pictureX, double pictureY) {
        return inputSize / 2.0 + (cos * (pictureY - centerYPx) - sin * (pictureX - centerXPx)) / scale();
    }

    /**
     * Writes the 2x3 matrix that takes input pixel indices to pixel indices of a level of the picture (see {@link
     * DecodedImage}), row after row.
     */
    void inverseAffine(int level, double[] matrix) {
        double levelScale = 1.0 / (1 << level);
        double a = scale() * cos * levelScale;
        double b = scale() * sin * levelScale;
        matrix[0] = a;
        matrix[1] = -b;
        matrix[2] = (toPictureX(0, 0) + 0.5) * levelScale - 0.5;
        matrix[3] = b;
        matrix[4] = a;
        matrix[5] = (toPictureY(0, 0) + 0.5) * levelScale - 0.5;
    }
}
