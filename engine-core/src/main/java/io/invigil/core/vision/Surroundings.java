package io.invigil.core.vision;

import io.invigil.api.ImageQuality;
import io.invigil.api.SceneMotion;
import java.util.Arrays;

/**
 * What the room around the candidate looks like, learnt while a face is seen, and how much of it is gone from a picture without
 * one. Whoever leaves bares more of the room; what comes before the lens, or before the face, hides what was to be seen beside
 * it.
 *
 * <p>The small grey copy is cut into cells of four pixels, each told by its mean and its standard deviation, so that sensor noise
 * and the folds of a coder do not count; the gain of the camera is taken out. A cell belongs to the room while it has looked the
 * same for some seconds and the candidate was nowhere near it lately. Another look of a cell takes its place only after it has
 * lasted longer than anything takes to be moved before a face. Where the camera was moved, nothing is claimed. One to a session,
 * for one thread at a time.
 */
final class Surroundings {
    private static final int CELL_PX = 4;
    private static final int CELL_PIXELS = CELL_PX * CELL_PX;

    /** Looks nearer to each other than this teach nothing. */
    private static final long LEARN_NS = 180_000_000L;
    /** A look counts for no more than this, however long ago the one before was. */
    private static final int MOST_STEP_MS = 1000;
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

    /** Where the candidate may be, in widths and heights of the face beyond its box. */
    private static final double HEAD_SIDE = 0.2;

    private static final double HAIR = 0.4;
    private static final double NECK = 1.2;
    private static final double SHOULDERS_FROM = 0.9;
    private static final double SHOULDERS_SIDE = 0.9;

    /** What counts as beside the face, likewise: not lower than the chin, where chairs are turned when somebody gets up. */
    private static final double BESIDE_SIDE = 0.75;

    private static final double BESIDE_ABOVE = 0.3;

    /** So much room hidden beside the face, as a share of the face's own area, is what hides the face too. */
    private static final double HIDDEN_AREA = 0.15;

    private static final double HIDDEN_SHARE = 0.12;
    /** Less will do where little of the room is to be seen beside a near face, and most of that is hidden. */
    private static final double HIDDEN_AREA_NEAR = 0.025;

    private static final double HIDDEN_SHARE_NEAR = 0.5;
    private static final int LEAST_BESIDE_CELLS = 12;

    /** A room of which this much is gone is behind something, or all of the picture is something else. */
    private static final double GONE_SHARE = 0.45;

    private static final double LEAST_ROOM = 0.1;
    /** So little differs for many reasons, and no change of the gain is needed to explain it. */
    private static final double FEW_SHARE = 0.02;

    /** A cut that takes more of the room away shows another room, of which some looks the same by chance. */
    private static final double ALL_GONE = 0.75;

    /** Gains tried are these steps of a factor of two apart; a camera's own gain changes by no more than so many. */
    private static final int GAIN_STEPS = 8;

    private static final int MOST_GAIN = 2 * GAIN_STEPS;

    private int columns;
    private int rows;
    /** What each cell looks like when nothing hides it: mean and standard deviation of its pixels. */
    private float[] level = new float[0];

    private float[] rough = new float[0];
    /** How long it has been seen to look so, how long it has not, and when the candidate was last there. */
    private int[] knownMs = new int[0];

    private int[] missedMs = new int[0];
    private int[] personMs = new int[0];

    private float[] levelNow = new float[0];
    private float[] roughNow = new float[0];
    private final int[] gains = new int[2 * MOST_GAIN + 1];

    private boolean begun;
    private long beginNs;
    private long learntNs;
    private int view;
    private boolean moved;
    /** The view is one that began where the room was not found: how far that one moves says nothing about the room. */
    private boolean lost;

    /** There was a cut since the room was last learnt. */
    private boolean cut;

    private boolean vanished;
    /** The face vanished with a cut. */
    private boolean lostByCut;

    /** The candidate's box on the last frame it was seen, in cells. */
    private double faceLeft;

    private double faceTop;
    private double faceWidth;
    private double faceHeight;

    /** How far the room stands from where it was learnt, in pixels of the small copy. */
    private int asidePx;

    private int downPx;

    private int roomCells;
    private int goneCells;
    private int besideCells;
    private int hiddenCells;

