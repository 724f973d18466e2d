package io.invigil.api;

import java.util.Objects;

/**
 * How good one frame is, measured on a grey copy of at most 160 pixels on the longer side, values 0 to 255.
 *
 * @param state the verdict the other numbers lead to
 * @param brightness mean luma, 0 to 255
 * @param contrast standard deviation of luma, 0 to 128
 * @param sharpness mean absolute Laplacian relative to contrast; falls with blur
 * @param change mean absolute difference to the previous analysed frame, 0 to 255; 0 for the first
 * @param peakChange the largest mean difference in any block of a 16 x 16 grid, 0 to 255: small movements of one person
 *     show here when the mean hides them
 * @param unchanged true when this frame equals the one before beyond what sensor noise and coding explain
 * @param sceneCut true when this frame shows another scene than the one before
 * @param motion what moves in the picture, and how the picture itself moved
 */
public record ImageQuality(
        CameraState state,
        double brightness,
        double contrast,
        double sharpness,
        double change,
        double peakChange,
        boolean unchanged,
        boolean sceneCut,
        SceneMotion motion) {
    /** Checks that nothing is null. */
    public ImageQuality {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(motion, "motion");
    }

    /** The same without which parts of the picture changed: where somebody moves is asked for to tell people from pictures. */
    public ImageQuality withoutCells() {
        return motion.hasCells()
                ? new ImageQuality(
                        state,
                        brightness,
                        contrast,
                        sharpness,
                        change,
                        peakChange,
                        unchanged,
                        sceneCut,
                        new SceneMotion(motion.view(), motion.shiftX(), motion.shiftY(), "", motion.repeatsAfterNs()))
                : this;
    }

    /** A frame of which nothing is known about what moves. */
    public ImageQuality(
            CameraState state,
            double brightness,
            double contrast,
            double sharpness,
            double change,
            double peakChange,
            boolean unchanged,
            boolean sceneCut) {
        this(state, brightness, contrast, sharpness, change, peakChange, unchanged, sceneCut, SceneMotion.UNKNOWN);
    }
}
