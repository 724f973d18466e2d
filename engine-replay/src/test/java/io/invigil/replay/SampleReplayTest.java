package io.invigil.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.ProctoringEngine;
import io.invigil.testdata.TruthInterval;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job, whole: the bundled recording through the real engine gives the alerts it was scripted with. */
@Timeout(300)
class SampleReplayTest {
    private static final double TOLERANCE_S = 0.5;

    @Test
    void shouldReportTheScriptedEpisodesAndNothingElse(@TempDir Path out) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true);
        int code = Main.commandLine(new Console(stream, stream, false), ProctoringEngine::create)
                .execute("replay", "--out", out.toString());
        assertThat(code).as(said.toString()).isZero();

        JsonMapper mapper = JsonMapper.builder().build();
        List<JsonNode> alerts = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("sample").resolve("alerts.jsonl"))) {
            alerts.add(mapper.readTree(line));
        }
        alerts.sort(Comparator.comparingDouble(alert -> alert.get("start_s").asDouble()));
        List<TruthInterval> truth = io.invigil.testdata.SampleRecording.script().intervals();
        assertThat(alerts)
                .extracting(alert -> alert.get("type").asString())
                .containsExactlyElementsOf(
                        truth.stream().map(TruthInterval::kind).toList());
        for (int i = 0; i < truth.size(); i++) {
            JsonNode alert = alerts.get(i);
            TruthInterval scripted = truth.get(i);
            assertThat(alert.get("start_s").asDouble())
                    .as("start of %s", scripted)
                    .isCloseTo(scripted.startSeconds(), within(TOLERANCE_S));
            assertThat(alert.get("end_s").asDouble())
                    .as("end of %s", scripted)
                    .isCloseTo(scripted.endSeconds(), within(TOLERANCE_S));
            if (!scripted.direction().isEmpty()) {
                assertThat(alert.get("details").get("direction").asString()).isEqualTo(scripted.direction());
                assertThat(alert.get("details").get("modality").asString()).isEqualTo(scripted.modality());
            }
        }
        assertThat(out.resolve("sample").resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void shouldJudgeTheLogAsAReplayWouldWithoutTheRecording(@TempDir Path out) throws Exception {
        for (String policy : List.of("interview", "open-book")) {
            run("replay", "--policy", policy, "--out", out.resolve(policy).toString());
        }
        Path log = out.resolve("interview/sample/observations.jsonl");
        // The second looks for less than the log holds: what it would not have seen must not count.
        for (String policy : List.of("interview", "open-book")) {
            Path judged = out.resolve("judged").resolve(policy);
            run("rescore", log.toString(), "--policy", policy, "--out", judged.toString());
            Path replayed = out.resolve(policy).resolve("sample");
            for (String file : List.of("alerts.jsonl", "events.jsonl")) {
                assertThat(judged.resolve(file)).as(policy + ' ' + file).hasSameBinaryContentAs(replayed.resolve(file));
            }
            JsonMapper mapper = JsonMapper.builder().build();
            assertThat(mapper.readTree(judged.resolve("rescore.json").toFile()).get("score"))
                    .isEqualTo(mapper.readTree(replayed.resolve("summary.json").toFile())
                            .get("score"));
        }
        assertThat(Files.readString(out.resolve("open-book/sample/observations.jsonl")))
                .doesNotContain("\"head\":{")
                .doesNotContain("\"gaze\":{");
        String missing = run(
                "rescore", out.resolve("open-book/sample/observations.jsonl").toString(), "--policy", "interview");
        assertThat(missing)
                .contains(
                        "CANNOT rescore eyes_looking_away under interview: the detector gaze did not run and stored nothing");
        String changes = run("rescore", log.toString(), "--policy", "interview", "--diff", "open-book");
        assertThat(changes.lines().filter(line -> line.startsWith("- "))).hasSize(2);
        assertThat(changes.lines().filter(line -> line.startsWith("+ "))).isEmpty();
    }

    private static String run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true);
        int code = Main.commandLine(new Console(stream, stream, false), ProctoringEngine::create)
                .execute(arguments);
        assertThat(code).as(said.toString()).isZero();
        return said.toString();
    }
}
