package io.invigil.api;

/**
 * From where on a candidate looks away, as angles from their own neutral. The rule's {@code enter} and {@code exit} are shares
 * of these limits.
 *
 * @param headYawDeg head turned to a side, 5 to 90
 * @param headUpDeg head raised, 5 to 90
 * @param headDownDeg head lowered, 5 to 90
 * @param eyeYawDeg eyes turned to a side in the head, 5 to 60
 * @param eyeUpDeg eyes raised in the head, 5 to 60
 * @param eyeDownDeg eyes lowered in the head, 5 to 60
 * @param vertical whether up and down count by themselves; looking down to write is a matter of policy
 * @param beforeNeutral whether a head turned further aside than any screen explains counts although the candidate's neutral
 *     is not known yet; otherwise looking away cannot be told before it is
 */
public record LookAwayLimits(
        double headYawDeg,
        double headUpDeg,
        double headDownDeg,
        double eyeYawDeg,
        double eyeUpDeg,
        double eyeDownDeg,
        boolean vertical,
        boolean beforeNeutral) {
    /** Checks the ranges. */
    public LookAwayLimits {
        Ranges.check("headYawDeg", headYawDeg, 5.0, 90.0);
        Ranges.check("headUpDeg", headUpDeg, 5.0, 90.0);
        Ranges.check("headDownDeg", headDownDeg, 5.0, 90.0);
        Ranges.check("eyeYawDeg", eyeYawDeg, 5.0, 60.0);
        Ranges.check("eyeUpDeg", eyeUpDeg, 5.0, 60.0);
        Ranges.check("eyeDownDeg", eyeDownDeg, 5.0, 60.0);
    }
}
