package io.invigil.core.vision;

import io.invigil.api.Shedding;
import io.invigil.core.perception.Pressure;

/**
 * When one session's search for faces comes round: once an interval, four times less often in a picture at rest that is all
 * searched, and less often under load. From media time and the session's own frames while nothing is shed, so that replay
 * equals live. Holds no natives; for one thread at a time.
 */
final class SearchCadence {
    /** Intervals from search to search at rest. */
    private static final int INTERVALS_AT_REST = 4;

    /** No wait that is drawn under load is longer: the longest rest of an engine that sheds, and a rest more. */
    private static final int MOST_INTERVALS = INTERVALS_AT_REST * (Shedding.PERSONS.faceStretch() + 1);

    private final long plannedIntervalNs;

    /** How many times longer than planned a search waits, and how many frames at least. */
    private int stretch = 1;

    private int stretchBefore = 1;
    private boolean putsOff;
    private long lastSearchNs;
    private int framesSinceSearch;
    private int searchesAtRest;
    private long activeWaitNs;
    private long restWaitNs;

    /** A cadence of this interval, not negative; every frame when 0. */
    SearchCadence(long plannedIntervalNs) {
        this.plannedIntervalNs = plannedIntervalNs;
    }

    /** Sets how much is shed, and whether a search that is due waits for a calmer moment, up to twice as many frames as otherwise. */
    void press(Pressure pressure) {
        stretch = pressure.shedding().faceStretch();
        putsOff = pressure.putsOff() && stretch > 1; // Not before its turn to be shed.
    }

    /** Whether searches wait longer than planned. */
    boolean isStretched() {
        return stretch > 1;
    }

    /** Something called for a search, stirred outside the followed faces, or a followed face was in doubt. */
    void disturb() {
        searchesAtRest = 0;
    }

    /**
     * Counts a frame, and tells whether a search is due on it.
     *
     * @param gapNs how long ago the frame before was
     * @param searchesToRest undisturbed searches after which the picture is known
     */
    boolean due(DecodedImage image, long nowNs, long gapNs, int searchesToRest) {
        if (stretch != stretchBefore) {
            stretchBefore = stretch;
            drawAgain(image, nowNs, gapNs);
        }
        framesSinceSearch++;
        return nowNs - lastSearchNs >= (searchesAtRest > searchesToRest ? restWaitNs : activeWaitNs)
                && framesSinceSearch >= (putsOff ? 2 : 1) * stretch;
    }

    /** A search is made on this frame, due or called for; parameters as of {@link #due}. */
    void searched(DecodedImage image, long nowNs, long gapNs, int searchesToRest) {
        lastSearchNs = nowNs;
        framesSinceSearch = 0;
        searchesAtRest++;
        // Sessions that began together come to rest together: their first waits differ, or they would go on searching
        // at once.
        boolean first = searchesAtRest == searchesToRest + 1;
        restWaitNs = first ? drawnWaitNs(image, restNs(), gapNs) : restNs();
        activeWaitNs = activeNs();
    }

    /** Media time of the last search; 0 before the first. */
    long lastSearchNs() {
        return lastSearchNs;
    }

    private long activeNs() {
        return plannedIntervalNs * stretch;
    }

    private long restNs() {
        return INTERVALS_AT_REST * activeNs();
    }

    /** The stretch changes for all sessions at once; see {@link PresenceMemory} for why each draws where it begins. */
    private void drawAgain(DecodedImage image, long nowNs, long gapNs) {
        int draw = image.draw(stretch, DecodedImage.Draw.FACES);
        framesSinceSearch = Math.max(framesSinceSearch, stretch - 1 - draw);
        long passedNs = nowNs - lastSearchNs;
        long framesNs = stretch * gapNs;
        long mostNs = MOST_INTERVALS * plannedIntervalNs;
        activeWaitNs = Math.min(mostNs, passedNs + drawnWaitNs(image, Math.max(framesNs, activeNs()), gapNs));
        restWaitNs = Math.min(mostNs, passedNs + drawnWaitNs(image, Math.max(framesNs, restNs()), gapNs));
    }

    /** A wait of at most a period; the frame on which it ends is as likely as any other up to that on which the period ends. */
    static long drawnWaitNs(DecodedImage image, long periodNs, long gapNs) {
        double framesNs = gapNs <= 0 ? periodNs : Math.ceil(periodNs / (double) gapNs) * gapNs;
        return Math.min(periodNs, (long) (image.draw(DecodedImage.Draw.FACES) * framesNs));
    }
}
