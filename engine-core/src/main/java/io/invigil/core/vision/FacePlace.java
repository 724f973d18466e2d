package io.invigil.core.vision;

/** Where the candidate's face was seen last among the cells of {@link RoomCells}. Mutable, for one thread at a time. */
final class FacePlace {
    /** Where the candidate may be, in widths and heights of the face beyond its box. */
    private static final double HEAD_SIDE = 0.2;

    private static final double HAIR = 0.4;
    private static final double NECK = 1.2;
    private static final double SHOULDERS_FROM = 0.9;
    private static final double SHOULDERS_SIDE = 0.9;

    /** What counts as beside the face, likewise: not lower than the chin, where chairs are turned when somebody gets up. */
    private static final double BESIDE_SIDE = 0.75;

    private static final double BESIDE_ABOVE = 0.3;

    private double left;
    private double top;
    private double width;
    private double height;

    /**
     * Takes a place over.
     *
     * @param scale cells to a pixel of the picture
     * @param aside how far the room stands to the right of where it was learnt, in cells
     * @param down how far down
     */
    void take(FacesInFrame.Slot candidate, double scale, double aside, double down) {
        left = candidate.leftPx * scale - aside;
        top = candidate.topPx * scale - down;
        width = candidate.widthPx * scale;
        height = candidate.heightPx * scale;
    }

    /** The area of the face's box, in cells. */
    double area() {
        return width * height;
    }

    /** Whether hair, head or shoulders may cover this cell. */
    boolean isCandidates(int column, int row) {
        double down = row + 0.5 - top;
        double aside = aside(column);
        return aside < HEAD_SIDE * width && down > -HAIR * height && down < NECK * height
                || aside < SHOULDERS_SIDE * width && down >= SHOULDERS_FROM * height;
    }

    /** Whether this cell is beside or just above the face, or behind it. */
    boolean isBeside(int column, int row) {
        double down = row + 0.5 - top;
        return aside(column) < BESIDE_SIDE * width && down > -BESIDE_ABOVE * height && down < height;
    }

    /** How far beyond the sides of the face, negative between them. */
    private double aside(int column) {
        return Math.max(left - column - 0.5, column + 0.5 - left - width);
    }
}
