package io.invigil.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code identity_pairs.csv}: pairs of stills that show the same person or two persons. Stateless. */
public final class IdentityPairs {
    private static final String HEADER = "file_a,file_b,same_person";
    private static final int COLUMNS = 3;

    private IdentityPairs() {}

    /**
     * One pair.
     *
     * @param fileA path of a still below the labelled folder
     * @param fileB path of another
     * @param samePerson whether both show the same person
     */
    public record Pair(String fileA, String fileB, boolean samePerson) {}

    /**
     * Reads the pairs of a folder.
     *
     * @param folder the folder that contains {@code identity_pairs.csv}
     * @return the pairs in the file's order; none when there is no such file
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not such a table
     */
    public static List<Pair> read(Path folder) throws IOException {
        Path file = folder.resolve("identity_pairs.csv");
        return Files.exists(file) ? parse(Files.readString(file)) : List.of();
    }

    static List<Pair> parse(String csv) {
        List<String> lines = csv.lines().toList();
        if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
            throw new IllegalArgumentException("identity pairs must begin with the line " + HEADER);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            if (!lines.get(line).isBlank()) {
                pairs.add(pair(lines.get(line).strip(), line + 1));
            }
        }
        return List.copyOf(pairs);
    }

    private static Pair pair(String text, int line) {
        String[] columns = text.split(",", -1);
        if (columns.length != COLUMNS || !columns[2].matches("[01]")) {
            throw new IllegalArgumentException("identity pairs, line " + line + ": " + text
                    + ", must be two files and 0 or 1, separated by commas");
        }
        return new Pair(columns[0], columns[1], columns[2].equals("1"));
    }
}
