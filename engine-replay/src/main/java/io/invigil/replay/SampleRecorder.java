package io.invigil.replay;

import io.invigil.api.Rotation;
import io.invigil.replay.media.RecordingException;
import io.invigil.replay.media.VideoEncoder;
import io.invigil.replay.media.VideoSettings;
import io.invigil.report.log.JsonText;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ScenarioRenderer;
import io.invigil.testdata.ScenarioScript;
import io.invigil.testdata.TruthInterval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * Renders the sample scenario and encodes it as VP9 in WebM at constant quality, which needs no licence. The gap in the
 * stream stays a jump of the timestamps; frozen frames are coded as repetitions.
 */
final class SampleRecorder {
    static final String VIDEO = SampleRecording.NAME;
    static final String TRUTH = "sample-truth.json";

    private final DoubleConsumer progress;

    SampleRecorder(DoubleConsumer progress) {
        this.progress = progress;
    }

    /** Writes the recording and its ground truth into the folder and returns the recording. */
    Path record(Path folder) throws IOException {
        ScenarioScript script = io.invigil.testdata.SampleRecording.script();
        Path video = folder.resolve(VIDEO);
        try {
            encode(script, video);
        } catch (RecordingException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
        Files.writeString(folder.resolve(TRUTH), truth(script), StandardCharsets.UTF_8);
        return video;
    }

    private void encode(ScenarioScript script, Path video) throws RecordingException {
        ScenarioRenderer renderer = new ScenarioRenderer(script);
        long[] times = script.timestampsNs();
        FrameImage first = renderer.render(times[0]);
        VideoSettings settings = new VideoSettings(
                "webm",
                "libvpx-vp9",
                first.width(),
                first.height(),
                script.framesPerSecond(),
                0,
                Rotation.NONE,
                Map.of("crf", "27", "deadline", "good", "cpu-used", "4", "lag-in-frames", "16", "row-mt", "0"));
        try (VideoEncoder encoder = VideoEncoder.create(video, settings)) {
            for (int i = 0; i < times.length; i++) {
                encoder.write(renderer.render(times[i]).bgr(), times[i]);
                progress.accept((i + 1.0) / times.length);
            }
            encoder.finish();
        }
    }

    /** The ground truth: what an engine should report, with times in seconds from the first frame. */
    static String truth(ScenarioScript script) {
        JsonText json = JsonText.indented()
                .object()
                .member("recording", VIDEO)
                .member("duration_s", script.durationSeconds())
                .member("frames_per_second", script.framesPerSecond());
        json.name("alerts").array();
        for (TruthInterval interval : script.intervals()) {
            json.object()
                    .member("type", interval.kind())
                    .member("start_s", interval.startSeconds())
                    .member("end_s", interval.endSeconds());
            memberUnlessEmpty(json, "direction", interval.direction());
            memberUnlessEmpty(json, "modality", interval.modality());
            memberUnlessEmpty(json, "object", interval.objectClass());
            json.endObject();
        }
        return json.endArray().endObject() + "\n";
    }

    private static void memberUnlessEmpty(JsonText json, String name, String value) {
        if (!value.isEmpty()) {
            json.member(name, value);
        }
    }
}
