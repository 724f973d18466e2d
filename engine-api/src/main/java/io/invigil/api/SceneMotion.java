package io.invigil.api;

import java.util.Objects;

/**
 * What moves in a picture and how the picture itself moved: what tells a moved camera from a turned head, a poster from a
 * person, and a looped recording from a live one.
 *
 * @param view number of the view, from 1: goes up when the camera has come to rest in another place, or the scene is another;
 *     0 when nothing is known about motion
 * @param shiftX how far the background stands to the right of where it stood when this view began, as a share of the
 *     picture's width, -1 to 1; 0 when that is not known
 * @param shiftY the same downwards, as a share of the picture's height
 * @param cells what changed since the last analysed frame beyond the change of the whole picture, in a grid of
 *     {@value #GRID} x {@value #GRID}, row after row, a digit a cell: 0 for nothing, then in steps of {@value #STEP} levels of
 *     0..255, 9 for more; empty when that is not known, as while the camera itself moves
 * @param repeatsAfterNs how long ago the very same picture was shown, its noise included, with others between; 0 when it
 *     was not. Only a played recording does that again and again
 */
public record SceneMotion(int view, double shiftX, double shiftY, String cells, long repeatsAfterNs) {
    /** Cells in a row and rows. */
    public static final int GRID = 8;
    /** Levels of change in a step of a cell's digit. */
    public static final int STEP = 2;

    /** Nothing is known, as in observations that do not carry this. */
    public static final SceneMotion UNKNOWN = new SceneMotion(0, 0, 0, "", 0);

    /** Checks the cells. */
    public SceneMotion {
        Objects.requireNonNull(cells, "cells");
        if (!cells.isEmpty() && (cells.length() != GRID * GRID || !isDigits(cells))) {
            throw new IllegalArgumentException(
                    "cells must be empty or " + GRID * GRID + " digits, got " + cells.length());
        }
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** True when it is known which cells changed. */
    public boolean hasCells() {
        return !cells.isEmpty();
    }

    /**
     * The change of a cell in steps, 0 to 9.
     *
     * @param column 0 to {@value #GRID} - 1
     * @param row 0 to {@value #GRID} - 1
     */
    public int cell(int column, int row) {
        return cells.charAt(row * GRID + column) - '0';
    }
}
