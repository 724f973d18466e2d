package io.invigil.models;

/**
 * Which mesh point each refined eye point stands for.
 *
 * <p>The face mesh model gives 71 finer points for each eye; entry {@code i} here names the point of the 468-point mesh
 * that refined point {@code i} replaces. The first {@value #LID_COUNT} points are the lid's edge: 0 the outer corner,
 * 1 to 7 the lower lid from outside to inside, 8 the inner corner, 9 to 15 the upper lid from outside to inside. Then
 * come rings around the eye and the eyebrow. Sides are the subject's own. Arrays handed out are copies.
 */
public final class EyePoints {
    /** Refined points for each eye. */
    public static final int COUNT = 71;
    /** Points on the lid's edge, the first of the refined points. */
    public static final int LID_COUNT = 16;
    /** Index of the outer corner among the refined points. */
    public static final int OUTER_CORNER = 0;
    /** Index of the inner corner among the refined points. */
    public static final int INNER_CORNER = 8;
    /** Index of the middle of the lower lid among the refined points. */
    public static final int LOWER_LID = 4;
    /** Index of the middle of the upper lid among the refined points. */
    public static final int UPPER_LID = 12;

    private static final int[] RIGHT = {
        33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25,
        110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229,
        230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189, 35, 124, 46, 53, 52, 65,
        143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193
    };
    private static final int[] LEFT = {
        263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359, 255,
        339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449,
        450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 265, 353, 276, 283, 282, 295,
        372, 340, 346, 347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417
    };

    private EyePoints() {}

    /**
     * Returns the mesh points of the subject's right eye, at the left of an unmirrored picture.
     *
     * @return 71 mesh indices, a copy
     */
    public static int[] right() {
        return RIGHT.clone();
    }

    /**
     * Returns the mesh points of the subject's left eye, at the right of an unmirrored picture.
     *
     * @return 71 mesh indices, a copy
     */
    public static int[] left() {
        return LEFT.clone();
    }
}
