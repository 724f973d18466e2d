package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.replay.run.ReplayListener;
import io.invigil.report.log.RecordingResult;
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
                folder.isPresent(), "skipped: the labelled recordings are not here; set INVIGIL_CLIPS to their folder");
        Map<String, RecordingResult> results = new ConcurrentHashMap<>();
        Map<String, String> failures = new ConcurrentHashMap<>();
        EvaluationOptions options = new EvaluationOptions(
                folder.orElseThrow(), out, Policy.strict(), 5, 2.5, 2, false, "labelled recordings", "");
        EvaluationReport report =
                new EvaluationRun(options, "test", ProctoringEngine::create, new Listener(results, failures)).run();
        Evaluation evaluation = report.evaluation();
        System.out.println(report.text());

        assertThat(failures).isEmpty();
        assertThat(evaluation.missing()).isEmpty();
        assertThat(report.isComplete()).isTrue();
        assertThat(evaluation.recall().hits())
                .isGreaterThanOrEqualTo(20)
                .isGreaterThanOrEqualTo(evaluation.recall().total() - 2);
        for (AlertType type : List.of(
                AlertType.NO_FACE,
                AlertType.MULTIPLE_PERSONS,
                AlertType.EYES_LOOKING_AWAY,
                AlertType.PROHIBITED_OBJECT,
                AlertType.BLACK_SCREEN,
                AlertType.FROZEN_VIDEO,
                AlertType.IDENTITY_CHANGED,
                AlertType.SPOOF)) {
            assertThat(evaluation.kind(type).recall().hits())
                    .as(type.wireName())
                    .isPositive();
        }
        assertThat(evaluation.falseAlerts().count()).isLessThanOrEqualTo(1);
        assertThat(evaluation.quietFalseAlerts().count()).isZero();
        assertThat(evaluation.faceCounts().share()).isGreaterThan(0.97);
        results.values()
                .forEach(result ->
                        assertThat(result.accounting().session().addsUp()).isTrue());
    }

    /** Keeps what was found and what failed. */
    private record Listener(Map<String, RecordingResult> results, Map<String, String> failures)
            implements ReplayListener {
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
    }
}
