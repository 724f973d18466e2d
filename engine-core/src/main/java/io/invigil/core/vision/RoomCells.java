package io.invigil.core.vision;

import java.util.Arrays;

/**
 * The cells of four pixels that a small grey copy is cut into, each told by mean and standard deviation, so that sensor noise and
 * the folds of a coder do not count; and what each looks like as part of the room. A cell belongs to the room while it has looked
 * the same for some seconds and the candidate was nowhere near it lately. Another look of a cell takes its place only after it has
 * been seen beside a face for longer than anything takes to be moved before one; until then a cell that changed with the candidate
 * near it is not known. For one thread at a time.
 */
final class RoomCells {
    static final int CELL_PX = 4;

    private static final int CELL_PIXELS = CELL_PX * CELL_PX;
    /** A cell that has looked the same for this long belongs to the room. */
    private static final int KNOWN_MS = 2000;
    /** A board or a sheet that is moved in slowly takes less; what is seen beside a face for longer is the room. */
    private static final int RENEW_MS = 20_000;

    /** Where the candidate was in this time may be hair or a shoulder. */
    private static final int LATELY_MS = 10_000;

    private static final int NEVER_MS = -1;
    /** Daylight changes slowly. */
    private static final float ADAPT = 0.1f;

    /** How far the level and the roughness of a cell vary by themselves, in grey levels and as a share of the roughness. */
    private static final float LEVEL_TOLERANCE = 12;

    private static final float LEVEL_SHARE = 0.15f;
    private static final float ROUGH_TOLERANCE = 4;
    private static final float ROUGH_SHARE = 0.35f;

    /** Gains are told to an eighth of a factor of two; a camera's own gain changes by no more than so many. */
    private static final int GAIN_STEPS = 8;

    private static final int MOST_GAIN = 2 * GAIN_STEPS;

    int columns;
    int rows;

    /** What each cell looks like when nothing hides it. */
    private float[] level = new float[0];

    private float[] rough = new float[0];
    /** How long it has been seen to look so, how long it has not, and when the candidate was last there. */
    private short[] knownMs = new short[0];

    private short[] missedMs = new short[0];
    private int[] personMs = new int[0];

    /** Of the picture looked at last; in its memory, and its next user's afterwards. */
    private float[] levelNow = new float[0];

    private float[] roughNow = new float[0];
    private final int[] gains = new int[2 * MOST_GAIN + 1];

    /**
     * Works out the cells of a picture.
     *
     * @param asidePx how far the room stands to the right of where it was learnt, in pixels of the small copy
     * @param downPx how far down
     * @return true when the picture has not the size of the one before, and nothing is known of its room
     */
    boolean look(DecodedImage image, int asidePx, int downPx) {
        byte[] grey = image.smallGrey();
        int width = image.smallWidth();
        int height = image.smallHeight();
        boolean another = width / CELL_PX != columns || height / CELL_PX != rows;
        if (another) {
            resize(width / CELL_PX, height / CELL_PX);
        }
        levelNow = image.cellLevels(columns * rows);
        roughNow = image.cellRoughness(columns * rows);
        for (int row = 0; row < rows; row++) {
            int top = Math.max(0, Math.min(height - CELL_PX, row * CELL_PX + downPx));
            for (int column = 0; column < columns; column++) {
                int left = Math.max(0, Math.min(width - CELL_PX, column * CELL_PX + asidePx));
                int sum = 0;
                int squares = 0;
                for (int y = top; y < top + CELL_PX; y++) {
                    for (int i = y * width + left; i < y * width + left + CELL_PX; i++) {
                        int value = grey[i] & 0xFF;
                        sum += value;
                        squares += value * value;
                    }
                }
                int cell = row * columns + column;
                float mean = (float) sum / CELL_PIXELS;
                levelNow[cell] = mean;
                roughNow[cell] = (float) Math.sqrt(Math.max(0, (float) squares / CELL_PIXELS - mean * mean));
            }
        }
        return another;
    }

    private void resize(int toColumns, int toRows) {
        columns = toColumns;
        rows = toRows;
        int cells = columns * rows;
        level = new float[cells];
        rough = new float[cells];
        knownMs = new short[cells];
        missedMs = new short[cells];
        personMs = new int[cells];
    }

    /** Takes the picture looked at last for all that is known. */
    void begin() {
        System.arraycopy(levelNow, 0, level, 0, level.length);
        System.arraycopy(roughNow, 0, rough, 0, rough.length);
        Arrays.fill(knownMs, (short) 0);
        Arrays.fill(missedMs, (short) 0);
        Arrays.fill(personMs, NEVER_MS);
    }

    /**
     * Learns from the picture looked at last.
     *
     * @param nowMs since the beginning; it may have gone over
     * @param stepMs since the picture learnt from before
     */
    void learn(FacePlace face, int nowMs, int stepMs) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int cell = row * columns + column;
                if (face.isCandidates(column, row)) {
                    personMs[cell] = nowMs;
                } else if (nowMs - personMs[cell] > LATELY_MS) {
                    personMs[cell] = NEVER_MS; // Soon: after 24 days the difference would be below zero.
                }
                if (looksSame(cell, 1)) {
                    level[cell] += ADAPT * (levelNow[cell] - level[cell]);
                    rough[cell] += ADAPT * (roughNow[cell] - rough[cell]);
                    knownMs[cell] = (short) Math.min(KNOWN_MS, knownMs[cell] + stepMs);
                    missedMs[cell] = 0;
                } else {
                    if (personMs[cell] != NEVER_MS) {
                        knownMs[cell] = 0; // What it looked like was the candidate, who has moved aside.
                    }
                    missedMs[cell] = (short) Math.min(Short.MAX_VALUE, missedMs[cell] + stepMs);
                    if (missedMs[cell] > RENEW_MS) {
                        level[cell] = levelNow[cell];
                        rough[cell] = roughNow[cell];
                        knownMs[cell] = 0;
                        missedMs[cell] = 0;
                    }
                }
            }
        }
    }

    /** Whether a cell is known to be part of the room. */
    boolean isRoom(int cell, int nowMs) {
        return knownMs[cell] >= KNOWN_MS && (personMs[cell] == NEVER_MS || nowMs - personMs[cell] > LATELY_MS);
    }

    /** Whether a cell looks as it was learnt, at a gain of the camera. */
    boolean looksSame(int cell, float gain) {
        float expectedRough = rough[cell] * gain;
        return Math.abs(levelNow[cell] - level[cell] * gain)
                        <= LEVEL_TOLERANCE + LEVEL_SHARE * Math.min(expectedRough, roughNow[cell])
                && Math.abs(roughNow[cell] - expectedRough)
                        <= ROUGH_TOLERANCE + ROUGH_SHARE * Math.max(expectedRough, roughNow[cell]);
    }

    /** By how much the light of the room, or its exposure, has changed: the median over its cells. */
    float medianGain(int nowMs) {
        Arrays.fill(gains, 0);
        int cells = 0;
        for (int cell = 0; cell < level.length; cell++) {
            if (isRoom(cell, nowMs)) {
                double octaves = Math.log((levelNow[cell] + 1) / (level[cell] + 1)) / Math.log(2);
                int step = (int) Math.round(octaves * GAIN_STEPS);
                gains[MOST_GAIN + Math.max(-MOST_GAIN, Math.min(MOST_GAIN, step))]++;
                cells++;
            }
        }
        int below = 0;
        int step = 0;
        while (step < gains.length - 1 && 2 * (below + gains[step]) < cells) {
            below += gains[step++];
        }
        return (float) Math.pow(2, (double) (step - MOST_GAIN) / GAIN_STEPS);
    }
}
