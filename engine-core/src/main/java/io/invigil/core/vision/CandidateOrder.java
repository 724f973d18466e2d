package io.invigil.core.vision;

/** Puts the faces of a frame in order: the candidate's first, which stays the candidate while it is not dwarfed. */
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
        if (result.count > 0) {
            memory.candidateId = result.slots[0].trackId;
        }
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
