package io.invigil.replay.run;

import io.invigil.api.Alert;
import io.invigil.api.Frame;
import io.invigil.replay.media.FrameSampler;
import io.invigil.replay.media.RecordingException;
import io.invigil.replay.media.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fetches the pictures of alerts from a recording, by reading it a second time up to the last frame needed: which frame is
 * an alert's evidence is only known for sure when the alert is closed, and no picture need be kept until then.
 */
final class EvidenceCapture {
    private final Path recording;
    private final double fps;
    private final int decodingThreads;

    EvidenceCapture(Path recording, double fps, int decodingThreads) {
        this.recording = recording;
        this.fps = fps;
        this.decodingThreads = decodingThreads;
    }

    /** JPEG files by alert id, in the order of the alerts; an alert whose frame is not met has none. */
    Map<String, byte[]> capture(List<Alert> alerts) throws RecordingException, IOException {
        TreeMap<Long, byte[]> wanted = new TreeMap<>();
        alerts.forEach(alert -> wanted.put(alert.evidence().timestampNs(), new byte[0]));
        if (!wanted.isEmpty()) {
            fetch(wanted);
        }
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (Alert alert : alerts) {
            byte[] jpeg = wanted.get(alert.evidence().timestampNs());
            if (jpeg.length > 0) {
                pictures.put(alert.id(), jpeg);
            }
        }
        return pictures;
    }

    private void fetch(TreeMap<Long, byte[]> wanted) throws RecordingException, IOException {
        Map<Long, byte[]> met = new HashMap<>();
        FrameSampler sampler = new FrameSampler(fps);
        try (RecordingReader reader = RecordingReader.open(recording, decodingThreads, fps)) {
            while (reader.next() && reader.timestampNs() <= wanted.lastKey()) {
                long at = reader.timestampNs();
                if (sampler.isDue(at) && wanted.containsKey(at)) {
                    Frame frame = reader.bgrFrame();
                    met.put(at, Thumbnail.jpeg(frame));
                }
            }
        }
        wanted.putAll(met);
    }
}
