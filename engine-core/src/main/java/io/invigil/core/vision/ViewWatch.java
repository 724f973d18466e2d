package io.invigil.core.vision;

/**
 * Tells how far the background of a picture stands from where it stood in a reference picture of the session, over shifts of
 * up to 30 % of the picture, at once or creeping. Works on the small grey copy reduced to cells, exposure taken out, with what
 * differs much (the candidate moves) counting no more than so much; the lower middle, where the candidate sits, counts little.
 *
 * <p>A reference holds until the background has come to rest elsewhere, or is not found any more: then a new view begins. It
 * is renewed while nothing has moved, so that daylight may change. For one thread at a time.
 */
final class ViewWatch {
    /** Cells across the longer side of the picture. */
    static final int LONG_CELLS = 40;
    /** The background is looked for once in this time. */
    static final long INTERVAL_NS = 400_000_000L;
    /** A background that has stood elsewhere for this long has come to rest there. */
    static final long SETTLED_NS = 2_000_000_000L;
    /** One that has not been found for this long is another one. */
    static final long LOST_NS = 5_000_000_000L;
    /** From one look to the next no more than this counts as lost: longer gaps leave open what there was to be seen in them. */
    static final long MOST_LOST_NS = 2_000_000_000L;
    /** From this share of the picture's longer side on (some 3 degrees) the camera was moved. */
    static final double MOVED_SHARE = 0.04;

    private static final long RENEW_NS = 10_000_000_000L;
    private static final double REACH = 0.3;
    private static final double STEADY_SHARE = 0.02;
    private static final double RENEW_SHARE = 0.01;
    private static final double MIDDLE_WEIGHT = 0.15;
    /** In units of the picture's own contrast. */
    private static final double MOST_DIFFERENCE = 1.0;

    /** A mean difference up to here is the same background, moved. */
    private static final double FOUND = 0.42;
    /** And unmoved: people who came or went and a change of light explain this much; other pictures differ by 0.7 or so. */
    private static final double STILL_FOUND = 0.58;
    /** A shift must explain the difference this much better than none. */
    private static final double GAIN = 0.65;

    private static final double LEAST_CONTRAST = 6;
    /** Far more than sums in another order can differ by. */
    private static final double ROUNDING = 1e-6;

    private float[] now = new float[0];
    private float[] weight = new float[0];
    private int columns;
    private int rows;
    private int middleLeft;
    private int middleRight;
    private int middleTop;
    private final CellSums nowSums = new CellSums();
    private final CellSums referenceSums = new CellSums();
    private double bestX;
    private double bestY;

    /** Compares a picture with the session's reference; the results are in the memory. */
    void look(byte[] grey, int width, int height, long nowNs, boolean usable, ViewMemory memory) {
        if (memory.lastLookNs != ViewMemory.NEVER && nowNs - memory.lastLookNs < INTERVAL_NS) {
            return;
        }
        long sinceNs = memory.lastLookNs == ViewMemory.NEVER || memory.blind
                ? 0
                : Math.min(MOST_LOST_NS, nowNs - memory.lastLookNs);
        memory.lastLookNs = nowNs;
        memory.blind = !usable || !reduce(grey, width, height);
        if (memory.blind) {
            return;
        }
        if (memory.reference.length != now.length || memory.columns != columns) {
            begin(nowNs, memory.reference.length > 0, memory);
            return;
        }
        if (!find(memory.reference)) {
            memory.settledSinceNs = ViewMemory.NEVER;
            memory.lostNs = memory.lost ? memory.lostNs + sinceNs : 0;
            memory.lost = true;
            if (memory.lostNs >= LOST_NS) {
                begin(nowNs, true, memory);
            }
            return;
        }
        memory.lost = false;
        double x = bestX / columns;
        double y = bestY / rows;
        boolean steady = Math.abs(x - memory.shiftX) <= STEADY_SHARE && Math.abs(y - memory.shiftY) <= STEADY_SHARE;
        memory.shiftX = x;
        memory.shiftY = y;
        if (Math.max(Math.abs(x), Math.abs(y)) < MOVED_SHARE) {
            memory.settledSinceNs = ViewMemory.NEVER;
            boolean unmoved = Math.max(Math.abs(x), Math.abs(y)) < RENEW_SHARE;
            if (unmoved && nowNs - memory.referenceNs >= RENEW_NS) {
                keep(nowNs, memory);
            }
        } else if (!steady || memory.settledSinceNs == ViewMemory.NEVER) {
            memory.settledSinceNs = nowNs;
        } else if (nowNs - memory.settledSinceNs >= SETTLED_NS) {
            begin(nowNs, true, memory);
        }
    }

    private void begin(long nowNs, boolean another, ViewMemory memory) {
        memory.number += another ? 1 : 0;
        memory.shiftX = 0;
        memory.shiftY = 0;
        memory.settledSinceNs = ViewMemory.NEVER;
        memory.lost = false;
        keep(nowNs, memory);
    }

    private void keep(long nowNs, ViewMemory memory) {
        if (memory.reference.length != now.length) {
            memory.reference = new float[now.length];
        }
        System.arraycopy(now, 0, memory.reference, 0, now.length);
        memory.columns = columns;
        memory.referenceNs = nowNs;
    }

