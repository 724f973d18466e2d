package io.invigil.api;

import java.util.Objects;
import java.util.Optional;

/**
 * One face in one frame.
 *
 * @param trackId a number that stays with this face from frame to frame while it is followed; unique in the session
 * @param box the face from brow to chin and ear to ear, in pixels of the upright picture
 * @param score the detector's or mesh's certainty that this is a face, 0 to 1
 * @param motion how much the face moved or changed by itself since the last analysed frame, 0 for none; in per mille of
 *     the face width
 * @param headPose the head's pose, when the mesh could be fitted
 * @param gaze the gaze, when the eyes could be read
 * @param gazeReading PRESENT when the gaze could be read, otherwise CANNOT_TELL with the reason
 */
public record FaceObservation(
        int trackId,
        BoundingBox box,
        double score,
        double motion,
        Optional<HeadPose> headPose,
        Optional<Gaze> gaze,
        Reading gazeReading) {
    /** Checks that nothing is null. */
    public FaceObservation {
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(headPose, "headPose");
        Objects.requireNonNull(gaze, "gaze");
        Objects.requireNonNull(gazeReading, "gazeReading");
    }

    /** The same face without anything about where it looks. */
    FaceObservation withoutGaze() {
        return new FaceObservation(
                trackId,
                box,
                score,
                motion,
                Optional.empty(),
                Optional.empty(),
                Reading.cannotTell(Doubt.NOT_EVALUATED));
    }
}