    /** The candidate's face is in the picture. */
    void seen(DecodedImage image, ImageQuality quality, FacesInFrame.Slot candidate, long nowNs) {
        SceneMotion motion = quality.motion();
        cut |= quality.sceneCut();
        lostByCut = false;
        vanished = false;
        if (begun && nowNs - learntNs < LEARN_NS) {
            place(image, candidate);
            return;
        }
        if (isMoved(motion)) {
            moved = true;
            return;
        }
        boolean viewed = motion.view() == view;
        lost |= !viewed;
        boolean another = reduce(image, motion);
        place(image, candidate);
        if (!begun || another || !viewed && moved) {
            begin(nowNs);
        } else if (cut || !viewed) {
            count(millis(learntNs));
            if (goneCells > ALL_GONE * roomCells) {
                begin(nowNs);
            }
            lost &= viewed || goneCells > (1 - ALL_GONE) * roomCells;
        }
        view = motion.view();
        moved = false;
        cut = false;
        learn(nowNs);
    }

    /** No face is in the picture; call it on every such frame, before anything is asked about it. */
    void unseen(ImageQuality quality) {
        SceneMotion motion = quality.motion();
        cut |= quality.sceneCut();
        lostByCut |= quality.sceneCut() && !vanished;
        vanished = true;
        if (motion.view() != view) {
            // A camera that was turned, and found where to, shows another part of the room. A room that was not
            // found may be behind something.
            begun &= !moved;
            view = motion.view();
            lost = true;
        }
        moved = isMoved(motion);
    }

    /** Compares a picture without a face with what was learnt; what was found is told until the next comparison. */
    void compare(DecodedImage image, SceneMotion motion) {
        roomCells = 0;
        goneCells = 0;
        besideCells = 0;
        hiddenCells = 0;
        if (begun && !isMoved(motion) && !reduce(image, motion)) {
            count(millis(learntNs));
        }
    }

    /** Whether the room beside the place of the face, or enough of it, is hidden. */
    boolean isHiddenBesideFace() {
        double face = faceWidth * faceHeight;
        return besideCells >= LEAST_BESIDE_CELLS
                && !isAnotherRoom()
                && (hiddenCells >= HIDDEN_AREA * face && hiddenCells >= HIDDEN_SHARE * besideCells
                        || hiddenCells >= HIDDEN_AREA_NEAR * face && hiddenCells >= HIDDEN_SHARE_NEAR * besideCells);
    }

    /** Whether about half of what is known of the room is gone. */
    boolean isMostlyGone() {
        return isKnown() && goneCells >= GONE_SHARE * roomCells && !isAnotherRoom();
    }

    private boolean isKnown() {
        return roomCells >= LEAST_ROOM * columns * rows;
    }

    private boolean isAnotherRoom() {
        return lostByCut && isKnown() && goneCells > ALL_GONE * roomCells;
    }

    private boolean isMoved(SceneMotion motion) {
        return !lost && Math.max(Math.abs(motion.shiftX()), Math.abs(motion.shiftY())) >= ViewWatch.MOVED_SHARE;
    }

    private int millis(long nowNs) {
        return (int) ((nowNs - beginNs) / 1_000_000);
    }

