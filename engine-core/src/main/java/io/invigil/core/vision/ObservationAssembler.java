package io.invigil.core.vision;

import io.invigil.api.BoundingBox;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.IdentityObservation;
import io.invigil.api.ImageQuality;
import io.invigil.api.Observation;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SpoofObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts an observation together from what the steps left in a workspace, every number rounded. */
final class ObservationAssembler {
    private ObservationAssembler() {}

    static Observation assemble(
            long frameIndex,
            long nowNs,
            DecodedImage image,
            ImageQuality quality,
            FacesInFrame faces,
            PresenceObservation presence,
            Optional<IdentityObservation> identity,
            Optional<SpoofObservation> spoof,
            AnswerMemory memory) {
        Reading reading = FaceAnswer.answer(image, quality, faces, presence, nowNs, memory);
        List<FaceObservation> observed = new ArrayList<>(faces.count);
        for (int i = 0; i < faces.count; i++) {
            observed.add(face(faces.slots[i]));
        }
        return new Observation(
                frameIndex,
                nowNs,
                image.widthPx(),
                image.heightPx(),
                quality,
                reading,
                observed,
                presence,
                believable(identity, image, quality, memory),
                spoof);
    }

    /** A face that looks like another's while half of the room, or of what is beside it, is hidden is not seen whole either. */
    private static Optional<IdentityObservation> believable(
            Optional<IdentityObservation> look, DecodedImage image, ImageQuality quality, AnswerMemory memory) {
        if (look.isEmpty() || !look.get().compared() || look.get().reading().isPresent()) {
            return look;
        }
        memory.surroundings.compare(image, quality.motion());
        return memory.surroundings.isMostlyGone() || memory.surroundings.isHalfHiddenBesideFace()
                ? Optional.of(new IdentityObservation(
                        look.get().referenceAtNs(), false, 0, Reading.cannotTell(Doubt.OCCLUDED)))
                : look;
    }

    private static FaceObservation face(FacesInFrame.Slot slot) {
        return new FaceObservation(
                slot.trackId,
                new BoundingBox(
                        Rounding.tenths(slot.leftPx),
                        Rounding.tenths(slot.topPx),
                        Rounding.tenths(slot.widthPx),
                        Rounding.tenths(slot.heightPx)),
                Rounding.thousandths(slot.score),
                Rounding.tenths(slot.motion),
                slot.headPose.map(ObservationAssembler::rounded),
                slot.eyes.gaze().map(ObservationAssembler::rounded),
                slot.eyes.reading());
    }

    private static HeadPose rounded(HeadPose pose) {
        return new HeadPose(
                Rounding.hundredths(pose.yawDeg()),
                Rounding.hundredths(pose.pitchDeg()),
                Rounding.hundredths(pose.rollDeg()),
                Rounding.tenths(pose.distanceCm()),
                Rounding.hundredths(pose.fitErrorPx()));
    }

    private static Gaze rounded(Gaze gaze) {
        return new Gaze(
                Rounding.hundredths(gaze.eyeYawDeg()),
                Rounding.hundredths(gaze.eyePitchDeg()),
                Rounding.hundredths(gaze.yawDeg()),
                Rounding.hundredths(gaze.pitchDeg()),
                Rounding.thousandths(gaze.openness()));
    }
}
