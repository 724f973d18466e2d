package io.invigil.core.vision;

import io.invigil.core.sight.KeptPresence;

/** What earlier frames say about an answer on this one; touched by the observe step only. */
final class AnswerMemory {
    static final long NEVER = Long.MIN_VALUE;

    long faceSeenNs = NEVER;
    /** The larger share of the picture's width or height that the last seen candidate took up. */
    double lastHeightShare;

    /** When a near face was seen last, cuts or not, and the most contrast that a picture with one had lately, below zero. */
    long nearSeenNs = NEVER;

    final RecentLeast lessNearContrast = new RecentLeast(0);

    /** Size and view of the picture in which a face was last seen. */
    int widthPx;

    int heightPx;
    int view;

    /** The least share of the picture that showed nothing while a face was seen in this view lately. */
    final RecentLeast leastFlatShare = new RecentLeast(1);

    /** The middle of the last seen candidate's face. */
    double lastXPx;

    double lastYPx;
    /** Where it was shortly before. */
    final FaceTrail trail = new FaceTrail();

    /** When all of the candidate's face was last well inside the picture. */
    long insideNs = NEVER;
    /** When the candidate last looked ahead, as far as is known. */
    long aheadNs = NEVER;

    /** The last seen candidate sat still and looked ahead: such a face cannot leave within a frame, only be covered. */
    boolean lastSettled;

    /** When a body was last seen around the candidate's face. */
    long bodySeenNs = NEVER;

    /** What moves where the last seen candidate sat. */
    final SeatLife seat = new SeatLife();

    /** Where the candidate's face came to rest, and since when it has been seen there all the time. */
    double restXPx;

    double restYPx;
    long restSinceNs = NEVER;

    /** The room around the candidate. */
    final Surroundings surroundings = new Surroundings();

    long unchangedSinceNs = NEVER;

    /** What a listener was last given of bodies and objects. */
    final KeptPresence keptPresence = new KeptPresence();

    /** The stream goes on in another size: what is remembered in pixels goes with it. */
    void scale(double x, double y) {
        lastXPx *= x;
        lastYPx *= y;
        restXPx *= x;
        restYPx *= y;
        trail.scale(x, y);
        seat.scale(x, y);
    }
}
