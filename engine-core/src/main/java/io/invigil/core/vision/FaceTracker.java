package io.invigil.core.vision;

import io.invigil.api.CameraState;
import io.invigil.core.sight.PictureSight;
import java.util.List;

/**
 * Finds faces and follows them: each followed face's mesh is fitted where the last one was, and the detector runs when the
 * schedule says so, when a face is lost, on a scene cut, and when something moves outside the followed faces; where it always does,
 * the whole picture and a part of it take turns. When all of the
 * picture was searched and nothing stirred since, the schedule is slower: whoever comes in moves. Depends on nothing but the
 * session's own frames and memory. For one thread at a time.
 */
final class FaceTracker {
    /** New detections looked at closely in one search; each costs a mesh and up to two detector runs. */
    private static final int MOST_ATTEMPTS = 12;

    /** A fitted mesh with a flag from here on is a face that goes on. */
    private static final double FOLLOW_FLAG = 0.5;
    /** How long a lost face keeps its id, and how long the detector alone may vouch for it. */
    private static final long KEEP_NS = 2_000_000_000L;
    /**
     * A face of the last frame is looked for in its place after so long a gap in the frames. A busy engine leaves gaps, and a
     * search of the whole picture after each of them would cost it more time than it lacks.
     */
    private static final long BRIDGED_GAP_NS = 10_000_000_000L;

    private static final double HOLD_SCORE = 0.6;
    private static final double CHECK_SCORE = 0.35;
    private static final int MAX_FAILED_CHECKS = 2;

    /** A followed face whose mesh is less certain may have slipped onto something else. */
    private static final double CERTAIN_FLAG = 0.9;
    /** Looks after which a picture in which only the candidate matters is known. */
    private static final int LOOKS_AT_ONE = 4;

    /** Looks in a row that something besides the faces moved and nobody came in; then it is how the room is. */
    private static final int LOOKS_TO_THE_USUAL = 10;

    /** Detections wider than this share of the picture are of a face that does not fit into it. */
    private static final double LOOMING_SHARE = 0.5;

    private final FaceSearch search;
    private final FaceMesh mesh;
    private final FaceShape fitted = new FaceShape();
    private final MotionWatch motionWatch = new MotionWatch();

    FaceTracker(FaceDetector detector, FaceMesh mesh) {
        this.search = new FaceSearch(detector);
        this.mesh = mesh;
    }

    /** Finds and follows the faces of one frame. */
    void track(DecodedImage image, PictureSight quality, long nowNs, FaceMemory memory, FacesInFrame result) {
        result.clear();
        begin(image, quality, nowNs, memory);
        if (quality.state() != CameraState.BLACK && quality.state() != CameraState.COVERED) {
            boolean lost = follow(image, nowNs, memory);
            look(image, quality, nowNs, lost, memory, result);
        } else {
            for (int i = 0; i < memory.tracks.size(); i++) {
                FaceTrack track = memory.tracks.get(i);
                track.live = false;
            }
        }
        memory.started = true;
        memory.lastFrameNs = nowNs;
        report(nowNs, memory, result);
    }

    private void begin(DecodedImage image, PictureSight quality, long nowNs, FaceMemory memory) {
        boolean resized = memory.widthPx != image.widthPx() || memory.heightPx != image.heightPx();
        memory.widthPx = image.widthPx();
        memory.heightPx = image.heightPx();
        search.cover(image.widthPx(), image.heightPx());
        if (resized || quality.sceneCut()) {
            memory.dropAll();
            memory.tilesSinceFace = 0;
        }
        long gapNs = nowNs - memory.lastFrameNs;
        for (int i = memory.tracks.size() - 1; i >= 0; i--) {
            FaceTrack track = memory.tracks.get(i);
            boolean onLastFrame = track.lastSeenNs == memory.lastFrameNs;
            if (nowNs - track.lastSeenNs > KEEP_NS && !(onLastFrame && gapNs <= BRIDGED_GAP_NS)) {
                memory.drop(i);
                continue;
            }
            track.meshed = false;
            track.detectorSaw = false;
        }
    }

