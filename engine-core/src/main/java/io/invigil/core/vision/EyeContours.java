package io.invigil.core.vision;

/**
 * Puts the mesh model's finer eye contours into its mesh. The plain mesh hardly follows a lid (it keeps closed eyes three
 * quarters open), so openness and gaze are worth little without this.
 *
 * <p>The model's eye outputs have 71 points; the first 16 go once round the lids: nine along the lower one from the outer to
 * the inner corner, then seven along the upper one, outer to inner.
 */
final class EyeContours {
    /** Points of each eye output. */
    static final int POINTS = 71;

    private static final int[] LEFT = {33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173};
    private static final int[] RIGHT = {263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398};

    private EyeContours() {}

    /**
     * Replaces x and y of the 32 lid points of a mesh; z stays.
     *
     * @param meshPx 468 points x, y, z in turn; changed
     * @param leftEyePx the model's left eye, x and y in turn, in the same pixels: the eye between mesh points 33 and 133
     * @param rightEyePx the model's right eye, between 362 and 263
     */
    static void refine(float[] meshPx, float[] leftEyePx, float[] rightEyePx) {
        for (int i = 0; i < LEFT.length; i++) {
            meshPx[3 * LEFT[i]] = leftEyePx[2 * i];
            meshPx[3 * LEFT[i] + 1] = leftEyePx[2 * i + 1];
            meshPx[3 * RIGHT[i]] = rightEyePx[2 * i];
            meshPx[3 * RIGHT[i] + 1] = rightEyePx[2 * i + 1];
        }
    }
}
