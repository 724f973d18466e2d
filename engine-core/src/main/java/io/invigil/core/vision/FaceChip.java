package io.invigil.core.vision;

/**
 * Where a face must be cut out for the descriptor: the square in which corners of the eyes and base of the nose come to lie
 * as near as a turned square allows to where dlib puts them in its training pictures (its five-point layout with a margin of a
 * quarter on each side).
 */
final class FaceChip {
    /** Pixels of the network's input. */
    static final int SIZE = 150;

    private static final double MARGIN = 0.25;
    /** Mesh points: the eyes' corners from the picture's left to its right, and where the nose meets the lip. */
    private static final int[] POINTS = {33, 133, 362, 263, 2};
    /** Where these lie in dlib's layout without margin; x, y in 0..1. */
    private static final double[] LAYOUT = {
        0.1205750620789, 0.2137274526848,
        0.3340850613712, 0.2290642403242,
        0.6460604764104, 0.2289674387677,
        0.8595674595992, 0.2134981538014,
        0.4901123135679, 0.6277975316475
    };

    private final double[] chip = new double[LAYOUT.length];
    private double meanX;
    private double meanY;
    private double spread;
    private double eyeDistancePx;

    FaceChip() {
        for (int i = 0; i < LAYOUT.length; i++) {
            chip[i] = (LAYOUT[i] + MARGIN) / (1 + 2 * MARGIN) * SIZE;
        }
        for (int i = 0; i < POINTS.length; i++) {
            meanX += chip[2 * i] / POINTS.length;
            meanY += chip[2 * i + 1] / POINTS.length;
        }
        for (int i = 0; i < POINTS.length; i++) {
            spread += square(chip[2 * i] - meanX) + square(chip[2 * i + 1] - meanY);
        }
    }

    /** Sets the square of a face: the similarity that takes the layout to the mesh with the least squared error. */
    void place(FaceShape shape, Letterbox square) {
        double x = 0;
        double y = 0;
        for (int point : POINTS) {
            x += shape.x(point) / POINTS.length;
            y += shape.y(point) / POINTS.length;
        }
        double along = 0;
        double across = 0;
        for (int i = 0; i < POINTS.length; i++) {
            double u = chip[2 * i] - meanX;
            double v = chip[2 * i + 1] - meanY;
            double dx = shape.x(POINTS[i]) - x;
            double dy = shape.y(POINTS[i]) - y;
            along += u * dx + v * dy;
            across += u * dy - v * dx;
        }
        double a = along / spread;
        double b = across / spread;
        double fromMiddleX = SIZE / 2.0 - meanX;
        double fromMiddleY = SIZE / 2.0 - meanY;
        square.set(
                x + a * fromMiddleX - b * fromMiddleY,
                y + b * fromMiddleX + a * fromMiddleY,
                Math.hypot(a, b) * SIZE,
                Math.atan2(b, a),
                SIZE);
        eyeDistancePx = Math.hypot(shape.x(263) - shape.x(33), shape.y(263) - shape.y(33));
    }

    /** Distance of the outer eye corners of the face placed last, in pixels of the picture. */
    double eyeDistancePx() {
        return eyeDistancePx;
    }

    private static double square(double value) {
        return value * value;
    }
}
