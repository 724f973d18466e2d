package io.invigil.report.rescore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Accommodation;
import io.invigil.api.AlertType;
import io.invigil.api.Detector;
import io.invigil.api.Policy;
import io.invigil.report.log.JournalHead;
import io.invigil.report.log.JournalWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RescoringTest {
    @TempDir
    private Path folder;

    @Test
    void shouldJudgeEverythingAgainUnderTheSamePolicy() {
        for (Policy policy : Policy.presets()) {
            assertThat(Rescoring.cannotJudge(policy, policy)).isEmpty();
        }
        assertThat(Rescoring.cannotJudge(Policy.strict(), Policy.openBook())).isEmpty();
        assertThat(Rescoring.cannotJudge(Policy.interview(), Policy.closedBook()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverJudgeAKindThatWasSilenced(AlertType kind) {
        Policy lookedFor = Policy.strict()
                .withAccommodations(
                        List.of(Accommodation.silence(kind, "office", Instant.parse("2026-11-02T09:00:00Z"), "test")));
        Map<AlertType, String> cannot = Rescoring.cannotJudge(lookedFor, Policy.strict());
        boolean lost = kind.isHostReported() || !lookedFor.detectors().containsAll(Detector.neededFor(kind));
        assertThat(cannot.containsKey(kind)).isEqualTo(lost);
        assertThat(cannot.values()).noneMatch(String::isBlank);
    }

    @Test
    void shouldSayWhyWhenSomethingWasLookedForAtOtherTimes() {
        Policy rarely = Policy.interview().toBuilder()
                .presenceInterval(Duration.ofSeconds(3))
                .build();
        assertThat(Rescoring.cannotJudge(rarely, Policy.interview()))
                .containsOnlyKeys(AlertType.NO_FACE, AlertType.MULTIPLE_PERSONS, AlertType.PROHIBITED_OBJECT)
                .containsValue("bodies and objects were looked for every 3.0 s, and would have been every 1.0 s");
        Policy blind = Policy.interview().toBuilder()
                .rule(
                        AlertType.PROHIBITED_OBJECT,
                        Policy.interview().rule(AlertType.PROHIBITED_OBJECT).off())
                .build();
        assertThat(Rescoring.cannotJudge(blind, Policy.interview()).get(AlertType.PROHIBITED_OBJECT))
                .isEqualTo("the detector objects did not run and stored nothing");
        assertThat(Rescoring.cannotJudge(blind, Policy.interview()).get(AlertType.MULTIPLE_PERSONS))
                .isEqualTo("bodies and objects share a detector, and would have been looked for at other times");
        assertThat(Rescoring.cannotJudge(Policy.openBook(), Policy.interview()))
                .containsOnlyKeys(AlertType.EYES_LOOKING_AWAY);
    }

    @Test
    void shouldNameTheLineWhenALogIsDamaged() throws IOException {
        Path log = Files.writeString(folder.resolve("log.jsonl"), "");
        assertThatThrownBy(() -> Journal.read(log)).hasMessage("the log is empty");
        Files.writeString(log, "{\"line\":\"failed\"}\n");
        assertThatThrownBy(() -> Journal.read(log)).hasMessageStartingWith("line 1: the log has no head");
    }

    @Test
    void shouldSaySoWhenALogIsNoText() throws IOException {
        String head = JournalWriter.write(new JournalHead(Policy.interview(), List.of(), Map.of()));
        Path log =
                Files.write(folder.resolve("log.jsonl"), (head + "\n\u00ff\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Journal.read(log))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the log is not text in UTF-8, somewhere after line ");
    }
}
