package io.invigil.core.rules;

import io.invigil.api.SessionEvent;
import io.invigil.core.sight.MotionSight;
import java.util.List;
import java.util.Locale;

/**
 * Follows whether the camera still stands as it did, by the background. A camera that is being moved says nothing about where
 * the candidate looks; one that has come to rest elsewhere makes the neutral void. Somebody who turns the head, or walks, moves
 * no background. Before a wall without any structure a move is not seen; head poses are measured against the line to the
 * camera, so that a turn of it alone hardly changes them.
 */
final class CameraWatch {
    /** From this shift of the background on the camera moves; some 3 degrees. */
    static final double MOVING_SHARE = 0.04;
    /** Further moves within this time are not told of again. */
    static final long TELL_AGAIN_NS = 10_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    /** What one frame says. */
    enum Move {
        /** The camera stands still, or nothing is known. */
        NONE,
        /** It stands elsewhere than before, and may still be moving. */
        MOVING,
        /** It has come to rest elsewhere. */
        MOVED,
        /** The background is another, for whatever reason. */
        ANOTHER_SCENE
    }

    boolean started;
    int view;
    double shiftX;
    double shiftY;
    long movingSinceNs = NEVER;
    long toldNs = NEVER;

    /** Judges a frame. */
    Move judge(long nowNs, MotionSight motion) {
        if (!started || motion.view() < view) {
            // Views are numbered upwards: a lower number is of pictures that are compared afresh, after a resume.
            started = true;
            view = motion.view();
            movingSinceNs = NEVER;
        }
        if (motion.view() != view) {
            view = motion.view();
            return movingSinceNs == NEVER ? Move.ANOTHER_SCENE : Move.MOVED;
        }
        if (Math.max(Math.abs(motion.shiftX()), Math.abs(motion.shiftY())) < MOVING_SHARE) {
            movingSinceNs = NEVER;
            return Move.NONE;
        }
        movingSinceNs = movingSinceNs == NEVER ? nowNs : movingSinceNs;
        shiftX = motion.shiftX();
        shiftY = motion.shiftY();
        return Move.MOVING;
    }

    /** Tells that the camera was moved, unless that was told a moment ago. */
    void tell(long nowNs, Move move, List<SessionEvent> events) {
        long sinceNs = movingSinceNs == NEVER ? nowNs : movingSinceNs;
        movingSinceNs = NEVER;
        if (toldNs != NEVER && nowNs - toldNs < TELL_AGAIN_NS) {
            return;
        }
        toldNs = nowNs;
        String words = move == Move.MOVED
                ? String.format(
                        Locale.ROOT,
                        "The camera was moved: the background moved by %.0f %% of the picture sideways and %.0f %% up or down",
                        100 * Math.abs(shiftX),
                        100 * Math.abs(shiftY))
                : "The camera shows another background and the candidate elsewhere";
        events.add(new SessionEvent(SessionEvent.Kind.CAMERA_MOVED, sinceNs, nowNs, words));
    }

    void exchange(StateExchange state) {
        started = state.of(started);
        view = state.of(view);
        shiftX = state.of(shiftX);
        shiftY = state.of(shiftY);
        movingSinceNs = state.of(movingSinceNs);
        toldNs = state.of(toldNs);
    }
}
