package io.invigil.testdata;

/**
 * The own frame of an eye or a mouth in a portrait: a along the line through its corners, from the left one in the picture, b
 * across it (down), both in px.
 */
final class CornerFrame {
    private final Texture source;
    private final double cornerX;
    private final double cornerY;
    final double axisX;
    final double axisY;
    /** From corner to corner. */
    final double width;
    /** The middle between the corners, in the portrait. */
    final double midX;

    final double midY;

    /**
     * @param left landmark number of the corner on the left in the picture
     * @param right of the other one
     */
    CornerFrame(PortraitData data, int left, int right) {
        source = data.texture();
        double[] from = data.landmarks()[left];
        double[] to = data.landmarks()[right];
        cornerX = from[0];
        cornerY = from[1];
        width = Math.hypot(to[0] - from[0], to[1] - from[1]);
        axisX = (to[0] - from[0]) / width;
        axisY = (to[1] - from[1]) / width;
        midX = (from[0] + to[0]) / 2;
        midY = (from[1] + to[1]) / 2;
    }

    double a(double x, double y) {
        return (x - cornerX) * axisX + (y - cornerY) * axisY;
    }

    double b(double x, double y) {
        return -(x - cornerX) * axisY + (y - cornerY) * axisX;
    }

    /** The portrait's colour at a place of this frame. */
    int sample(double a, double b) {
        double x = cornerX + a * axisX - b * axisY;
        double y = cornerY + a * axisY + b * axisX;
        return source.sample((float) (x + 0.5), (float) (y + 0.5), 0);
    }

    /** Landmarks as a line from left to right. */
    double[][] curve(PortraitData data, int[] points) {
        double[][] curve = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            double[] p = data.landmarks()[points[i]];
            curve[i] = new double[] {a(p[0], p[1]), b(p[0], p[1])};
        }
        return curve;
    }

    /** How far down a line is at a place along. */
    static double at(double[][] curve, double a) {
        if (a <= curve[0][0]) {
            return curve[0][1];
        }
        for (int i = 1; i < curve.length; i++) {
            if (a <= curve[i][0]) {
                double t = (a - curve[i - 1][0]) / (curve[i][0] - curve[i - 1][0]);
                return curve[i - 1][1] + (curve[i][1] - curve[i - 1][1]) * t;
            }
        }
        return curve[curve.length - 1][1];
    }
}
