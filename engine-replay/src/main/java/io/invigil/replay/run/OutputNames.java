package io.invigil.replay.run;

import io.invigil.api.SessionId;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Hands out a folder name to each recording: its file name without the suffix; a second one of that name gets -2. */
final class OutputNames {
    private static final int MAX_SESSION_NAME = 56;

    private final Set<String> taken = new HashSet<>();

    String nameFor(Path recording) {
        Path last = recording.getFileName();
        String file = last == null ? "" : last.toString();
        int dot = file.lastIndexOf('.');
        String stem = dot > 0 ? file.substring(0, dot) : file;
        // A name of dots would leave the output folder.
        String base = stem.isBlank() || stem.chars().allMatch(c -> c == '.') ? "recording" : stem;
        String name = base;
        // File systems may not tell upper from lower case.
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = base + '-' + number;
        }
        return name;
    }

    /** A session id of a folder name: other characters become hyphens, and the number keeps it unique. */
    static SessionId sessionId(String name, int number) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "-");
        String cut = safe.length() > MAX_SESSION_NAME ? safe.substring(0, MAX_SESSION_NAME) : safe;
        return new SessionId("r" + number + '-' + cut);
    }
}
