package io.invigil.core.rules;

import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.IdentityObservation;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SceneMotion;
import io.invigil.api.SpoofObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds observations in few words: one attentive, moving candidate unless told otherwise. Picture: 640 x 480. */
final class Seen {
    private CameraState camera = CameraState.OK;
    private double brightness = 120;
    private boolean unchanged;
    private double change = 2;
    private double peakChange = 6;
    private boolean sceneCut;
    private Reading face = Reading.present(0.95);
    private int faces = 1;
    private double secondMotion = 8;
    private double secondWidthPx = 90;
    private double motion = 10;
    private Double yawDeg = 1.0;
    private double pitchDeg = 5;
    private Double eyeYawDeg = -1.0;
    private double eyePitchDeg = 7;
    private double gazeConfidence = 1;
    private Doubt gazeDoubt = Doubt.OCCLUDED;
    private int view;
    private double shiftX;
    private double shiftY;
    private String cells = "";
    private long repeatsAfterNs;
    private BoundingBox box = new BoundingBox(250, 100, 120, 120);
    private int trackId = 1;
    private PresenceObservation presence = PresenceObservation.NONE;
    private Optional<IdentityObservation> identity = Optional.empty();
    private Optional<SpoofObservation> spoof = Optional.empty();

    static Seen attentive() {
        return new Seen();
    }

    /** The view's number and how far the background stands from where it stood. */
    Seen view(int number, double right, double down) {
        view = number;
        shiftX = right;
        shiftY = down;
        return this;
    }

