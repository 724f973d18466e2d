package io.invigil.core.rules;

import io.invigil.api.SceneMotion;
import io.invigil.core.sight.Box;
import io.invigil.core.sight.MotionSight;
import io.invigil.core.sight.Sight;

/**
 * Which parts of the picture changed on each frame since bodies and objects were last looked for. Looks are half a second apart and
 * more: that a thing came or went is known from two looks, when it did from what changed at its place between them.
 *
 * <p>A thing has come when its movement is over, since from then on the picture shows at its place what the look found; it goes
 * when its movement begins. The movement is the frame on which its place changed most, and those in a row with it on which it
 * changed by half of that or more. Where the place hardly changed, or the camera moved, nothing is known.
 */
final class ChangeTrail {
    /** Frames kept apart; with more of them between two looks, neighbours are taken together. */
    static final int MOST_FRAMES = 32;

    private static final int GRID = SceneMotion.GRID;
    private static final int BITS = 4;
    private static final int CELLS_A_LONG = Long.SIZE / BITS;
    private static final int LONGS_A_FRAME = GRID * GRID / CELLS_A_LONG;
    private static final long NEVER = Long.MIN_VALUE;

    /**
     * What comes or goes changes all of its place, in most cells by more than they can tell: half of that at the mean. Less is
     * the noise of the sensor and the sway of whoever holds it.
     */
    private static final double LEAST_CHANGE = 4.5;

    private static final double MUCH = 0.5;

    /** When the frames were taken, and what changed up to each since the one before: a digit a cell. */
    final long[] timesNs = new long[MOST_FRAMES];

    final long[] cells = new long[MOST_FRAMES * LONGS_A_FRAME];
    int size;
    /** The frame before the first of them. */
    long beganNs = NEVER;
    /** What changed is known of every frame since. */
    boolean known;

    private final double[] changes = new double[MOST_FRAMES];

    /** Takes a frame. */
    void take(Sight seen) {
        MotionSight motion = seen.quality().motion();
        known &= motion.hasCells();
        if (!known) {
            return;
        }
        if (size == MOST_FRAMES) {
            pair();
        }
        timesNs[size] = seen.timestampNs();
        for (int i = 0; i < LONGS_A_FRAME; i++) {
            cells[size * LONGS_A_FRAME + i] = 0;
        }
        for (int row = 0; row < GRID; row++) {
            for (int column = 0; column < GRID; column++) {
                int cell = row * GRID + column;
                cells[size * LONGS_A_FRAME + cell / CELLS_A_LONG] |=
                        (long) motion.cell(column, row) << cell % CELLS_A_LONG * BITS;
            }
        }
        size++;
    }

    /** Begins anew after a frame that was looked at. */
    void begin(long lookedNs) {
        beganNs = lookedNs;
        known = true;
        size = 0;
    }

    /** Takes two neighbours together, all along, so that there is room for as many more. */
    private void pair() {
        size = MOST_FRAMES / 2;
        for (int frame = 0; frame < size; frame++) {
            timesNs[frame] = timesNs[2 * frame + 1];
            for (int i = 0; i < LONGS_A_FRAME; i++) {
                cells[frame * LONGS_A_FRAME + i] =
                        larger(cells[2 * frame * LONGS_A_FRAME + i], cells[(2 * frame + 1) * LONGS_A_FRAME + i]);
            }
        }
    }

    private static long larger(long one, long other) {
        long larger = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            larger |= Math.max(one >>> shift & 0xF, other >>> shift & 0xF) << shift;
        }
        return larger;
    }

    /**
     * When what a look found at a place came there.
     *
     * @param fromNs the look before, at which it was not there
     * @param toNs the look that found it
     * @return media time between the two, or {@link Finding#NOT_KNOWN}
     */
    long cameNs(Box place, Sight seen, long fromNs, long toNs) {
        int largest = largest(place, seen, fromNs, toNs);
        if (largest < 0) {
            return Finding.NOT_KNOWN;
        }
        int last = largest;
        while (last < size - 1 && changes[last + 1] >= MUCH * changes[largest]) {
            last++;
        }
        return before(last, toNs);
    }

    /**
     * When what a look found at a place left it.
     *
     * @param fromNs the look that found it
     * @param toNs the look after, at which it was gone
     * @return media time between the two, or {@link Finding#NOT_KNOWN}
     */
    long wentNs(Box place, Sight seen, long fromNs, long toNs) {
        int largest = largest(place, seen, fromNs, toNs);
        if (largest < 0) {
            return Finding.NOT_KNOWN;
        }
        int first = largest;
        while (first > 0 && changes[first - 1] >= MUCH * changes[largest]) {
            first--;
        }
        return before(first, toNs);
    }

    /** A change lies between its frame and the one before. */
    private long before(int frame, long toNs) {
        long previousNs = frame == 0 ? beganNs : timesNs[frame - 1];
        return Math.min(toNs, previousNs + (timesNs[frame] - previousNs) / 2);
    }

    /** The frame on which a place changed most; -1 where none stands out or not all of the time between the looks is known. */
    private int largest(Box place, Sight seen, long fromNs, long toNs) {
        if (!known || beganNs != fromNs || size == 0 || timesNs[size - 1] != toNs) {
            return -1;
        }
        int largest = -1;
        for (int frame = 0; frame < size; frame++) {
            changes[frame] = change(frame, place, seen);
            if (changes[frame] >= LEAST_CHANGE && (largest < 0 || changes[frame] > changes[largest])) {
                largest = frame;
            }
        }
        return largest;
    }

    /** Mean change of the cells a place lies in, each by its share of the place. */
    private double change(int frame, Box place, Sight seen) {
        double sum = 0;
        double area = 0;
        double cellWidthPx = (double) seen.widthPx() / GRID;
        double cellHeightPx = (double) seen.heightPx() / GRID;
        for (int row = 0; row < GRID; row++) {
            double heightPx = overlap(place.topPx(), place.bottomPx(), row * cellHeightPx, cellHeightPx);
            for (int column = 0; column < GRID && heightPx > 0; column++) {
                double widthPx = overlap(place.leftPx(), place.rightPx(), column * cellWidthPx, cellWidthPx);
                sum += widthPx * heightPx * cell(frame, row * GRID + column);
                area += widthPx * heightPx;
            }
        }
        return area > 0 ? sum / area : 0;
    }

    private long cell(int frame, int cell) {
        return cells[frame * LONGS_A_FRAME + cell / CELLS_A_LONG] >>> cell % CELLS_A_LONG * BITS & 0xF;
    }

    private static double overlap(double from, double to, double cellFrom, double length) {
        return Math.max(0, Math.min(to, cellFrom + length) - Math.max(from, cellFrom));
    }

    void exchange(StateExchange state) {
        beganNs = state.of(beganNs);
        known = state.of(known);
        size = state.count(size, MOST_FRAMES);
        for (int frame = 0; frame < size; frame++) {
            timesNs[frame] = state.of(timesNs[frame]);
            for (int i = 0; i < LONGS_A_FRAME; i++) {
                cells[frame * LONGS_A_FRAME + i] = state.of(cells[frame * LONGS_A_FRAME + i]);
            }
        }
    }
}
