package io.invigil.replay.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The recordings meant by a list of files and folders: files as named, of a folder those directly inside it that look like
 * videos by their suffix, sorted by name.
 *
 * @param recordings the files, in the order given
 * @param leftAlone one line for each folder that holds anything else
 * @param problems one line for each folder that could not be read or holds no recording, and each link in one that leads nowhere
 */
record Inputs(List<Path> recordings, List<String> leftAlone, List<String> problems) {
    private static final Set<String> SUFFIXES = Set.of(
            "mp4", "m4v", "mp4v", "mov", "qt", "f4v", "3gp", "3g2", "webm", "mkv", "mk3d", "avi", "divx", "ogv", "ogg",
            "ogm", "mpg", "mpeg", "m1v", "m2v", "mpv", "vob", "ts", "m2t", "m2ts", "mts", "flv", "wmv", "asf", "wtv",
            "rm", "rmvb", "mxf", "dv", "nut", "ivf", "obu", "h264", "264", "h265", "265", "hevc", "y4m", "mjpeg",
            "mjpg");
    private static final int MOST_NAMED = 6;

    static Inputs of(List<Path> paths) {
        Inputs inputs = new Inputs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                inputs.addFolder(path);
            } else {
                inputs.recordings.add(path);
            }
        }
        return inputs;
    }

    private void addFolder(Path folder) {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted().toList();
        } catch (IOException failure) {
            problems.add(folder + ": no permission to read the folder");
            return;
        }
        int met = recordings.size() + problems.size();
        Map<String, Integer> suffixes = new TreeMap<>();
        Set<String> folders = new TreeSet<>();
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                folders.add(entry.getFileName().toString());
            } else if (!SUFFIXES.contains(suffix(entry))) {
                suffixes.merge(suffix(entry), 1, Integer::sum);
            } else if (Files.exists(entry)) {
                recordings.add(entry);
            } else {
                problems.add(entry + ": the link leads nowhere");
            }
        }
        String others = others(suffixes, folders);
        if (recordings.size() + problems.size() == met) {
            problems.add(folder + ": the folder holds no recording" + (others.isEmpty() ? "" : ", only " + others));
        } else if (!others.isEmpty()) {
            leftAlone.add("left alone in " + folder + ": " + others + "; named one by one they are analysed");
        }
    }

    private static String suffix(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "no suffix" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Such as {@code 3 files (txt 2, no suffix 1) and 1 folder (old)}; empty when there is nothing. */
    private static String others(Map<String, Integer> suffixes, Set<String> folders) {
        int files = suffixes.values().stream().mapToInt(Integer::intValue).sum();
        List<String> kinds = suffixes.entrySet().stream()
                .map(entry -> entry.getKey() + ' ' + entry.getValue())
                .toList();
        return Stream.of(counted(files, "file", kinds), counted(folders.size(), "folder", folders))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private static String counted(int number, String what, Collection<String> names) {
        if (number == 0) {
            return "";
        }
        String more = names.size() > MOST_NAMED ? ", ..." : "";
        return number + " " + what + (number == 1 ? "" : "s")
                + names.stream().limit(MOST_NAMED).collect(Collectors.joining(", ", " (", more + ")"));
    }
}