    /** Fits the mesh of each face seen on the last frame; returns whether one was lost. */
    private boolean follow(DecodedImage image, long nowNs, FaceMemory memory) {
        boolean lost = false;
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (!track.live) {
                continue;
            }
            track.live = false;
            mesh.fit(image, track.roiXPx, track.roiYPx, track.roiSidePx, track.angleRad, fitted);
            double ratio = Math.max(fitted.widthPx(), fitted.heightPx()) / Math.max(track.widthPx, track.heightPx);
            if (fitted.faceFlag >= FOLLOW_FLAG && ratio > 0.5 && ratio < 2) {
                boolean comparable = track.lastMeshNs == track.lastSeenNs && nowNs - track.lastMeshNs <= KEEP_NS;
                track.motion = comparable ? MotionWatch.motion(track.shape, fitted, image) : 0;
                track.follow(fitted, nowNs);
            } else {
                lost = true;
            }
        }
        dropDuplicates(memory.tracks, memory);
        return lost;
    }

    private static void dropDuplicates(List<FaceTrack> tracks, FaceMemory memory) {
        for (int i = tracks.size() - 1; i > 0; i--) {
            FaceTrack later = tracks.get(i);
            for (int j = 0; later.live && j < i; j++) {
                FaceTrack earlier = tracks.get(j);
                if (earlier.live && earlier.sameFace(later.centerXPx, later.centerYPx, later.widthPx, later.heightPx)) {
                    memory.drop(i);
                    break;
                }
            }
        }
    }

    private void look(
            DecodedImage image,
            PictureSight quality,
            long nowNs,
            boolean lost,
            FaceMemory memory,
            FacesInFrame result) {
        boolean wanting = !memory.started || lost || !anyLive(memory) || anyTentative(memory) || quality.sceneCut();
        boolean moves = motionWatch.movesOutside(image, memory.tracks);
        boolean pressing = wanting || moves;
        if (pressing || inDoubt(memory) || motionWatch.stirsOutside(image, memory.tracks)) {
            memory.cadence.disturb();
        }
        long gapNs = nowNs - memory.lastFrameNs;
        boolean due = memory.cadence.due(image, nowNs, gapNs, looksToRest(memory));
        if (!pressing && !due) {
            return;
        }
        memory.cadence.searched(image, nowNs, gapNs, looksToRest(memory));
        memory.movingLooks = moves && !wanting ? memory.movingLooks + 1 : 0;
        boolean usual = memory.movingLooks > LOOKS_TO_THE_USUAL;
        if (pressing && !usual) {
            memory.calmLooks = 0;
        } else if (memory.calmLooks++ % 2 == 1 && memory.wantsFurther) {
            lookForSmallFace(image, nowNs, memory, result);
            return;
        }
        Detections found = search.whole(image);
        accept(image, found, nowNs, memory, result);
        confirm(image, nowNs, memory, result);
        weighTentative(image, memory, result);
        if (anyLive(memory)) {
            if (pressing && !usual && memory.wantsFurther) {
                lookForSmallFace(image, nowNs, memory, result);
            }
            memory.tilesSinceFace = 0;
            return;
        }
        accept(image, search.fromAfar(image), nowNs, memory, result);
        if (!anyLive(memory)) {
            int tiles = search.tilesForEmptyPicture(quality, gapNs, memory);
            if (tiles > 1) {
                accept(image, search.fromFurther(image), nowNs, memory, result);
            }
            accept(image, search.tiles(image, memory, tiles), nowNs, memory, result);
            memory.tilesSinceFace += tiles;
        }
        if (anyLive(memory)) {
            memory.tilesSinceFace = 0;
        }
    }

    private int looksToRest(FaceMemory memory) {
        return memory.wantsFurther ? search.looksForEveryTile() : LOOKS_AT_ONE;
    }

    private static boolean inDoubt(FaceMemory memory) {
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (!track.live || !track.meshed || track.score < CERTAIN_FLAG || track.failedChecks > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Searches one tile, the next in turn: a small face behind the candidate is found within a few looks. While nothing moves
     * but the candidate, this takes turns with the whole picture: who comes in moves.
     */
    private void lookForSmallFace(DecodedImage image, long nowNs, FaceMemory memory, FacesInFrame result) {
        accept(image, search.tiles(image, memory, 1), nowNs, memory, result);
        memory.tilesSinceFace = 0;
    }

    private static boolean anyLive(FaceMemory memory) {
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (track.live && track.confirmed) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyTentative(FaceMemory memory) {
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (track.live && !track.confirmed) {
                return true;
            }
        }
        return false;
    }

    /** Looks again at what may be a face, until that is certain one way or the other. */
    private void weighTentative(DecodedImage image, FaceMemory memory, FacesInFrame result) {
        for (int i = memory.tracks.size() - 1; i >= 0; i--) {
            FaceTrack track = memory.tracks.get(i);
            if (track.confirmed) {
                continue;
            }
            double certainty = track.live ? track.score * search.meanCloseLook(image, track) : 0;
            track.weigh(certainty);
            if (!track.live || track.evidence <= 0) {
                doubt(track, certainty, certainty, result);
                memory.drop(i);
            } else if (!track.confirmed) {
                doubt(track, track.score, certainty, result);
            }
        }
    }

    private static void doubt(FaceTrack track, double score, double certainty, FacesInFrame result) {
        result.doubt(score, certainty, track.centerXPx, track.centerYPx, track.widthPx, track.heightPx);
    }

    private static void doubt(Detections found, int row, double certainty, FacesInFrame result) {
        result.doubt(
                found.get(row, Detections.SCORE),
                certainty,
                found.get(row, Detections.CENTER_X),
                found.get(row, Detections.CENTER_Y),
                found.get(row, Detections.WIDTH),
                found.get(row, Detections.HEIGHT));
    }

    /** Gives detections to the faces they belong to and starts following those that are new and verified. */
    private void accept(DecodedImage image, Detections found, long nowNs, FaceMemory memory, FacesInFrame result) {
        int attempts = 0;
        for (int row = 0; row < found.count(); row++) {
            if (belongsToLive(found, row, memory)) {
                continue;
            }
            // Best first; a wall of pictures must not hold up a lane.
            if (liveCount(memory) == FacesInFrame.MAX_FACES || attempts++ == MOST_ATTEMPTS) {
                return;
            }
            mesh.fit(
                    image,
                    found.get(row, Detections.CENTER_X),
                    found.get(row, Detections.CENTER_Y),
                    FaceTrack.roiSide(found.get(row, Detections.WIDTH), found.get(row, Detections.HEIGHT)),
                    FaceTrack.eyeLineAngle(found, row),
                    fitted);
            double certainty = fitted.faceFlag < FaceSearch.WORTH_A_LOOK
                    ? 0
                    : fitted.faceFlag * search.closeLook(image, found, row);
            if (certainty < FaceSearch.POSSIBLE) {
                doubt(found, row, certainty, result);
                if (found.get(row, Detections.WIDTH) > LOOMING_SHARE * Math.min(image.widthPx(), image.heightPx())) {
                    result.loomingScore = Math.max(result.loomingScore, found.get(row, Detections.SCORE));
                }
                continue;
            }
            if (!overlapsLive(fitted, memory)) {
                FaceTrack track = lostTrackFor(fitted, memory);
                if (track == null) {
                    track = memory.newTrack(nowNs);
                }
                track.motion = 0;
                track.failedChecks = 0;
                track.follow(fitted, nowNs);
                track.detectorSaw = true;
                track.weigh(certainty);
                if (!track.confirmed) {
                    doubt(found, row, certainty, result);
                }
            }
        }
    }

    private static boolean belongsToLive(Detections found, int row, FaceMemory memory) {
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (track.live
                    && track.sameFace(
                            found.get(row, Detections.CENTER_X),
                            found.get(row, Detections.CENTER_Y),
                            found.get(row, Detections.WIDTH),
                            found.get(row, Detections.HEIGHT))) {
                track.detectorSaw = true;
                return true;
            }
        }
        return false;
    }

    private static boolean overlapsLive(FaceShape shape, FaceMemory memory) {
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (track.live
                    && track.sameFace(
                            (shape.leftPx + shape.rightPx) / 2,
                            (shape.topPx + shape.bottomPx) / 2,
                            shape.widthPx(),
                            shape.heightPx())) {
                return true;
            }
        }
        return false;
    }

    private static FaceTrack lostTrackFor(FaceShape shape, FaceMemory memory) {
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (!track.live && track.mayHaveMovedTo(shape)) {
                return track;
            }
        }
        return null;
    }

    private static int liveCount(FaceMemory memory) {
        int count = 0;
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            count += track.live ? 1 : 0;
        }
        return count;
    }

    /**
     * Looks closely at each face the detector did not see: a mesh that clings to something else is given up, and a face
     * whose mesh failed is held while the detector still sees it.
     */
    private void confirm(DecodedImage image, long nowNs, FaceMemory memory, FacesInFrame result) {
        for (int i = memory.tracks.size() - 1; i >= 0; i--) {
            FaceTrack track = memory.tracks.get(i);
            if (track.detectorSaw || !track.confirmed) {
                track.failedChecks = 0;
                continue;
            }
            if (!track.live && nowNs - track.lastMeshNs > KEEP_NS) {
                continue;
            }
            int row = search.closeLook(image, track);
            double score = row < 0 ? 0 : search.closeDetections().get(row, Detections.SCORE);
            if (track.live) {
                track.failedChecks = score < CHECK_SCORE ? track.failedChecks + 1 : 0;
                if (track.failedChecks >= MAX_FAILED_CHECKS) {
                    memory.drop(i);
                }
            } else if (score >= HOLD_SCORE) {
                track.hold(search.closeDetections(), row, nowNs);
                if (overlapsAnother(track, memory)) {
                    track.live = false;
                }
            } else {
                doubt(track, score, 0, result);
            }
        }
    }

    private static boolean overlapsAnother(FaceTrack held, FaceMemory memory) {
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (track != held
                    && track.live
                    && track.sameFace(held.centerXPx, held.centerYPx, held.widthPx, held.heightPx)) {
                return true;
            }
        }
        return false;
    }

    /** Fills the result: the candidate first, then by size. */
    private void report(long nowNs, FaceMemory memory, FacesInFrame result) {
        result.searched = search.coversPicture(memory);
        CandidateOrder.sort(memory, nowNs, result);
    }
}
