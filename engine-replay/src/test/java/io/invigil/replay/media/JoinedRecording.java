package io.invigil.replay.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings whose time jumps: stretches of one video behind each other in an MPEG-TS file, each with a beginning of its own. */
public final class JoinedRecording {
    private JoinedRecording() {}

    /** A stretch from the video's beginning: so many packets, in the order of storage, from this time on. */
    public record Stretch(int packets, long beginMs) {}

    /** Writes the file; the video is not coded anew. */
    public static Path write(Path video, Path file, Stretch... stretches) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Stretch stretch : stretches) {
                Path part = file.resolveSibling("part.ts");
                Tracks.write(part, "mpegts", new Tracks.Track(video, stretch.packets(), stretch.beginMs()));
                Files.copy(part, out);
            }
        }
        return file;
    }
}
