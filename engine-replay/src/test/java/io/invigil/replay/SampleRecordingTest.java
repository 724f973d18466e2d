package io.invigil.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.replay.media.RecordingReader;
import io.invigil.testdata.ScenarioScript;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SampleRecordingTest {
    private final ScenarioScript script = io.invigil.testdata.SampleRecording.script();

    @Test
    void shouldHoldEveryFrameAtItsTimeWhenBundledRecordingIsRead() throws Exception {
        Path file = SampleRecording.unpack();
        assertThat(Files.size(file)).isLessThan(3_000_000);
        List<Long> timesMs = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next()) {
                timesMs.add(reader.timestampNs() / 1_000_000);
            }
            assertThat(reader.isTruncated()).isFalse();
            assertThat(reader.outOfOrderFrames()).isZero();
        }
        List<Long> scriptedMs = new ArrayList<>();
        for (long timeNs : script.timestampsNs()) {
            scriptedMs.add(Math.round(timeNs / 1e6));
        }
        assertThat(timesMs).isEqualTo(scriptedMs);
    }

    @Test
    void shouldCarryTheScriptsTruthWhenBundled() throws Exception {
        try (InputStream bundled = SampleRecording.class.getResourceAsStream(SampleRecorder.TRUTH)) {
            assertThat(new String(bundled.readAllBytes(), StandardCharsets.UTF_8))
                    .as("made again by: invigil sample --out DIR")
                    .isEqualTo(SampleRecorder.truth(script));
        }
    }
}
