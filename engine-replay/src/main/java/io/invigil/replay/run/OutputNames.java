package io.invigil.replay.run;

import io.invigil.api.SessionId;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Hands out a folder to each recording, named after its file without the suffix. Where that folder is another recording's, of
 * this run or by the results that lie there, the name gets -2, or the next number that is free.
 */
final class OutputNames {
    private static final int MAX_SESSION_NAME = 56;

    private final Path out;
    private final ReplayListener listener;
    private final Set<String> taken = new HashSet<>();

    OutputNames(Path out, ReplayListener listener) {
        this.out = out;
        this.listener = listener;
    }

    Path folderFor(Path recording) {
        Path last = recording.getFileName();
        String file = last == null ? "" : last.toString();
        int dot = file.lastIndexOf('.');
        String stem = dot > 0 ? file.substring(0, dot) : file;
        // A name of dots would leave the output folder.
        String base = stem.isBlank() || stem.chars().allMatch(c -> c == '.') ? "recording" : stem;
        Path folder = out.resolve(base);
        Path held = null;
        for (int number = 2; ; number++) {
            // File systems may not tell upper from lower case.
            String name = folder.getFileName().toString().toLowerCase(Locale.ROOT);
            if (!taken.contains(name)) {
                if (!OutputFolder.holdsAnother(folder, recording)) {
                    taken.add(name);
                    break;
                }
                held = held == null ? folder : held;
            }
            folder = out.resolve(base + '-' + number);
        }
        if (held != null) {
            listener.movedOn(recording, held, folder);
        }
        return folder;
    }

    /** A session id of a folder name: other characters become hyphens, and the number keeps it unique. */
    static SessionId sessionId(String name, int number) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "-");
        String cut = safe.length() > MAX_SESSION_NAME ? safe.substring(0, MAX_SESSION_NAME) : safe;
        return new SessionId("r" + number + '-' + cut);
    }
}
