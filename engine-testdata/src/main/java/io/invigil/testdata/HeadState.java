package io.invigil.testdata;

/**
 * Where a head is, how it is turned, and what its eyes do.
 *
 * <p>The position is that of the head's origin (the middle of the head, between the ears, about 7 cm behind the tip of
 * the nose) when the head is not turned; turning moves it about the top of the spine.
 *
 * @param xCm centimetres right of the optical axis (image direction)
 * @param yCm centimetres above the optical axis
 * @param distanceCm centimetres in front of the lens, above 20
 * @param head how the face is turned, camera system
 * @param eyesYawDeg turn of both eyes relative to the face, above 0 to image right; 0 is straight out of the face
 * @param eyesPitchDeg the same upwards
 * @param lidsOpen 1 as in the portrait, 0 closed
 * @param mouthOpen 0 as in the portrait, 1 as wide as talking opens it
 */
public record HeadState(
        double xCm,
        double yCm,
        double distanceCm,
        PoseAngles head,
        double eyesYawDeg,
        double eyesPitchDeg,
        double lidsOpen,
        double mouthOpen) {
    /** Checks the distance, the lids and the mouth. */
    public HeadState {
        if (!(distanceCm > 20)) {
            throw new IllegalArgumentException("distanceCm " + distanceCm + " must be above 20");
        }
        if (!(lidsOpen >= 0 && lidsOpen <= 1)) {
            throw new IllegalArgumentException("lidsOpen " + lidsOpen + " must lie in 0..1");
        }
        if (!(mouthOpen >= 0 && mouthOpen <= 1)) {
            throw new IllegalArgumentException("mouthOpen " + mouthOpen + " must lie in 0..1");
        }
    }

    /**
     * A frontal head on the optical axis looking straight out of its face.
     *
     * @param distanceCm centimetres in front of the lens
     * @return the state
     */
    public static HeadState frontal(double distanceCm) {
        return new HeadState(0, 0, distanceCm, PoseAngles.FRONTAL, 0, 0, 1, 0);
    }

    /**
     * The same head turned another way.
     *
     * @param angles how the face is turned
     * @return the changed state
     */
    public HeadState turned(PoseAngles angles) {
        return new HeadState(xCm, yCm, distanceCm, angles, eyesYawDeg, eyesPitchDeg, lidsOpen, mouthOpen);
    }

    /**
     * The same head with its eyes turned within it.
     *
     * @param yawDeg to image right
     * @param pitchDeg upwards
     * @return the changed state
     */
    public HeadState looking(double yawDeg, double pitchDeg) {
        return new HeadState(xCm, yCm, distanceCm, head, yawDeg, pitchDeg, lidsOpen, mouthOpen);
    }

    /**
     * The same head elsewhere.
     *
     * @param rightCm added to the position, to image right
     * @param upCm added upwards
     * @return the changed state
     */
    public HeadState shifted(double rightCm, double upCm) {
        return new HeadState(
                xCm + rightCm, yCm + upCm, distanceCm, head, eyesYawDeg, eyesPitchDeg, lidsOpen, mouthOpen);
    }

    /**
     * The same head with its lids moved.
     *
     * @param open 1 open, 0 closed
     * @return the changed state
     */
    public HeadState lids(double open) {
        return new HeadState(xCm, yCm, distanceCm, head, eyesYawDeg, eyesPitchDeg, open, mouthOpen);
    }

    /**
     * The same head with its mouth moved.
     *
     * @param open 0 closed, 1 wide
     * @return the changed state
     */
    public HeadState mouth(double open) {
        return new HeadState(xCm, yCm, distanceCm, head, eyesYawDeg, eyesPitchDeg, lidsOpen, open);
    }

    /** Line of sight in the camera system. */
    Vec3 sight() {
        return Rotation.of(head).apply(Vec3.direction(eyesYawDeg, eyesPitchDeg));
    }

    /**
     * Where the eyes point in the camera system.
     *
     * @return yaw and pitch of the line of sight; roll is 0
     */
    public PoseAngles gaze() {
        Vec3 sight = sight();
        return new PoseAngles(sight.yawDeg(), sight.pitchDeg(), 0);
    }
}
