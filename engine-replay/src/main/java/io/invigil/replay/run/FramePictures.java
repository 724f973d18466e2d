package io.invigil.replay.run;

import io.invigil.replay.media.RecordingException;
import io.invigil.replay.media.RecordingReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/** Small JPEG pictures of moments of a recording, and of stills. Stateless. */
public final class FramePictures {
    /** From this share of a recording on, every frame may be its last. */
    private static final double NEAR_END = 0.98;

    private FramePictures() {}

    /**
     * Reads a recording up to the last moment asked for.
     *
     * @param recording the recording
     * @param timesNs media times
     * @return for each time a JPEG of the first frame at or after it, or of the last frame when the recording ends shortly
     *     before; a time without such a frame has no entry
     * @throws RecordingException when it cannot be read
     * @throws IOException when a picture cannot be encoded
     */
    public static Map<Long, byte[]> atOrAfter(Path recording, Collection<Long> timesNs)
            throws RecordingException, IOException {
        TreeSet<Long> open = new TreeSet<>(timesNs);
        Map<Long, byte[]> pictures = new HashMap<>();
        Optional<byte[]> newest = Optional.empty();
        try (RecordingReader reader = RecordingReader.open(recording)) {
            while (!open.isEmpty() && reader.next()) {
                boolean due = open.first() <= reader.timestampNs();
                boolean nearEnd = reader.progress() > NEAR_END;
                newest = due || nearEnd ? Optional.of(Thumbnail.jpeg(reader.bgrFrame())) : Optional.empty();
                while (!open.isEmpty() && open.first() <= reader.timestampNs()) {
                    pictures.put(open.pollFirst(), newest.orElseThrow());
                }
            }
        }
        newest.ifPresent(last -> open.forEach(time -> pictures.put(time, last)));
        return pictures;
    }

    /**
     * A small JPEG of a picture file.
     *
     * @throws IOException when it is not a picture that can be read
     */
    public static byte[] still(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException("it is not a picture that can be read");
        }
        return Thumbnail.jpeg(image);
    }
}
