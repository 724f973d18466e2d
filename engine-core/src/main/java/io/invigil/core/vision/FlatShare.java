package io.invigil.core.vision;

/** How much of a picture shows nothing at all, as a board or a sheet before the lens does. Stateless. */
final class FlatShare {
    private static final int GRID = 16;

    private FlatShare() {}

    /**
     * The share of the blocks of a small grey picture without structure, 0 to 1.
     *
     * @param grey unsigned bytes, row after row; only read
     */
    static double of(byte[] grey, int width, int height) {
        int flat = 0;
        for (int row = 0; row < GRID; row++) {
            for (int column = 0; column < GRID; column++) {
                flat += isFlat(
                                grey,
                                width,
                                column * width / GRID,
                                row * height / GRID,
                                (column + 1) * width / GRID,
                                (row + 1) * height / GRID)
                        ? 1
                        : 0;
            }
        }
        return (double) flat / (GRID * GRID);
    }

    private static boolean isFlat(byte[] grey, int width, int left, int top, int right, int bottom) {
        long sum = 0;
        long squares = 0;
        int count = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int luma = grey[y * width + x] & 0xFF;
                sum += luma;
                squares += luma * luma;
                count++;
            }
        }
        double mean = (double) sum / count;
        return count > 0
                && (double) squares / count - mean * mean < CameraJudge.NO_STRUCTURE * CameraJudge.NO_STRUCTURE;
    }
}
