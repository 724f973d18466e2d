package io.invigil.api;

/**
 * Where a head is and which way it faces, from a fit of the face mesh to a metric face model under a pinhole camera.
 *
 * <p>Angles are seen in the upright picture and taken relative to the line of sight through the head, so a head that
 * faces the camera has 0, 0, 0 wherever it is in the picture. They apply in the order roll, pitch, yaw (intrinsic: yaw
 * about the neck's axis first).
 *
 * @param yawDeg turn to the side, -90 to 90; positive towards the right edge of the picture
 * @param pitchDeg nod, -90 to 90; positive upwards
 * @param rollDeg tilt, -180 to 180; positive clockwise in the picture
 * @param distanceCm distance from the camera to the middle of the head; as good as the assumed field of view
 * @param fitErrorPx root mean square distance between the mesh and the fitted model in the picture, per 100 px of face
 *     width; large values mean that the fit is not to be trusted
 */
public record HeadPose(double yawDeg, double pitchDeg, double rollDeg, double distanceCm, double fitErrorPx) {}