    /** Works out the cells of a picture; true when it has not the size of the one before. */
    private boolean reduce(DecodedImage image, SceneMotion motion) {
        byte[] grey = image.smallGrey();
        int width = image.smallWidth();
        int height = image.smallHeight();
        boolean another = width / CELL_PX != columns || height / CELL_PX != rows;
        if (another) {
            columns = width / CELL_PX;
            rows = height / CELL_PX;
            begun = false;
            resize(columns * rows);
        }
        // A camera that was nudged shows the same room a little aside.
        asidePx = lost ? 0 : (int) Math.round(motion.shiftX() * width);
        downPx = lost ? 0 : (int) Math.round(motion.shiftY() * height);
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

    private void resize(int cells) {
        level = new float[cells];
        rough = new float[cells];
        knownMs = new int[cells];
        missedMs = new int[cells];
        personMs = new int[cells];
        levelNow = new float[cells];
        roughNow = new float[cells];
    }

    private void begin(long nowNs) {
        begun = true;
        lost = false;
        beginNs = nowNs;
        learntNs = nowNs;
        System.arraycopy(levelNow, 0, level, 0, level.length);
        System.arraycopy(roughNow, 0, rough, 0, rough.length);
        Arrays.fill(knownMs, 0);
        Arrays.fill(missedMs, 0);
        Arrays.fill(personMs, NEVER_MS);
    }

    private void place(DecodedImage image, FacesInFrame.Slot candidate) {
        double scale = (double) image.smallWidth() / image.widthPx() / CELL_PX;
        faceLeft = candidate.leftPx * scale - (double) asidePx / CELL_PX;
        faceTop = candidate.topPx * scale - (double) downPx / CELL_PX;
        faceWidth = candidate.widthPx * scale;
        faceHeight = candidate.heightPx * scale;
    }

    private void learn(long nowNs) {
        int now = millis(nowNs);
        int step = (int) Math.min(MOST_STEP_MS, (nowNs - learntNs) / 1_000_000);
        learntNs = nowNs;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int cell = row * columns + column;
                if (isCandidates(column + 0.5, row + 0.5)) {
                    personMs[cell] = now;
                }
                if (looksSame(cell, 1)) {
                    level[cell] += ADAPT * (levelNow[cell] - level[cell]);
                    rough[cell] += ADAPT * (roughNow[cell] - rough[cell]);
                    knownMs[cell] = Math.min(KNOWN_MS, knownMs[cell] + step);
                    missedMs[cell] = 0;
                } else {
                    missedMs[cell] += step;
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

    private boolean isCandidates(double column, double row) {
        double aside = Math.max(faceLeft - column, column - faceLeft - faceWidth);
        double down = row - faceTop;
        return aside < HEAD_SIDE * faceWidth && down > -HAIR * faceHeight && down < NECK * faceHeight
                || aside < SHOULDERS_SIDE * faceWidth && down >= SHOULDERS_FROM * faceHeight;
    }

    private boolean isBesideFace(double column, double row) {
        double aside = Math.max(faceLeft - column, column - faceLeft - faceWidth);
        double down = row - faceTop;
        return aside < BESIDE_SIDE * faceWidth && down > -BESIDE_ABOVE * faceHeight && down < faceHeight;
    }

    private boolean isRoom(int cell, int sinceMs) {
        return knownMs[cell] >= KNOWN_MS && (personMs[cell] == NEVER_MS || sinceMs - personMs[cell] > LATELY_MS);
    }

    private boolean looksSame(int cell, float gain) {
        float expectedRough = rough[cell] * gain;
        return Math.abs(levelNow[cell] - level[cell] * gain)
                        <= LEVEL_TOLERANCE + LEVEL_SHARE * Math.min(expectedRough, roughNow[cell])
                && Math.abs(roughNow[cell] - expectedRough)
                        <= ROUGH_TOLERANCE + ROUGH_SHARE * Math.max(expectedRough, roughNow[cell]);
    }

    /** Counts the cells of the room, and those gone, at the gain that explains more of them: unchanged, or the room's median. */
    private void count(int sinceMs) {
        int unchangedGone = count(1, sinceMs);
        if (unchangedGone <= FEW_SHARE * roomCells) {
            return;
        }
        float gain = medianGain(sinceMs);
        if (count(gain, sinceMs) > unchangedGone) {
            count(1, sinceMs);
        }
    }

    private int count(float gain, int sinceMs) {
        roomCells = 0;
        goneCells = 0;
        besideCells = 0;
        hiddenCells = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int cell = row * columns + column;
                if (!isRoom(cell, sinceMs)) {
                    continue;
                }
                int gone = looksSame(cell, gain) ? 0 : 1;
                int beside = isBesideFace(column + 0.5, row + 0.5) ? 1 : 0;
                roomCells++;
                goneCells += gone;
                besideCells += beside;
                hiddenCells += gone * beside;
            }
        }
        return goneCells;
    }

    private float medianGain(int sinceMs) {
        Arrays.fill(gains, 0);
        int cells = 0;
        for (int cell = 0; cell < level.length; cell++) {
            if (isRoom(cell, sinceMs)) {
                double octaves = Math.log((levelNow[cell] + 1) / (level[cell] + 1)) / Math.log(2);
                gains[MOST_GAIN + (int) Math.max(-MOST_GAIN, Math.min(MOST_GAIN, Math.round(octaves * GAIN_STEPS)))]++;
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
