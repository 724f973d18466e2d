package io.invigil.core.vision;

import io.invigil.api.Doubt;

/** What the face and gaze steps found on one frame. Mutable; belongs to a workspace. */
final class FacesInFrame {
    static final int MAX_FACES = 6;

    private static final int MAX_DOUBTS = 8;

    final Slot[] slots = new Slot[MAX_FACES];
    int count;
    /** The candidate's face was lost a moment ago, and the first of these is known to be another's. */
    boolean candidateAway;
    /** The whole picture was searched at every scale that matters since a face was last seen. */
    boolean searched;
    /** What may be a face on this frame and could not be verified; the last stands for all for which there was no place. */
    final Doubtful[] doubts = new Doubtful[MAX_DOUBTS];

    int doubtCount;

    /** The best unverified detection about as large as the picture, 0 to 1: a face too close to be seen whole. */
    double loomingScore;

    FacesInFrame() {
        for (int i = 0; i < MAX_FACES; i++) {
            slots[i] = new Slot();
        }
        for (int i = 0; i < MAX_DOUBTS; i++) {
            doubts[i] = new Doubtful();
        }
    }

    void clear() {
        count = 0;
        candidateAway = false;
        searched = false;
        doubtCount = 0;
        loomingScore = 0;
    }

    /**
     * Notes what may be a face but could not be verified.
     *
     * @param score the detection's, 0 to 1
     * @param certainty how certain it is a face when looked at again, 0 to 1
     */
    void doubt(double score, double certainty, double centerXPx, double centerYPx, double widthPx, double heightPx) {
        boolean further = doubtCount == MAX_DOUBTS;
        doubtCount += further ? 0 : 1;
        Doubtful last = doubts[doubtCount - 1];
        if (!further) {
            last.clear();
        }
        last.add(score, certainty, centerXPx - widthPx / 2, centerYPx - heightPx / 2, widthPx, heightPx);
    }

    /** Something that may be a face, or several, and the box around them in pixels. */
    static final class Doubtful {
        double score;
        double certainty;
        double leftPx;
        double topPx;
        double rightPx;
        double bottomPx;

        private void clear() {
            score = 0;
            certainty = 0;
            leftPx = Double.MAX_VALUE;
            topPx = Double.MAX_VALUE;
            rightPx = -Double.MAX_VALUE;
            bottomPx = -Double.MAX_VALUE;
        }

        private void add(
                double oneScore, double oneCertainty, double left, double top, double widthPx, double heightPx) {
            score = Math.max(score, oneScore);
            certainty = Math.max(certainty, oneCertainty);
            leftPx = Math.min(leftPx, left);
            topPx = Math.min(topPx, top);
            rightPx = Math.max(rightPx, left + widthPx);
            bottomPx = Math.max(bottomPx, top + heightPx);
        }
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
