package io.invigil.replay.eval;

import io.invigil.report.log.TracePoint;
import java.util.Arrays;
import java.util.List;

/** Counts frames by labelled and reported gaze direction. Not thread-safe. */
final class GazeConfusion {
    /** What a label may say, combined directions counted by their sideways part. */
    static final List<String> LABELS = List.of("center", "image_left", "image_right", "up", "down", "closed");
    /** What the engine may say. */
    static final List<String> ANSWERS = List.of("center", "image_left", "image_right", "up", "down", "cannot_tell");

    private final long[][] counts = new long[LABELS.size()][ANSWERS.size()];

    void add(String label, TracePoint point) {
        int row = row(label);
        if (row >= 0) {
            counts[row][ANSWERS.indexOf(answer(point))]++;
        }
    }

    private static int row(String label) {
        if (label.startsWith("image_left")) {
            return LABELS.indexOf("image_left");
        }
        return label.startsWith("image_right") ? LABELS.indexOf("image_right") : LABELS.indexOf(label);
    }

    private static String answer(TracePoint point) {
        if (point.attention().isUnknown()) {
            return "cannot_tell";
        }
        return point.attention().isPresent() ? point.direction().wireName() : "center";
    }

    void add(GazeConfusion other) {
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts[row].length; column++) {
                counts[row][column] += other.counts[row][column];
            }
        }
    }

    long count(int label, int answer) {
        return counts[label][answer];
    }

    long total(int label) {
        return Arrays.stream(counts[label]).sum();
    }
}
