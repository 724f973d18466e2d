package io.invigil.testdata;

/**
 * Orientation of a head or of a line of sight, in image directions of the upright picture.
 *
 * <p>The rotation meant is {@code R = Ry(yaw) * Rx(-pitch) * Rz(-roll)} in a right-handed frame with x to the right
 * edge of the picture, y up and z towards the viewer: roll first, then pitch, then yaw. The direction of the nose is
 * then {@code (sin yaw cos pitch, sin pitch, cos yaw cos pitch)}.
 *
 * @param yawDeg degrees, above 0 turned towards the right edge of the picture
 * @param pitchDeg degrees, above 0 turned up
 * @param rollDeg degrees, above 0 tilted clockwise as seen in the picture
 */
public record PoseAngles(double yawDeg, double pitchDeg, double rollDeg) {
    /** Straight towards the viewer, upright. */
    public static final PoseAngles FRONTAL = new PoseAngles(0, 0, 0);

    /**
     * Adds angle by angle.
     *
     * @param other what is added
     * @return the sums
     */
    public PoseAngles plus(PoseAngles other) {
        return new PoseAngles(yawDeg + other.yawDeg, pitchDeg + other.pitchDeg, rollDeg + other.rollDeg);
    }
}
