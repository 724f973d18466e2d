package io.invigil.core.vision;

import io.invigil.api.Doubt;
import io.invigil.api.IdentityObservation;
import io.invigil.api.Reading;
import io.invigil.core.sight.FaceSight;
import io.invigil.core.sight.PictureSight;
import io.invigil.core.sight.PresenceSight;
import io.invigil.core.sight.Sight;
import java.util.Optional;

/** Puts a sight together from what the steps left in a workspace, every number rounded. */
final class SightAssembler {
    private SightAssembler() {}

    /** Fills a sight that has the picture's quality already. */
    static void assemble(
            long frameIndex,
            long nowNs,
            DecodedImage image,
            FacesInFrame faces,
            PresenceSight presence,
            AnswerMemory memory,
            Sight into) {
        into.begin(frameIndex, nowNs, image.widthPx(), image.heightPx());
        into.setFace(FaceAnswer.answer(image, into.quality(), faces, presence, nowNs, memory));
        for (int i = 0; i < faces.count; i++) {
            fill(into.addFace(), faces.slots[i]);
        }
        into.setPresence(presence, memory.keptPresence);
    }

    /** A face that looks like another's while half of the room is hidden is not seen whole either. */
    static Optional<IdentityObservation> believable(
            Optional<IdentityObservation> look, DecodedImage image, PictureSight quality, AnswerMemory memory) {
        if (look.isEmpty() || !look.get().compared() || look.get().reading().isPresent()) {
            return look;
        }
        memory.surroundings.compare(image, quality.motion());
        return memory.surroundings.isMostlyGone()
                ? Optional.of(new IdentityObservation(
                        look.get().referenceAtNs(), false, 0, Reading.cannotTell(Doubt.OCCLUDED)))
                : look;
    }

    private static void fill(FaceSight face, FacesInFrame.Slot slot) {
        face.begin(slot.trackId, Rounding.thousandths(slot.score), Rounding.tenths(slot.motion));
        face.box()
                .set(
                        Rounding.tenths(slot.leftPx),
                        Rounding.tenths(slot.topPx),
                        Rounding.tenths(slot.widthPx),
                        Rounding.tenths(slot.heightPx));
        HeadReading head = slot.head;
        if (head.isFound()) {
            face.setPose(
                    Rounding.hundredths(head.yawDeg()),
                    Rounding.hundredths(head.pitchDeg()),
                    Rounding.hundredths(head.rollDeg()),
                    Rounding.tenths(head.distanceCm()),
                    Rounding.hundredths(head.fitErrorPx()));
        }
        EyeReading eyes = slot.eyes;
        if (eyes.isRead()) {
            face.setGaze(
                    Rounding.hundredths(eyes.eyeYawDeg()),
                    Rounding.hundredths(eyes.eyePitchDeg()),
                    Rounding.hundredths(eyes.yawDeg()),
                    Rounding.hundredths(eyes.pitchDeg()),
                    Rounding.thousandths(eyes.openness()));
        }
        face.setGazeReading(eyes.reading());
    }
}
