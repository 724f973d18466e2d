package io.invigil.replay.eval;

import java.util.Arrays;
import java.util.List;

/** Counts by what was labelled and what was answered. Not thread-safe. */
final class Confusion {
    private final List<String> labels;
    private final List<String> answers;
    private final long[][] counts;

    Confusion(List<String> labels, List<String> answers) {
        this.labels = List.copyOf(labels);
        this.answers = List.copyOf(answers);
        counts = new long[labels.size()][answers.size()];
    }

    /** Counts one; a label that has no row is left out. */
    void add(String label, String answer) {
        int row = labels.indexOf(label);
        if (row >= 0) {
            counts[row][answers.indexOf(answer)]++;
        }
    }

    void add(Confusion other) {
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts[row].length; column++) {
                counts[row][column] += other.counts[row][column];
            }
        }
    }

    List<String> labels() {
        return labels;
    }

    List<String> answers() {
        return answers;
    }

    long count(String label, String answer) {
        return counts[labels.indexOf(label)][answers.indexOf(answer)];
    }

    long total(String label) {
        return Arrays.stream(counts[labels.indexOf(label)]).sum();
    }

    long total() {
        return labels.stream().mapToLong(this::total).sum();
    }
}
