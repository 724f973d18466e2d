package io.invigil.core.rules;

import io.invigil.core.sight.Box;
import io.invigil.core.sight.FaceSight;
import io.invigil.core.sight.Sight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells faces of people from faces that are only pictures: a living face moves by itself, a poster does not. A further face
 * counts once it has moved on two frames; one that has hardly moved for a while although the candidate did is a picture. Where
 * it is known which parts of the picture change, the face's must be among them: a camera that trembles makes every mesh tremble.
 */
final class FaceLife {
    /** A further face narrower than this share of the candidate's is nearly four times as far away: not at this desk. */
    static final double MIN_RELATIVE_WIDTH = 0.27;
    /** Own motion in per mille of the face width from which on a face is seen to live. */
    static final double LIVING_MOTION = 4;
    /** Median motion under which a face stands still. */
    static final double STILL_MOTION = 3;

    private static final double CHANGING_SHARE = 0.12;
    private static final double SAME_FACE_IOU = 0.4;
    private static final double SAME_FACE_INSIDE = 0.6;
    private static final int MOTIONS = 12;
    private static final int MAX_TRACKS = 16;
    private static final long FORGET_NS = 5_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;
    private static final long JUDGE_AFTER_NS = 2_000_000_000L;

    /** What is known of one followed face. */
    static final class Track {
        final int id;
        final long firstNs;
        final double[] motions = new double[MOTIONS];
        private final double[] sorted = new double[MOTIONS];
        long lastNs;
        long countsFromNs = NEVER;
        int frames;
        int livingFrames;

        Track(int id, long firstNs) {
            this.id = id;
            this.firstNs = firstNs;
        }

        double medianMotion() {
            int size = Math.min(frames, MOTIONS);
            System.arraycopy(motions, 0, sorted, 0, size);
            Arrays.sort(sorted, 0, size);
            return size == 0 ? 0 : sorted[size / 2];
        }
    }

    final List<Track> tracks = new ArrayList<>();
    private final List<FaceSight> people = new ArrayList<>();
    final OwnMotion motion = new OwnMotion(OwnMotion.FACE_WIDTHS);
    long previousNs = NEVER;
    long secondSinceNs = NEVER;

    /**
     * The faces that count as people; the candidate's, the first, always does, further ones from a least score on. The list is
     * good until the next call.
     */
    List<FaceSight> people(Sight seen, double leastScore) {
        long timestampNs = seen.timestampNs();
        List<FaceSight> faces = seen.faces();
        motion.reset();
        motion.take(seen);
        forget(timestampNs);
        people.clear();
        secondSinceNs = NEVER;
        for (int i = 0; i < faces.size(); i++) {
            FaceSight face = faces.get(i);
            Track track = follow(seen, face);
            if (people.isEmpty()) {
                people.add(face);
            } else if (!isLarge(face, faces.get(0)) || face.score() < leastScore || !isAnother(face, people)) {
                track.countsFromNs = NEVER;
            } else {
                if (track.countsFromNs == NEVER) {
                    track.countsFromNs =
                            previousNs == NEVER ? timestampNs : previousNs + (timestampNs - previousNs) / 2;
                }
                if (isAlive(track, timestampNs, faces.get(0))) {
                    people.add(face);
                    secondSinceNs =
                            secondSinceNs == NEVER ? track.countsFromNs : Math.min(secondSinceNs, track.countsFromNs);
                }
            }
        }
        previousNs = timestampNs;
        return people;
    }

    private void forget(long nowNs) {
        for (int i = tracks.size() - 1; i >= 0; i--) {
            if (nowNs - tracks.get(i).lastNs > FORGET_NS) {
                tracks.remove(i);
            }
        }
    }

    /** Since when the last frame's second person has been in the picture; {@link Finding#NOT_KNOWN} without one. */
    long secondSinceNs() {
        return secondSinceNs;
    }

    private Track follow(Sight seen, FaceSight face) {
        long timestampNs = seen.timestampNs();
        Track track = find(face.trackId());
        if (track == null) {
            track = new Track(face.trackId(), timestampNs);
            if (tracks.size() >= MAX_TRACKS) {
                tracks.remove(oldest());
            }
            tracks.add(track);
        }
        if (track.lastNs != previousNs) {
            track.countsFromNs = NEVER;
        }
        track.lastNs = timestampNs;
        track.motions[track.frames % MOTIONS] = face.motion();
        track.frames = track.frames == 2 * MOTIONS - 1 ? MOTIONS : track.frames + 1;
        if (face.motion() >= LIVING_MOTION && track.livingFrames < 2 && changes(seen, face)) {
            track.livingFrames++;
        }
        return track;
    }

    /** Whether the face's part of the picture changes more than the rest; true where that is not known. */
    private boolean changes(Sight seen, FaceSight face) {
        return !motion.known || motion.fresh && motion.movesByItself(face.box(), 1, CHANGING_SHARE, seen);
    }

    private Track find(int id) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).id == id) {
                return tracks.get(i);
            }
        }
        return null;
    }

    private Track oldest() {
        Track oldest = tracks.get(0);
        for (Track track : tracks) {
            if (track.lastNs < oldest.lastNs) {
                oldest = track;
            }
        }
        return oldest;
    }

    private static boolean isLarge(FaceSight face, FaceSight candidate) {
        return face.box().widthPx() >= MIN_RELATIVE_WIDTH * candidate.box().widthPx();
    }

    private static boolean isAnother(FaceSight face, List<FaceSight> others) {
        Box box = face.box();
        for (int i = 0; i < others.size(); i++) {
            FaceSight other = others.get(i);
            if (box.iou(other.box()) > SAME_FACE_IOU
                    || box.shareInside(other.box()) > SAME_FACE_INSIDE
                    || other.box().shareInside(box) > SAME_FACE_INSIDE) {
                return false;
            }
        }
        return true;
    }

    private boolean isAlive(Track track, long timestampNs, FaceSight candidate) {
        if (track.livingFrames >= 2) {
            return true;
        }
        boolean longEnough = timestampNs - track.firstNs >= JUDGE_AFTER_NS && track.frames >= 3;
        Track first = find(candidate.trackId());
        // Where nothing at all moves, standing still proves nothing.
        if (longEnough && motion.known) {
            return first == null || first.medianMotion() < STILL_MOTION;
        }
        return longEnough
                && (track.medianMotion() >= STILL_MOTION
                        || first == null
                        || first.medianMotion() < 2 * track.medianMotion());
    }

    void exchange(StateExchange state) {
        motion.exchange(state);
        previousNs = state.of(previousNs);
        secondSinceNs = state.of(secondSinceNs);
        List<Track> before = new ArrayList<>(tracks);
        int count = state.count(before.size(), MAX_TRACKS);
        tracks.clear();
        for (int i = 0; i < count; i++) {
            Track known = i < before.size() ? before.get(i) : new Track(0, 0);
            Track track = new Track(state.of(known.id), state.of(known.firstNs));
            System.arraycopy(known.motions, 0, track.motions, 0, MOTIONS);
            state.all(track.motions);
            track.lastNs = state.of(known.lastNs);
            track.countsFromNs = state.of(known.countsFromNs);
            track.frames = state.of(known.frames);
            track.livingFrames = state.of(known.livingFrames);
            tracks.add(track);
        }
    }
}