    /** Reduces the picture to cells, less their mean and in units of their contrast; false when it has no structure. */
    private boolean reduce(byte[] grey, int width, int height) {
        int cell = Math.max(1, (Math.max(width, height) + LONG_CELLS - 1) / LONG_CELLS);
        columns = width / cell;
        rows = height / cell;
        int count = columns * rows;
        if (columns < 8 || rows < 8) {
            return false;
        }
        if (now.length != count) {
            now = new float[count];
            weight = new float[count];
        }
        middleTop = firstAbove(0.12 * rows);
        middleLeft = firstAbove(0.25 * columns);
        middleRight = (int) Math.ceil(0.75 * columns);
        double sum = 0;
        double squares = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int total = 0;
                for (int y = r * cell; y < (r + 1) * cell; y++) {
                    for (int x = c * cell; x < (c + 1) * cell; x++) {
                        total += grey[y * width + x] & 0xFF;
                    }
                }
                double value = (double) total / (cell * cell);
                now[r * columns + c] = (float) value;
                boolean middle = r >= middleTop && c >= middleLeft && c < middleRight;
                weight[r * columns + c] = (float) (middle ? MIDDLE_WEIGHT : 1);
                sum += value;
                squares += value * value;
            }
        }
        double mean = sum / count;
        double contrast = Math.sqrt(Math.max(0, squares / count - mean * mean));
        if (contrast < LEAST_CONTRAST) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            now[i] = (float) ((now[i] - mean) / contrast);
        }
        return true;
    }

    private static int firstAbove(double bound) {
        return (int) Math.floor(bound) + 1;
    }

    /** Looks for the shift that explains the picture best; false when none does. */
    private boolean find(float[] reference) {
        double still = difference(reference, 0, 0);
        // Only a shift that explains this much counts, so the rest need not be worked out to the end.
        double worthwhile = Math.min(FOUND, GAIN * still);
        nowSums.of(now, columns, rows);
        referenceSums.of(reference, columns, rows);
        int reachX = (int) (REACH * columns);
        int reachY = (int) (REACH * rows);
        double best = still;
        int dx = 0;
        int dy = 0;
        for (int y = -reachY; y <= reachY; y++) {
            for (int x = -reachX; x <= reachX; x++) {
                if (exceeds(reference, x, y, Math.min(best, worthwhile))) {
                    continue;
                }
                double e = difference(reference, x, y);
                if (e < best) {
                    best = e;
                    dx = x;
                    dy = y;
                }
            }
        }
        if (best > FOUND || best > GAIN * still) {
            // No shift explains the picture much better than none: it stands where it stood, unless it is another one.
            dx = 0;
            dy = 0;
            best = still;
            if (still > STILL_FOUND) {
                return false;
            }
        }
        bestX = dx + bend(reference, dx, dy, 1, 0, best);
        bestY = dy + bend(reference, dx, dy, 0, 1, best);
        return true;
    }

    /**
     * Whether {@link #difference} is certainly above a limit. Adds up row by row and stops as soon as that is so, which for
     * most shifts is after a few rows. Never true for a difference at or below the limit.
     */
    private boolean exceeds(float[] reference, int dx, int dy, double limit) {
        int fromX = Math.max(0, dx);
        int toX = Math.min(columns, columns + dx);
        int fromY = Math.max(0, dy);
        int toY = Math.min(rows, rows + dy);
        int middleFromX = Math.max(fromX, middleLeft);
        int middleToX = Math.min(toX, middleRight);
        int middleFromY = Math.max(fromY, middleTop);
        double cells = (double) (toX - fromX) * (toY - fromY);
        double weights = cells;
        double sum =
                nowSums.over(fromX, fromY, toX, toY) - referenceSums.over(fromX - dx, fromY - dy, toX - dx, toY - dy);
        if (middleFromX < middleToX && middleFromY < toY) {
            double lighter = 1 - (double) (float) MIDDLE_WEIGHT;
            weights -= lighter * (middleToX - middleFromX) * (toY - middleFromY);
            sum -= lighter
                    * (nowSums.over(middleFromX, middleFromY, middleToX, toY)
                            - referenceSums.over(middleFromX - dx, middleFromY - dy, middleToX - dx, toY - dy));
        }
        double offset = sum / weights;
        double most = (limit + ROUNDING) * weights * Math.sqrt(cells / now.length);
        double total = 0;
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                int i = y * columns + x;
                double d = Math.abs(now[i] - reference[i - dy * columns - dx] - offset);
                total += weight[i] * Math.min(MOST_DIFFERENCE, d);
            }
            if (total > most) {
                return true;
            }
        }
        return false;
    }

    /** Where between the neighbours the least difference lies, -0.5 to 0.5. */
    private double bend(float[] reference, int dx, int dy, int stepX, int stepY, double middle) {
        double before = difference(reference, dx - stepX, dy - stepY);
        double after = difference(reference, dx + stepX, dy + stepY);
        double bend = before - 2 * middle + after;
        return bend <= 1e-6 ? 0 : Math.max(-0.5, Math.min(0.5, 0.5 * (before - after) / bend));
    }

    /** Weighted mean difference where the pictures overlap when the reference is moved. */
    private double difference(float[] reference, int dx, int dy) {
        int fromX = Math.max(0, dx);
        int toX = Math.min(columns, columns + dx);
        int fromY = Math.max(0, dy);
        int toY = Math.min(rows, rows + dy);
        double offset = meanOffset(reference, dx, dy, fromX, toX, fromY, toY);
        double sum = 0;
        double weights = 0;
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                int i = y * columns + x;
                double d = Math.abs(now[i] - reference[i - dy * columns - dx] - offset);
                sum += weight[i] * Math.min(MOST_DIFFERENCE, d);
                weights += weight[i];
            }
        }
        // Small overlaps fit by chance.
        double overlap = (double) (toX - fromX) * (toY - fromY) / now.length;
        return sum / weights / Math.sqrt(overlap);
    }

    private double meanOffset(float[] reference, int dx, int dy, int fromX, int toX, int fromY, int toY) {
        double sum = 0;
        double weights = 0;
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                int i = y * columns + x;
                sum += weight[i] * (now[i] - reference[i - dy * columns - dx]);
                weights += weight[i];
            }
        }
        return sum / weights;
    }
}
