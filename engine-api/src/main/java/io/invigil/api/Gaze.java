package io.invigil.api;

/**
 * Which way a pair of eyes points. Positive yaw is towards the right edge of the upright picture, positive pitch is up.
 *
 * @param eyeYawDeg turn of the eyes in the head, -60 to 60; 0 is straight ahead of the face
 * @param eyePitchDeg rise of the eyes in the head, -60 to 60
 * @param yawDeg turn of the line of gaze against the line to the camera: head and eyes together
 * @param pitchDeg rise of the line of gaze against the line to the camera: head and eyes together
 * @param openness lid opening over eye width, mean of the eyes in view; about 0.3 for open eyes, below about 0.12 closed
 */
public record Gaze(double eyeYawDeg, double eyePitchDeg, double yawDeg, double pitchDeg, double openness) {}
