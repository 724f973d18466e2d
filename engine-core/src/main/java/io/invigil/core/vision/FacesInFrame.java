package io.invigil.core.vision;

import io.invigil.api.Doubt;

/** What the face and gaze steps found on one frame. Mutable; belongs to a workspace. */
final class FacesInFrame {
    static final int MAX_FACES = 6;

    final Slot[] slots = new Slot[MAX_FACES];
    int count;
    /** The whole picture was searched at every scale that matters since a face was last seen. */
    boolean searched;
    /** The best detection that could not be verified as a face on this frame, 0 to 1. */
    double doubtfulScore;
    /** How certain the most likely of what could not be verified is a face, 0 to 1. */
    double doubtfulCertainty;

    /** The best unverified detection about as large as the picture, 0 to 1: a face too close to be seen whole. */
    double loomingScore;

    FacesInFrame() {
        for (int i = 0; i < MAX_FACES; i++) {
            slots[i] = new Slot();
        }
    }

    void clear() {
        count = 0;
        searched = false;
        doubtfulScore = 0;
        doubtfulCertainty = 0;
        loomingScore = 0;
    }

    /** Notes what may be a face but could not be verified. */
    void doubt(double score, double certainty) {
        doubtfulScore = Math.max(doubtfulScore, score);
        doubtfulCertainty = Math.max(doubtfulCertainty, certainty);
    }

    /** One face. */
    static final class Slot {
        final FaceShape shape = new FaceShape();
        int trackId;
        boolean meshed;
        double leftPx;
        double topPx;
        double widthPx;
        double heightPx;
        double score;
        double motion;
        final HeadReading head = new HeadReading();
        final EyeReading eyes = new EyeReading();

        void take(FaceTrack track) {
            trackId = track.id;
            meshed = track.meshed;
            if (meshed) {
                shape.copyFrom(track.shape);
            }
            leftPx = track.centerXPx - track.widthPx / 2;
            topPx = track.centerYPx - track.heightPx / 2;
            widthPx = track.widthPx;
            heightPx = track.heightPx;
            score = track.score;
            motion = track.motion;
            head.clear();
            eyes.unreadable(Doubt.NOT_EVALUATED, 0);
        }
    }
}
