package io.invigil.core.rules;

import io.invigil.api.BoundingBox;
import io.invigil.api.FaceObservation;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.SceneMotion;

/**
 * Which parts of the picture moved by themselves since the bodies were last looked for. What the candidate covers, and may move
 * in front of something else, does not count.
 */
final class OwnMotion {
    private static final int CELLS = SceneMotion.GRID * SceneMotion.GRID;
    /** Shoulders and arms reach this many widths of the face to either side, and hair this many heights above it. */
    static final double BODY_WIDTHS = 1.7;
    /** The face alone, for telling what other faces do, which may be close. */
    static final double FACE_WIDTHS = 0.7;

    private static final double HAIR_HEIGHTS = 0.5;
    private static final double REST_FACTOR = 2;

    final long[] most = new long[CELLS];
    final long[] covered = new long[CELLS];
    /** The session's observations say what moved, if not on every frame. */
    boolean known;
    /** Some frame since the last look did. */
    boolean fresh;

    private final double reachWidths;

    /** Leaves out what lies within so many widths of the candidate's face to either side. */
    OwnMotion(double reachWidths) {
        this.reachWidths = reachWidths;
    }

    /** Takes a frame. */
    void take(Observation seen) {
        SceneMotion motion = seen.quality().motion();
        cover(seen);
        known |= motion.view() > 0 || motion.hasCells();
        if (!motion.hasCells()) {
            return;
        }
        fresh = true;
        for (int row = 0; row < SceneMotion.GRID; row++) {
            for (int column = 0; column < SceneMotion.GRID; column++) {
                int i = row * SceneMotion.GRID + column;
                most[i] = Math.max(most[i], motion.cell(column, row));
            }
        }
    }

    private void cover(Observation seen) {
        if (seen.faces().isEmpty()) {
            return;
        }
        FaceObservation candidate = seen.faces().get(0);
        BoundingBox face = candidate.box();
        cover(
                new BoundingBox(
                        face.centerXPx() - reachWidths * face.widthPx(),
                        face.topPx() - HAIR_HEIGHTS * face.heightPx(),
                        2 * reachWidths * face.widthPx(),
                        seen.heightPx()),
                seen);
        for (ObjectDetection person : seen.presence().persons()) {
            if (reachWidths == BODY_WIDTHS && face.shareInside(person.box()) > 0.7) {
                cover(person.box(), seen);
            }
        }
    }

    private void cover(BoundingBox box, Observation seen) {
        for (int i = 0; i < CELLS; i++) {
            covered[i] = Math.max(covered[i], isIn(box, i, seen) ? 1 : 0);
        }
    }

    /** How much of a box that the candidate does not cover moved by at least so many steps, 0 to 1. */
    double share(BoundingBox box, int steps, Observation seen) {
        int inside = 0;
        int moving = 0;
        for (int i = 0; i < CELLS; i++) {
            if (covered[i] == 0 && isIn(box, i, seen)) {
                inside++;
                moving += most[i] >= steps ? 1 : 0;
            }
        }
        return inside == 0 ? 0 : (double) moving / inside;
    }

    /** Whether so much of a box moves, and clearly more than of the rest: a camera that trembles moves all of it. */
    boolean movesByItself(BoundingBox box, int steps, double least, Observation seen) {
        double share = share(box, steps, seen);
        return share >= least && share > REST_FACTOR * shareOutside(box, steps, seen);
    }

    /** How much of what lies outside a box, and the candidate does not cover, moved by at least so many steps, 0 to 1. */
    double shareOutside(BoundingBox box, int steps, Observation seen) {
        int outside = 0;
        int moving = 0;
        for (int i = 0; i < CELLS; i++) {
            if (covered[i] == 0 && !isIn(box, i, seen)) {
                outside++;
                moving += most[i] >= steps ? 1 : 0;
            }
        }
        return outside == 0 ? 0 : (double) moving / outside;
    }

    /** Starts counting anew, after a look. */
    void reset() {
        java.util.Arrays.fill(most, 0);
        java.util.Arrays.fill(covered, 0);
        fresh = false;
    }

    private static boolean isIn(BoundingBox box, int cell, Observation seen) {
        double x = (cell % SceneMotion.GRID + 0.5) * seen.widthPx() / SceneMotion.GRID;
        double y = (cell / SceneMotion.GRID + 0.5) * seen.heightPx() / SceneMotion.GRID;
        return x > box.leftPx() && x < box.rightPx() && y > box.topPx() && y < box.bottomPx();
    }

    void exchange(StateExchange state) {
        state.all(most);
        state.all(covered);
        known = state.of(known);
        fresh = state.of(fresh);
    }
}
