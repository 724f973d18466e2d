package io.invigil.replay.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The recordings meant by a list of files and folders: files as named, of a folder those directly inside it that look like
 * videos by their suffix, sorted by name.
 *
 * @param recordings the files, in the order given
 * @param skipped how many other files lay in the folders
 * @param problems one line for each folder that could not be read or holds no recording
 */
record Inputs(List<Path> recordings, int skipped, List<String> problems) {
    private static final Set<String> SUFFIXES = Set.of(
            "mp4", "m4v", "mov", "webm", "mkv", "avi", "ogv", "ogg", "mpg", "mpeg", "ts", "m2ts", "mts", "3gp", "3g2",
            "flv", "wmv", "asf", "mxf", "y4m", "vob", "mjpeg", "mjpg");

    static Inputs of(List<Path> paths) {
        List<Path> recordings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int skipped = 0;
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                recordings.add(path);
                continue;
            }
            try (Stream<Path> entries = Files.list(path)) {
                List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
                List<Path> videos =
                        files.stream().filter(Inputs::looksLikeVideo).toList();
                skipped += files.size() - videos.size();
                recordings.addAll(videos);
                if (videos.isEmpty()) {
                    problems.add(path + ": the folder holds no recording");
                }
            } catch (IOException failure) {
                problems.add(path + ": no permission to read the folder");
            }
        }
        return new Inputs(recordings, skipped, problems);
    }

    private static boolean looksLikeVideo(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot >= 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
