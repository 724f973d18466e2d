package io.invigil.core.vision;

import java.util.Arrays;

/**
 * A growing table of face detections in picture pixels, without an object for each. One row: score, box centre x and y, box
 * width and height, then x and y of six keypoints: the eye on the picture's left, the eye on its right (for an upright
 * face that is not mirrored, the subject's right and left), nose tip, mouth, and the two ears' fronts.
 */
final class Detections {
    static final int KEYPOINTS = 6;
    static final int ROW = 5 + 2 * KEYPOINTS;
    static final int SCORE = 0;
    static final int CENTER_X = 1;
    static final int CENTER_Y = 2;
    static final int WIDTH = 3;
    static final int HEIGHT = 4;
    static final int KEYPOINT_0 = 5;

    private float[] rows = new float[64 * ROW];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    float get(int row, int column) {
        return rows[row * ROW + column];
    }

    void set(int row, int column, double value) {
        rows[row * ROW + column] = (float) value;
    }

    /** Adds a row of zeros and returns its index. */
    int add() {
        if ((count + 1) * ROW > rows.length) {
            rows = Arrays.copyOf(rows, rows.length * 2);
        }
        Arrays.fill(rows, count * ROW, (count + 1) * ROW, 0);
        return count++;
    }

    void addFrom(Detections other, int row) {
        int to = add();
        System.arraycopy(other.rows, row * ROW, rows, to * ROW, ROW);
    }

    float left(int row) {
        return get(row, CENTER_X) - get(row, WIDTH) / 2;
    }

    float top(int row) {
        return get(row, CENTER_Y) - get(row, HEIGHT) / 2;
    }

    float right(int row) {
        return get(row, CENTER_X) + get(row, WIDTH) / 2;
    }

    float bottom(int row) {
        return get(row, CENTER_Y) + get(row, HEIGHT) / 2;
    }

    /** Intersection over union of two rows' boxes. */
    float iou(int a, Detections other, int b) {
        float w = Math.min(right(a), other.right(b)) - Math.max(left(a), other.left(b));
        float h = Math.min(bottom(a), other.bottom(b)) - Math.max(top(a), other.top(b));
        if (w <= 0 || h <= 0) {
            return 0;
        }
        float both = w * h;
        return both / (get(a, WIDTH) * get(a, HEIGHT) + other.get(b, WIDTH) * other.get(b, HEIGHT) - both);
    }
}
