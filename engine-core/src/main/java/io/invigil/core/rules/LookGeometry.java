package io.invigil.core.rules;

import io.invigil.api.Direction;
import io.invigil.api.LookAwayLimits;
import io.invigil.api.Modality;

/**
 * How far head and eyes are from a neutral, as a share of the policy's limits.
 *
 * <p>Looking away is a matter of the line of gaze. A turned head does not count while the eyes turn back to within
 * {@link #COMPENSATED_DEG} of the neutral line of gaze; turned eyes do not count while the head makes up for them; and head and
 * eyes turned the same way add up. Eyes that cannot be read, or heads turned so far that eyes cannot be trusted, leave the
 * head to speak alone.
 */
final class LookGeometry {
    /** A line of gaze this near the neutral is on the screen although the head is turned. */
    static final double COMPENSATED_DEG = 10;
    /** Beyond this turn of the head the eyes are not asked any more. */
    static final double EYES_TRUSTED_DEG = 40;

    /** Looking past the edge of a known screen by this much is looking away. */
    static final double BEYOND_SCREEN_DEG = 6;

    private static final double EYES_IN_LINE_SHARE = 0.7;

    private final LookAwayLimits limits;

    LookGeometry(LookAwayLimits limits) {
        this.limits = limits;
    }

    /** Which way, shown by what, and how far: 1 at the limit. */
    record Turn(Direction direction, Modality modality, double share) {}

    /** Judges deltas from the neutral; nothing is known about the screen. */
    Turn judge(LookAngles delta) {
        return judge(delta, 0, 0);
    }

    /**
     * Judges deltas from the neutral. Where the screen is known to reach further than a limit, looking at its edge is not
     * looking away.
     *
     * @param spanYawDeg how many degrees of gaze the screen spans from side to side, 0 when that is not known
     * @param spanPitchDeg the same from top to bottom
     */
    Turn judge(LookAngles delta, double spanYawDeg, double spanPitchDeg) {
        double sideDeg = spanYawDeg == 0 ? 0 : spanYawDeg / 2 + BEYOND_SCREEN_DEG;
        double heightDeg = spanPitchDeg == 0 ? 0 : spanPitchDeg / 2 + BEYOND_SCREEN_DEG;
        Turn aside = axis(
                delta.headYawDeg(),
                delta.eyeYawDeg(),
                Math.max(sideDeg, limits.headYawDeg()),
                Math.max(sideDeg, limits.headYawDeg()),
                Math.max(sideDeg, limits.eyeYawDeg()),
                Math.max(sideDeg, limits.eyeYawDeg()),
                Direction.IMAGE_RIGHT,
                Direction.IMAGE_LEFT);
        if (!limits.vertical()) {
            return aside;
        }
        Turn updown = axis(
                delta.headPitchDeg(),
                delta.eyePitchDeg(),
                Math.max(heightDeg, limits.headUpDeg()),
                Math.max(heightDeg, limits.headDownDeg()),
                Math.max(heightDeg, limits.eyeUpDeg()),
                Math.max(heightDeg, limits.eyeDownDeg()),
                Direction.UP,
                Direction.DOWN);
        return updown.share() > aside.share() ? updown : aside;
    }

    private static Turn axis(
            double headDeg,
            double eyeDeg,
            double headPlusLimit,
            double headMinusLimit,
            double eyePlusLimit,
            double eyeMinusLimit,
            Direction plus,
            Direction minus) {
        double headShare = Math.abs(headDeg) / (headDeg >= 0 ? headPlusLimit : headMinusLimit);
        Direction headWay = headDeg >= 0 ? plus : minus;
        if (Double.isNaN(eyeDeg) || Math.abs(headDeg) > EYES_TRUSTED_DEG) {
            return new Turn(headWay, Modality.HEAD, headShare);
        }
        double gazeDeg = headDeg + eyeDeg;
        double eyeLimit = eyeDeg >= 0 ? eyePlusLimit : eyeMinusLimit;
        double eyeShare = Math.abs(eyeDeg) / eyeLimit;
        Direction eyeWay = eyeDeg >= 0 ? plus : minus;
        if (headDeg >= 0 == eyeDeg >= 0) {
            double gazeShare = Math.abs(gazeDeg) / (gazeDeg >= 0 ? headPlusLimit : headMinusLimit);
            Modality modality = headShare >= 1 || headShare >= eyeShare ? Modality.HEAD : Modality.EYES;
            return new Turn(headWay, modality, Math.max(gazeShare, Math.max(headShare, eyeShare)));
        }
        double alongHead = gazeDeg * Math.signum(headDeg);
        double alongEyes = gazeDeg * Math.signum(eyeDeg);
        double headCounts = alongHead <= COMPENSATED_DEG ? 0 : headShare;
        double eyesCount = alongEyes < EYES_IN_LINE_SHARE * eyeLimit ? 0 : eyeShare;
        return headCounts >= eyesCount
                ? new Turn(headWay, Modality.HEAD, headCounts)
                : new Turn(eyeWay, Modality.EYES, eyesCount);
    }
}
