package io.invigil.testdata;

import java.util.Optional;

/**
 * What is true of one generated frame.
 *
 * @param timestampNs media time
 * @param faces faces whose middle lies inside the picture and that can be seen
 * @param head how the candidate's face is turned, camera system; empty when it cannot be seen
 * @param gaze where the candidate's eyes point, camera system; empty when the face cannot be seen
 * @param lidsOpen 1 open, 0 closed; the candidate's
 * @param phones phones in the picture
 * @param view what lies on the lens
 * @param light 1 normal, 0 no light
 * @param frozen whether the frame repeats an earlier one
 */
public record FrameTruth(
        long timestampNs,
        int faces,
        Optional<PoseAngles> head,
        Optional<PoseAngles> gaze,
        double lidsOpen,
        int phones,
        Scene.View view,
        double light,
        boolean frozen) {}