    /** Nothing moves but the cells inside of these boxes, by so many steps. */
    Seen moving(int steps, BoundingBox... where) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < SceneMotion.GRID * SceneMotion.GRID; i++) {
            double x = (i % SceneMotion.GRID + 0.5) * 640 / SceneMotion.GRID;
            double y = (i / SceneMotion.GRID + 0.5) * 480 / SceneMotion.GRID;
            boolean inside = false;
            for (BoundingBox one : where) {
                inside |= x > one.leftPx() && x < one.rightPx() && y > one.topPx() && y < one.bottomPx();
            }
            digits.append(inside ? steps : 0);
        }
        cells = digits.toString();
        return this;
    }

    /** The same picture was shown so long ago. */
    Seen repeats(double secondsAgo) {
        repeatsAfterNs = Math.round(secondsAgo * 1e9);
        return this;
    }

    /** The candidate's face is here, followed under this number. */
    Seen face(int track, double leftPx, double topPx, double sidePx) {
        trackId = track;
        box = new BoundingBox(leftPx, topPx, sidePx, sidePx);
        return this;
    }

    Seen nobody() {
        face = Reading.absent(0.9);
        faces = 0;
        return this;
    }

    Seen cannotTell(Doubt doubt) {
        face = Reading.cannotTell(doubt);
        faces = 0;
        return this;
    }

    Seen faces(int count) {
        faces = count;
        return this;
    }

    Seen second(double widthPx, double ownMotion) {
        faces = 2;
        secondWidthPx = widthPx;
        secondMotion = ownMotion;
        return this;
    }

    Seen motion(double perMille) {
        motion = perMille;
        return this;
    }

    Seen camera(CameraState state) {
        camera = state;
        return this;
    }

    Seen brightness(double mean) {
        brightness = mean;
        return this;
    }

    Seen unchanged() {
        unchanged = true;
        return change(0, 0);
    }

    /** How much the picture differs from the one before, at the mean and in the block that changes most, in grey values. */
    Seen change(double mean, double peak) {
        change = mean;
        peakChange = peak;
        return this;
    }

    Seen sceneCut() {
        sceneCut = true;
        return this;
    }

    Seen head(double yaw, double pitch) {
        yawDeg = yaw;
        pitchDeg = pitch;
        return this;
    }

    Seen eyes(double yaw, double pitch) {
        eyeYawDeg = yaw;
        eyePitchDeg = pitch;
        return this;
    }

    Seen noHead() {
        yawDeg = null;
        eyeYawDeg = null;
        return this;
    }

    Seen eyesUnread(Doubt doubt) {
        eyeYawDeg = null;
        gazeDoubt = doubt;
        return this;
    }

    /** The candidate's face is followed under this number. */
    Seen track(int number) {
        trackId = number;
        return this;
    }

    /** The candidate's face was compared with a reference complete at that time. */
    Seen compared(long referenceAtNs, double distance) {
        Reading reading = distance <= 0.55
                ? Reading.present(0.8)
                : distance >= 0.62 ? Reading.absent(0.8) : Reading.cannotTell(Doubt.UNCLEAR);
        identity = Optional.of(new IdentityObservation(referenceAtNs, true, distance, reading));
        return this;
    }

    /** The candidate's face was not compared; {@link IdentityObservation#NO_REFERENCE} when there is nothing to compare with. */
    Seen notCompared(long referenceAtNs, Doubt doubt) {
        identity = Optional.of(new IdentityObservation(referenceAtNs, false, 0, Reading.cannotTell(doubt)));
        return this;
    }

    /** An outline was looked for around the candidate's face. */
    Seen outline(double score) {
        spoof = Optional.of(
                new SpoofObservation(true, score, score >= 0.55 ? Reading.present(score) : Reading.absent(0.5)));
        return this;
    }

    /** What the body and object detector last saw; {@code object} may be null. */
    Seen presence(long tickNs, boolean fresh, int bodies, String object, double score) {
        List<ObjectDetection> persons = new ArrayList<>();
        for (int i = 0; i < bodies; i++) {
            persons.add(new ObjectDetection("person", 0.8, new BoundingBox(20 + 300 * i, 100, 250, 380)));
        }
        List<ObjectDetection> objects = object == null
                ? List.of()
                : List.of(new ObjectDetection(object, score, new BoundingBox(300, 300, 60, 100)));
        presence = new PresenceObservation(tickNs, fresh, persons, objects);
        return this;
    }

    /** An outline is looked for, but not on this frame. */
    Seen outlineNotDue() {
        spoof = Optional.of(new SpoofObservation(false, 0, Reading.cannotTell(Doubt.NOT_EVALUATED)));
        return this;
    }

    /** The candidate's own body and a second one with this score. */
    Seen bodies(long tickNs, boolean fresh, double secondScore) {
        presence = new PresenceObservation(
                tickNs,
                fresh,
                List.of(
                        new ObjectDetection("person", 0.9, new BoundingBox(220, 90, 200, 390)),
                        new ObjectDetection("person", secondScore, new BoundingBox(20, 100, 150, 380))),
                List.of());
        return this;
    }

    Observation at(long frameIndex, long timestampNs) {
        List<FaceObservation> seen = new ArrayList<>();
        for (int i = 0; i < faces; i++) {
            seen.add(new FaceObservation(
                    trackId + i,
                    i == 0 ? box : new BoundingBox(250 - 180 * i, 100, secondWidthPx, secondWidthPx),
                    0.9,
                    i == 0 ? motion : secondMotion,
                    yawDeg == null ? Optional.empty() : Optional.of(new HeadPose(yawDeg, pitchDeg, 0, 60, 1)),
                    eyeYawDeg == null
                            ? Optional.empty()
                            : Optional.of(
                                    new Gaze(eyeYawDeg, eyePitchDeg, yawDeg + eyeYawDeg, pitchDeg + eyePitchDeg, 0.3)),
                    eyeYawDeg == null ? Reading.cannotTell(gazeDoubt) : Reading.present(gazeConfidence)));
        }
        ImageQuality quality = new ImageQuality(
                camera,
                camera == CameraState.BLACK ? 3 : brightness,
                50,
                0.3,
                change,
                peakChange,
                unchanged,
                sceneCut,
                new SceneMotion(view, shiftX, shiftY, cells, repeatsAfterNs));
        return new Observation(frameIndex, timestampNs, 640, 480, quality, face, seen, presence, identity, spoof);
    }
}
