package io.invigil.core.rules;

import io.invigil.api.SceneMotion;
import io.invigil.core.sight.Box;
import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.MotionSight;
import io.invigil.core.sight.Sight;
import java.util.Arrays;
import java.util.List;

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
    private final Box area = new Box();

    /** Leaves out what lies within so many widths of the candidate's face to either side. */
    OwnMotion(double reachWidths) {
        this.reachWidths = reachWidths;
    }

    /** Takes a frame. */
    void take(Sight seen) {
        MotionSight motion = seen.quality().motion();
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

    private void cover(Sight seen) {
        if (seen.faces().isEmpty()) {
            return;
        }
        Box face = seen.faces().get(0).box();
        area.set(
                face.centerXPx() - reachWidths * face.widthPx(),
                face.topPx() - HAIR_HEIGHTS * face.heightPx(),
                2 * reachWidths * face.widthPx(),
                seen.heightPx());
        cover(area, seen);
        List<DetectionSight> persons = seen.presence().persons();
        for (int i = 0; i < persons.size() && reachWidths == BODY_WIDTHS; i++) {
            if (face.shareInside(persons.get(i).box()) > 0.7) {
                area.set(persons.get(i).box());
                cover(area, seen);
            }
        }
    }

    private void cover(Box box, Sight seen) {
        for (int i = 0; i < CELLS; i++) {
            covered[i] = Math.max(covered[i], isIn(box, i, seen) ? 1 : 0);
        }
    }

    /** How much of a box that the candidate does not cover moved by at least so many steps, 0 to 1. */
    double share(Box box, int steps, Sight seen) {
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
    boolean movesByItself(Box box, int steps, double least, Sight seen) {
        double share = share(box, steps, seen);
        return share >= least && share > REST_FACTOR * shareOutside(box, steps, seen);
    }

    /** How much of what lies outside a box, and the candidate does not cover, moved by at least so many steps, 0 to 1. */
    double shareOutside(Box box, int steps, Sight seen) {
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
        Arrays.fill(most, 0);
        Arrays.fill(covered, 0);
        fresh = false;
    }

    private static boolean isIn(Box box, int cell, Sight seen) {
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
