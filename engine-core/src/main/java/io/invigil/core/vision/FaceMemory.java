package io.invigil.core.vision;

import java.util.ArrayList;
import java.util.List;

/** What the search for faces remembers of one session; touched by the face step only. */
final class FaceMemory {
    final SearchCadence cadence;
    /** Whether faces beside the candidate's matter; where they do not, none is looked for. */
    final boolean wantsFurther;
    /** Followed faces and those lost a moment ago, in order of their ids. */
    final List<FaceTrack> tracks = new ArrayList<>();
    /** Tracks given up, to be used again. */
    final List<FaceTrack> spare = new ArrayList<>();

    boolean started;
    int widthPx;
    int heightPx;
    int nextId = 1;
    int candidateId;
    long lastFrameNs;
    /** Looks in a row that something moved outside the followed faces and nothing else called for one. */
    int movingLooks;
    /** Looks since something last called for one. */
    int calmLooks;

    int nextTile;
    /** Consecutive tiles searched since a face was last seen; what matters is whether they cover the picture. */
    int tilesSinceFace;

    /**
     * A session's memory.
     *
     * @param searchIntervalNs how often faces are searched for while one is followed
     * @param wantsFurther whether anybody but the candidate is asked for
     */
    FaceMemory(long searchIntervalNs, boolean wantsFurther) {
        cadence = new SearchCadence(searchIntervalNs);
        this.wantsFurther = wantsFurther;
    }

    FaceTrack newTrack(long nowNs) {
        FaceTrack track = spare.isEmpty() ? new FaceTrack() : spare.remove(spare.size() - 1);
        track.id = nextId++;
        track.firstSeenNs = nowNs;
        track.failedChecks = 0;
        track.motion = 0;
        track.confirmed = false;
        track.evidence = 0;
        track.besideId = 0;
        tracks.add(track);
        return track;
    }

    void drop(int index) {
        spare.add(tracks.remove(index));
    }

    void dropAll() {
        spare.addAll(tracks);
        tracks.clear();
    }
}
