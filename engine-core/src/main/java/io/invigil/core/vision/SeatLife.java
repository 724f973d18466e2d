package io.invigil.core.vision;

import io.invigil.api.SceneMotion;
import io.invigil.core.sight.MotionSight;

/**
 * Whether something moves by itself where the candidate was last seen. Whoever sits there behind a hand, a sheet or too close
 * to the lens is never quite still; what an empty chair shows is the noise of the sensor. One to a session, for one thread at a
 * time.
 */
final class SeatLife {
    /** Shoulders and arms reach this many widths of the face to either side of its middle. */
    private static final double REACH_WIDTHS = 1.6;

    private static final double HAIR_HEIGHTS = 0.4;
    /** Nobody sits still for so long, as far as the grid of changes shows. */
    private static final long STILL_NS = 1_000_000_000L;

    /** More of the picture outside the seat than this moves only with the camera. */
    private static final double MOVING_REST = 0.3;

    private double leftPx;
    private double rightPx;
    private double topPx;
    private boolean vanished;
    private long stirredNs = AnswerMemory.NEVER;
    private long swungNs = AnswerMemory.NEVER;

    /** The candidate's face is in the picture. */
    void seen(FacesInFrame.Slot candidate) {
        double middlePx = candidate.leftPx + candidate.widthPx / 2;
        leftPx = middlePx - REACH_WIDTHS * candidate.widthPx;
        rightPx = middlePx + REACH_WIDTHS * candidate.widthPx;
        topPx = candidate.topPx - HAIR_HEIGHTS * candidate.heightPx;
        vanished = false;
        stirredNs = AnswerMemory.NEVER;
    }

    /** The pictures are so many times as large from now on. */
    void scale(double x, double y) {
        leftPx *= x;
        rightPx *= x;
        topPx *= y;
    }

    /** It is not; what changed on the frame it vanished on is its going, be it out of the picture or behind something. */
    void unseen(MotionSight motion, int widthPx, int heightPx, long nowNs) {
        if (!motion.hasCells()) {
            swungNs = nowNs;
        } else if (vanished && stirs(motion, widthPx, heightPx)) {
            stirredNs = nowNs;
        }
        vanished = true;
    }

    /** Whether the seat has moved lately. */
    boolean isAlive(long nowNs) {
        return stirredNs != AnswerMemory.NEVER && nowNs - stirredNs < STILL_NS;
    }

    /** Whether the seat, or all of the picture, has moved lately. */
    boolean isRestless(long nowNs) {
        return isAlive(nowNs) || swungNs != AnswerMemory.NEVER && nowNs - swungNs < STILL_NS;
    }

    /** Whether part of the seat changes, and little of the rest: a camera that is moved changes all of it. */
    private boolean stirs(MotionSight motion, int widthPx, int heightPx) {
        int inSeat = 0;
        int seatMoves = 0;
        int restMoves = 0;
        for (int row = 0; row < SceneMotion.GRID; row++) {
            double y = (row + 0.5) * heightPx / SceneMotion.GRID;
            for (int column = 0; column < SceneMotion.GRID; column++) {
                double x = (column + 0.5) * widthPx / SceneMotion.GRID;
                boolean seat = y > topPx && x > leftPx && x < rightPx;
                int moves = motion.cell(column, row) > 0 ? 1 : 0;
                inSeat += seat ? 1 : 0;
                seatMoves += seat ? moves : 0;
                restMoves += seat ? 0 : moves;
            }
        }
        return seatMoves > 0 && restMoves <= MOVING_REST * (SceneMotion.GRID * SceneMotion.GRID - inSeat);
    }
}
