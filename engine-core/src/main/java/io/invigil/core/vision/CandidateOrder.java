package io.invigil.core.vision;

/**
 * Puts the faces of a frame in order: the candidate's first, which stays the candidate while it is not dwarfed, and for as long
 * as a lost face keeps its id: a cup or a blur on one frame gives nobody's seat away.
 */
final class CandidateOrder {
    /** The candidate stays first while its area is at least this share of the largest face's. */
    private static final double STAY_SHARE = 0.4;

    private static final long SETTLED_NS = 2_000_000_000L;
    private static final double SETTLED_BONUS = 1.5;

    private CandidateOrder() {}

    static void sort(FaceMemory memory, long nowNs, FacesInFrame result) {
        double largest = 0;
        FaceTrack incumbent = null;
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (track.live && track.confirmed) {
                largest = Math.max(largest, area(track));
                if (track.id == memory.candidateId) {
                    incumbent = track;
                }
            }
        }
        if (incumbent != null && area(incumbent) < STAY_SHARE * largest) {
            incumbent = null;
        }
        result.count = 0;
        FaceTrack last = null;
        while (result.count < FacesInFrame.MAX_FACES) {
            FaceTrack next = result.count == 0 && incumbent != null ? incumbent : next(memory, nowNs, incumbent, last);
            if (next == null) {
                break;
            }
            result.slots[result.count++].take(next);
            last = next == incumbent ? null : next;
        }
        FaceTrack lost = incumbent == null ? lostCandidate(memory) : null;
        if (result.count > 0 && lost == null) {
            memory.candidateId = result.slots[0].trackId;
        }
        noteWhoIsBeside(memory, result);
        result.candidateAway =
                lost != null && result.count > 0 && find(memory, result.slots[0].trackId).besideId == lost.id;
    }

    /** The candidate's face while it was lost a moment ago and may come back. */
    private static FaceTrack lostCandidate(FaceMemory memory) {
        FaceTrack candidate = find(memory, memory.candidateId);
        return candidate == null || candidate.live ? null : candidate;
    }

    /** Whoever is seen on a frame with the candidate is somebody else; who comes in while the candidate is lost may be the same. */
    private static void noteWhoIsBeside(FaceMemory memory, FacesInFrame result) {
        if (result.count == 0 || result.slots[0].trackId != memory.candidateId) {
            return;
        }
        for (int i = 1; i < result.count; i++) {
            find(memory, result.slots[i].trackId).besideId = memory.candidateId;
        }
    }

    private static FaceTrack find(FaceMemory memory, int id) {
        for (int i = 0; i < memory.tracks.size(); i++) {
            if (memory.tracks.get(i).id == id) {
                return memory.tracks.get(i);
            }
        }
        return null;
    }

    /** The live face that ranks next after the last one; larger first, then older. */
    private static FaceTrack next(FaceMemory memory, long nowNs, FaceTrack incumbent, FaceTrack last) {
        FaceTrack best = null;
        for (int i = 0; i < memory.tracks.size(); i++) {
            FaceTrack track = memory.tracks.get(i);
            if (!track.live
                    || !track.confirmed
                    || track == incumbent
                    || last != null && !ranksBefore(last, track, nowNs)) {
                continue;
            }
            if (best == null || ranksBefore(track, best, nowNs)) {
                best = track;
            }
        }
        return best;
    }

    private static boolean ranksBefore(FaceTrack a, FaceTrack b, long nowNs) {
        double rankA = rank(a, nowNs);
        double rankB = rank(b, nowNs);
        return rankA != rankB ? rankA > rankB : a.id < b.id;
    }

    private static double rank(FaceTrack track, long nowNs) {
        return area(track) * (nowNs - track.firstSeenNs >= SETTLED_NS ? SETTLED_BONUS : 1);
    }

    private static double area(FaceTrack track) {
        return track.widthPx * track.heightPx;
    }
}
