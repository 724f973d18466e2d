package io.invigil.core.vision;

import io.invigil.api.CameraState;

/**
 * The verdict on a camera from the grey values of one frame. A picture without structure is black or covered; one with
 * structure but hardly any light is dark; a plain bright wall is neither, since light falls on it from one side.
 */
final class CameraJudge {
    /** Standard deviation of luma that sensor noise alone can reach after averaging. */
    static final double NO_STRUCTURE = 2.2;

    private static final double BLACK_BRIGHTNESS = 22;
    /** What lies on the lens is out of focus by far: no edge, only a soft gradient of light leaking in. */
    static final double COVERED_CONTRAST = 14;

    private static final int COVERED_EDGE = 10;
    private static final double COVERED_BRIGHTNESS = 80;
    private static final double COVERED_REDNESS = 1.8;
    private static final double DARK_BRIGHTNESS = 30;
    /** The luma that only the brightest 2 in 100 pixels exceed, which a lit face alone would reach. */
    private static final int DARK_HIGHLIGHT = 48;

    private static final double CLIPPED_SHARE = 0.6;
    private static final double BLOWN_OUT_BRIGHTNESS = 242;
    /** See {@link EdgeWidth}: a straight ramp has 0.25; a blur of 1.5 % of the picture's width has about this. */
    private static final double BLURRED_STEEPNESS = 0.36;

    private static final double BLURRED_CONTRAST = 8;

    /**
     * Judges a frame.
     *
     * @param histogram count of each grey value
     * @param pixels their sum
     * @param strongestEdge see {@link EdgeWidth#strongest}
     * @param redness mean red over the mean of green and blue
     * @param steepness of the strongest edges, see {@link EdgeWidth}
     */
    CameraState state(
            int[] histogram,
            int pixels,
            double brightness,
            double contrast,
            int strongestEdge,
            double redness,
            double steepness) {
        if (brightness < BLACK_BRIGHTNESS && contrast < NO_STRUCTURE) {
            return CameraState.BLACK;
        }
        if (brightness < DARK_BRIGHTNESS
                && highlight(histogram, pixels) < DARK_HIGHLIGHT
                && contrast >= NO_STRUCTURE
                && !featureless(contrast, strongestEdge, brightness)) {
            return CameraState.DARK;
        }
        if (contrast < COVERED_CONTRAST
                && strongestEdge < COVERED_EDGE
                && (brightness < COVERED_BRIGHTNESS || redness > COVERED_REDNESS)) {
            return CameraState.COVERED;
        }
        if (clippedShare(histogram, pixels) > CLIPPED_SHARE || brightness > BLOWN_OUT_BRIGHTNESS) {
            return CameraState.OVEREXPOSED;
        }
        if (contrast < NO_STRUCTURE && strongestEdge < COVERED_EDGE) {
            return CameraState.COVERED; // A sheet of paper on the lens lets as much light through as it likes.
        }
        if (contrast > BLURRED_CONTRAST && steepness < BLURRED_STEEPNESS) {
            return CameraState.BLURRED;
        }
        return CameraState.OK;
    }

    /** Whether what structure there is, is a soft gradient without an edge. */
    private static boolean featureless(double contrast, int strongestEdge, double brightness) {
        return brightness > BLACK_BRIGHTNESS && contrast < COVERED_CONTRAST && strongestEdge < COVERED_EDGE;
    }

    private static int highlight(int[] histogram, int pixels) {
        int above = 0;
        for (int v = 255; v > 0; v--) {
            above += histogram[v];
            if (above * 50L > pixels) {
                return v;
            }
        }
        return 0;
    }

    private static double clippedShare(int[] histogram, int pixels) {
        int clipped = 0;
        for (int v = 250; v < 256; v++) {
            clipped += histogram[v];
        }
        return (double) clipped / pixels;
    }
}
