package io.invigil.core.rules;

import io.invigil.core.sight.Box;

/**
 * Where the candidate's face was last seen, to tell whether the next one seen can be the same person's. Somebody else's face,
 * after a cut or an absence, has another size or is elsewhere; nobody comes a fifth nearer within half a second.
 */
final class Seat {
    /** Frames nearer than this cannot show so large a change of one person's face, in width and height alike. */
    static final long INSTANT_NS = 500_000_000L;

    /** Somebody who leans forward or back changes by as much in this time. */
    private static final long LEAN_NS = 333_000_000L;

    private static final double GROWN = 1.18;
    private static final double SHRUNK = 0.85;
    private static final double LARGER = 1.3;
    private static final double SMALLER = 0.77;
    private static final double BESIDE_WIDTHS = 0.6;
    private static final long NEVER = Long.MIN_VALUE;

    long seenNs = NEVER;
    int trackId;
    final Box box = new Box();

    /** True when a face was seen before and this one can hardly be the same person's. */
    boolean isTakenOver(long nowNs, int nextTrackId, Box next) {
        if (seenNs == NEVER || !(box.widthPx() > 0) || !(box.heightPx() > 0)) {
            return false;
        }
        if (nextTrackId == trackId && nowNs - seenNs <= SeatWatch.GAP_NS) {
            double wider = next.widthPx() / box.widthPx();
            double higher = next.heightPx() / box.heightPx();
            boolean instant = nowNs - seenNs <= INSTANT_NS;
            double leans = Math.max(1, (double) (nowNs - seenNs) / LEAN_NS);
            double grown = Math.pow(GROWN, leans);
            double shrunk = Math.pow(SHRUNK, leans);
            return instant && (wider > grown && higher > grown || wider < shrunk && higher < shrunk);
        }
        return !isHere(next);
    }

    /** True when a face is about where the last one was, and as large. */
    boolean isHere(Box next) {
        double size = Math.sqrt(next.areaPx() / box.areaPx());
        double away = Math.hypot(next.centerXPx() - box.centerXPx(), next.centerYPx() - box.centerYPx());
        return size < LARGER && size > SMALLER && away < BESIDE_WIDTHS * box.widthPx();
    }

    void take(long nowNs, int nextTrackId, Box next) {
        seenNs = nowNs;
        trackId = nextTrackId;
        box.set(next);
    }

    void exchange(StateExchange state) {
        seenNs = state.of(seenNs);
        trackId = state.of(trackId);
        state.all(box);
    }
}
