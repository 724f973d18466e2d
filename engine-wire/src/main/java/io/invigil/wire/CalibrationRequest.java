package io.invigil.wire;

/**
 * A point on the screen the candidate is asked to look at.
 *
 * @param x share of the screen's width from the left, 0 to 1
 * @param y share of the screen's height from the top, 0 to 1
 * @param durationS seconds for which, 0.8 to 30
 */
public record CalibrationRequest(double x, double y, double durationS) {
    /** Reads a body. */
    public static CalibrationRequest read(byte[] body) {
        BodyFields fields = BodyFields.read(body);
        double x = fields.requiredNumber("x", 0, 1);
        double y = fields.requiredNumber("y", 0, 1);
        double durationS = fields.number("duration_s", 0.8, 30, 1);
        fields.throwIfInvalid();
        return new CalibrationRequest(x, y, durationS);
    }
}
