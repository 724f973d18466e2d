package io.invigil.core.vision;

import java.util.Arrays;

/**
 * Where the candidate's face was a moment ago, to tell how far it goes in about a fifth of a second whatever the frame rate: from
 * one frame to the next of a fast stream nothing goes far. One to a session, for one thread at a time.
 */
final class FaceTrail {
    /** A fifth of a second, and a little less since frame times are rounded. */
    static final long LEAST_NS = 180_000_000L;
    /** What is farther back does not show how fast a face moves. */
    static final long MOST_NS = 450_000_000L;

    private static final long APART_NS = 30_000_000L;
    private static final int CAPACITY = (int) (MOST_NS / APART_NS) + 1;

    private final double[] xPx = new double[CAPACITY];
    private final double[] yPx = new double[CAPACITY];
    private final long[] timesNs = new long[CAPACITY];
    private int last;

    FaceTrail() {
        Arrays.fill(timesNs, AnswerMemory.NEVER);
    }

    /** Notes a place; one right after another is left out. */
    void add(double atXPx, double atYPx, long nowNs) {
        if (timesNs[last] != AnswerMemory.NEVER && nowNs - timesNs[last] < APART_NS) {
            return;
        }
        last = (last + 1) % CAPACITY;
        xPx[last] = atXPx;
        yPx[last] = atYPx;
        timesNs[last] = nowNs;
    }

    /** How far a place is from where the face was {@link #LEAST_NS} or a little more ago; infinite where that is not known. */
    double wayPx(double toXPx, double toYPx, long nowNs) {
        for (int back = 0; back < CAPACITY; back++) {
            int i = (last - back + CAPACITY) % CAPACITY;
            if (timesNs[i] == AnswerMemory.NEVER || nowNs - timesNs[i] > MOST_NS) {
                break;
            }
            if (nowNs - timesNs[i] >= LEAST_NS) {
                return Math.hypot(toXPx - xPx[i], toYPx - yPx[i]);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** The pictures are so many times as large from now on. */
    void scale(double x, double y) {
        for (int i = 0; i < CAPACITY; i++) {
            xPx[i] *= x;
            yPx[i] *= y;
        }
    }
}
