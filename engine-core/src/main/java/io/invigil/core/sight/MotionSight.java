package io.invigil.core.sight;

import io.invigil.api.SceneMotion;

/** A {@link SceneMotion} that is filled anew; units and ranges are the same. Not thread-safe. */
public final class MotionSight {
    private static final int CELLS = SceneMotion.GRID * SceneMotion.GRID;

    private final byte[] steps = new byte[CELLS];
    private boolean cells;
    private int view;
    private double shiftX;
    private double shiftY;
    private long repeatsAfterNs;

    MotionSight() {}

    /** Takes how the picture itself moved and whether it was shown before; the cells are not known yet. */
    public void set(int newView, double newShiftX, double newShiftY, long newRepeatsAfterNs) {
        view = newView;
        shiftX = newShiftX;
        shiftY = newShiftY;
        repeatsAfterNs = newRepeatsAfterNs;
        cells = false;
    }

    void set(SceneMotion other) {
        set(other.view(), other.shiftX(), other.shiftY(), other.repeatsAfterNs());
        cells = other.hasCells();
        for (int i = 0; cells && i < CELLS; i++) {
            steps[i] = (byte) other.cell(i % SceneMotion.GRID, i / SceneMotion.GRID);
        }
    }

    /**
     * Takes the change of every cell, row after row.
     *
     * @param changes {@value SceneMotion#GRID} x {@value SceneMotion#GRID} numbers of steps, 0 to 9; copied
     */
    public void setCells(byte[] changes) {
        System.arraycopy(changes, 0, steps, 0, CELLS);
        cells = true;
    }

    void forgetCells() {
        cells = false;
    }

    SceneMotion toSceneMotion() {
        return view == 0 && shiftX == 0 && shiftY == 0 && !cells && repeatsAfterNs == 0
                ? SceneMotion.UNKNOWN
                : new SceneMotion(view, shiftX, shiftY, digits(), repeatsAfterNs);
    }

    private String digits() {
        if (!cells) {
            return "";
        }
        StringBuilder digits = new StringBuilder(CELLS);
        for (byte step : steps) {
            digits.append((char) ('0' + step));
        }
        return digits.toString();
    }

    /** True when it is known which cells changed. */
    public boolean hasCells() {
        return cells;
    }

    /** The change of a cell in steps, 0 to 9. */
    public int cell(int column, int row) {
        return steps[row * SceneMotion.GRID + column];
    }

    /** Number of the view, from 1; 0 when nothing is known about motion. */
    public int view() {
        return view;
    }

    /** How far the background stands to the right of where it stood, as a share of the picture's width. */
    public double shiftX() {
        return shiftX;
    }

    /** The same downwards, as a share of the picture's height. */
    public double shiftY() {
        return shiftY;
    }

    /** How long ago the very same picture was shown; 0 when it was not. */
    public long repeatsAfterNs() {
        return repeatsAfterNs;
    }
}
