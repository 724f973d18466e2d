package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ThreadingMode;
import io.invigil.replay.run.ReplayListener;
import io.invigil.replay.run.ReplayOptions;
import io.invigil.replay.run.ReplayRunner;
import io.invigil.report.log.RecordingResult;
import io.invigil.testdata.LabelledClips;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.TestClips;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings of real people: the figures of docs/accuracy.md may not get worse unnoticed. */
@Timeout(600)
class LabelledClipsTest {
    @Test
    void shouldMeetTheLabelledEventsWithFewFalseAlerts(@TempDir Path out) throws Exception {
        Optional<Path> folder = TestClips.folder();
        Assumptions.assumeTrue(
                folder.isPresent(), "skipped: the labelled recordings are not here; set INVIGIL_DATA to their folder");
        List<Clip> labels = LabelledClips.read(folder.orElseThrow());
        Map<String, RecordingResult> results = new ConcurrentHashMap<>();
        Map<String, String> failures = new ConcurrentHashMap<>();
        List<Path> recordings = labels.stream()
                .map(clip -> folder.orElseThrow().resolve(clip.file()))
                .toList();
        new ReplayRunner(
                        new ReplayOptions(recordings, out, 5, Policy.strict(), 2, ThreadingMode.FUSED, false),
                        "test",
                        ProctoringEngine::create,
                        new ReplayListener() {
                            @Override
                            public void started(Path recording) {}

                            @Override
                            public void advanced(Path recording, double share, long mediaNs) {}

                            @Override
                            public void finished(Path recording, RecordingResult result, Path resultFolder) {
                                results.put(recording.getFileName().toString(), result);
                            }

                            @Override
                            public void failed(Path recording, String reason) {
                                failures.put(recording.getFileName().toString(), reason);
                            }
                        })
                .run();
        Evaluation evaluation = Evaluation.of(labels, results, 2.5);
        System.out.println(evaluation.text());

        assertThat(failures).isEmpty();
        assertThat(evaluation.missing()).isEmpty();
        assertThat(evaluation.askedEvents()).isGreaterThanOrEqualTo(20);
        assertThat(evaluation.metEvents()).isGreaterThanOrEqualTo(evaluation.askedEvents() - 2);
        assertThat(evaluation.falseAlerts()).isLessThanOrEqualTo(4);
        assertThat(evaluation.falseAlertsInQuietClips()).isZero();
        assertThat(evaluation.shareOfRightFaceCounts()).isGreaterThan(0.97);
        results.values()
                .forEach(result ->
                        assertThat(result.accounting().session().addsUp()).isTrue());
    }
}
