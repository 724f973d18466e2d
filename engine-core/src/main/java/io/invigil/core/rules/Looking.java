package io.invigil.core.rules;

import io.invigil.api.Attention;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.Modality;
import io.invigil.api.Reading;

/** An {@link Attention} that is filled anew for each frame; angles are degrees from the candidate's neutral, 0 when not known. */
final class Looking {
    private Reading reading = Reading.cannotTell(Doubt.NOT_EVALUATED);
    private Direction direction = Direction.CENTER;
    private Modality modality = Modality.NONE;
    private double headYawDeg;
    private double headPitchDeg;
    private double eyeYawDeg;
    private double eyePitchDeg;

    /** No answer, for this reason. */
    Looking cannotTell(Doubt doubt) {
        return answer(Reading.cannotTell(doubt), Direction.CENTER, Modality.NONE, 0, 0, 0, 0);
    }

    /** No answer, for this reason, though it is known how the head is turned. */
    Looking cannotTell(Doubt doubt, double newHeadYawDeg, double newHeadPitchDeg) {
        return answer(Reading.cannotTell(doubt), Direction.CENTER, Modality.NONE, newHeadYawDeg, newHeadPitchDeg, 0, 0);
    }

    /** An answer with its angles. */
    Looking answer(
            Reading newReading,
            Direction newDirection,
            Modality newModality,
            double newHeadYawDeg,
            double newHeadPitchDeg,
            double newEyeYawDeg,
            double newEyePitchDeg) {
        reading = newReading;
        direction = newDirection;
        modality = newModality;
        headYawDeg = newHeadYawDeg;
        headPitchDeg = newHeadPitchDeg;
        eyeYawDeg = newEyeYawDeg;
        eyePitchDeg = newEyePitchDeg;
        return this;
    }

    /** PRESENT when the candidate looks away, ABSENT when not, CANNOT_TELL with the reason otherwise. */
    Reading reading() {
        return reading;
    }

    /** The answer as a value to keep. */
    Attention toAttention() {
        return new Attention(reading, direction, modality, headYawDeg, headPitchDeg, eyeYawDeg, eyePitchDeg);
    }
}
