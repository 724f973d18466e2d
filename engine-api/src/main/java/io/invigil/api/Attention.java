package io.invigil.api;

import java.util.Objects;

/**
 * Where the candidate looks in one frame, relative to their own neutral.
 *
 * @param reading PRESENT when they look away, ABSENT when they do not, CANNOT_TELL with the reason otherwise
 * @param direction the direction away from neutral; {@link Direction#CENTER} when not away or not known
 * @param modality whether head or eyes show it; {@link Modality#NONE} when not away or not known
 * @param headYawDeg head yaw less the neutral's; 0 when not known
 * @param headPitchDeg head pitch less the neutral's; 0 when not known
 * @param eyeYawDeg eye yaw less the neutral's; 0 when not known
 * @param eyePitchDeg eye pitch less the neutral's; 0 when not known
 */
public record Attention(
        Reading reading,
        Direction direction,
        Modality modality,
        double headYawDeg,
        double headPitchDeg,
        double eyeYawDeg,
        double eyePitchDeg) {
    /** Checks that nothing is null. */
    public Attention {
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(modality, "modality");
    }

    /** No answer, for this reason. */
    public static Attention cannotTell(Doubt doubt) {
        return new Attention(Reading.cannotTell(doubt), Direction.CENTER, Modality.NONE, 0, 0, 0, 0);
    }
}
