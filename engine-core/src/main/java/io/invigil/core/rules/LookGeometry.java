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
    private final Turn aside = new Turn();
    private final Turn updown = new Turn();

    LookGeometry(LookAwayLimits limits) {
        this.limits = limits;
    }

    /** Which way, shown by what, and how far: 1 at the limit. Good until the geometry judges again. */
    static final class Turn {
        private Direction direction = Direction.CENTER;
        private Modality modality = Modality.NONE;
        private double share;

        void set(Direction newDirection, Modality newModality, double newShare) {
            direction = newDirection;
            modality = newModality;
            share = newShare;
        }

        Direction direction() {
            return direction;
        }

        Modality modality() {
            return modality;
        }

        double share() {
            return share;
        }
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
        axis(
                aside,
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
        axis(
                updown,
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

    private static void axis(
            Turn turn,
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
            turn.set(headWay, Modality.HEAD, headShare);
            return;
        }
        double gazeDeg = headDeg + eyeDeg;
        double eyeLimit = eyeDeg >= 0 ? eyePlusLimit : eyeMinusLimit;
        double eyeShare = Math.abs(eyeDeg) / eyeLimit;
        Direction eyeWay = eyeDeg >= 0 ? plus : minus;
        if (headDeg >= 0 == eyeDeg >= 0) {
            double gazeShare = Math.abs(gazeDeg) / (gazeDeg >= 0 ? headPlusLimit : headMinusLimit);
            Modality modality = headShare >= 1 || headShare >= eyeShare ? Modality.HEAD : Modality.EYES;
            turn.set(headWay, modality, Math.max(gazeShare, Math.max(headShare, eyeShare)));
            return;
        }
        double alongHead = gazeDeg * Math.signum(headDeg);
        double alongEyes = gazeDeg * Math.signum(eyeDeg);
        double headCounts = alongHead <= COMPENSATED_DEG ? 0 : headShare;
        double eyesCount = alongEyes < EYES_IN_LINE_SHARE * eyeLimit ? 0 : eyeShare;
        if (headCounts >= eyesCount) {
            turn.set(headWay, Modality.HEAD, headCounts);
        } else {
            turn.set(eyeWay, Modality.EYES, eyesCount);
        }
    }
}
