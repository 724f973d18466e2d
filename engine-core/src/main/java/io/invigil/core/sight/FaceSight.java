package io.invigil.core.sight;

import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.Reading;
import java.util.Optional;

/** A {@link FaceObservation} that is filled anew; units and ranges are the same. Not thread-safe. */
public final class FaceSight {
    private final Box box = new Box();
    private int trackId;
    private double score;
    private double motion;
    private boolean posed;
    private double headYawDeg;
    private double headPitchDeg;
    private double headRollDeg;
    private double distanceCm;
    private double fitErrorPx;
    private boolean gazing;
    private double eyeYawDeg;
    private double eyePitchDeg;
    private double gazeYawDeg;
    private double gazePitchDeg;
    private double openness;
    private Reading gazeReading = Reading.cannotTell(Doubt.NOT_EVALUATED);

    FaceSight() {}

    /** Starts a face of which neither pose nor gaze is known; its box is to be filled. */
    public void begin(int newTrackId, double newScore, double newMotion) {
        trackId = newTrackId;
        score = newScore;
        motion = newMotion;
        forgetGaze();
    }

    /** Takes the head's pose, as {@link HeadPose} has it. */
    public void setPose(double yawDeg, double pitchDeg, double rollDeg, double newDistanceCm, double newFitErrorPx) {
        posed = true;
        headYawDeg = yawDeg;
        headPitchDeg = pitchDeg;
        headRollDeg = rollDeg;
        distanceCm = newDistanceCm;
        fitErrorPx = newFitErrorPx;
    }

    /** Takes the gaze, as {@link Gaze} has it. */
    public void setGaze(
            double newEyeYawDeg, double newEyePitchDeg, double yawDeg, double pitchDeg, double newOpenness) {
        gazing = true;
        eyeYawDeg = newEyeYawDeg;
        eyePitchDeg = newEyePitchDeg;
        gazeYawDeg = yawDeg;
        gazePitchDeg = pitchDeg;
        openness = newOpenness;
    }

    /** Takes whether the gaze could be read. */
    public void setGazeReading(Reading reading) {
        gazeReading = reading;
    }

    void set(FaceObservation other) {
        begin(other.trackId(), other.score(), other.motion());
        box.set(other.box());
        if (other.headPose().isPresent()) {
            HeadPose pose = other.headPose().get();
            setPose(pose.yawDeg(), pose.pitchDeg(), pose.rollDeg(), pose.distanceCm(), pose.fitErrorPx());
        }
        if (other.gaze().isPresent()) {
            Gaze gaze = other.gaze().get();
            setGaze(gaze.eyeYawDeg(), gaze.eyePitchDeg(), gaze.yawDeg(), gaze.pitchDeg(), gaze.openness());
        }
        gazeReading = other.gazeReading();
    }

    /** Forgets everything about where the face looks. */
    void forgetGaze() {
        posed = false;
        gazing = false;
        gazeReading = Reading.cannotTell(Doubt.NOT_EVALUATED);
    }

    FaceObservation toFaceObservation() {
        Optional<HeadPose> pose = posed
                ? Optional.of(new HeadPose(headYawDeg, headPitchDeg, headRollDeg, distanceCm, fitErrorPx))
                : Optional.empty();
        Optional<Gaze> gaze = gazing
                ? Optional.of(new Gaze(eyeYawDeg, eyePitchDeg, gazeYawDeg, gazePitchDeg, openness))
                : Optional.empty();
        return new FaceObservation(trackId, box.toBoundingBox(), score, motion, pose, gaze, gazeReading);
    }

    /** A number that stays with this face while it is followed. */
    public int trackId() {
        return trackId;
    }

    /** The face from brow to chin and ear to ear; to be read and filled. */
    public Box box() {
        return box;
    }

    /** The certainty that this is a face, 0 to 1. */
    public double score() {
        return score;
    }

    /** How much the face moved by itself since the last analysed frame, in per mille of its width. */
    public double motion() {
        return motion;
    }

    /** True when the mesh could be fitted; the pose's numbers mean something only then. */
    public boolean hasPose() {
        return posed;
    }

    /** Turn to the side; positive towards the right edge of the picture. */
    public double headYawDeg() {
        return headYawDeg;
    }

    /** Nod; positive upwards. */
    public double headPitchDeg() {
        return headPitchDeg;
    }

    /** Root mean square distance between mesh and fitted model, in pixels for each 100 of face width. */
    public double fitErrorPx() {
        return fitErrorPx;
    }

    /** True when the eyes could be measured; the gaze's numbers mean something only then. */
    public boolean hasGaze() {
        return gazing;
    }

    /** Turn of the eyes in the head. */
    public double eyeYawDeg() {
        return eyeYawDeg;
    }

    /** Rise of the eyes in the head. */
    public double eyePitchDeg() {
        return eyePitchDeg;
    }

    /** PRESENT when the gaze could be read, otherwise CANNOT_TELL with the reason. */
    public Reading gazeReading() {
        return gazeReading;
    }
}
