package io.invigil.replay.eval;

import static io.invigil.replay.eval.Synthetic.alert;
import static io.invigil.replay.eval.Synthetic.clip;
import static io.invigil.replay.eval.Synthetic.event;
import static io.invigil.replay.eval.Synthetic.look;
import static io.invigil.replay.eval.Synthetic.matching;
import static io.invigil.replay.eval.Synthetic.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.replay.eval.AlertScore.Verdict;
import io.invigil.replay.eval.EventScore.Outcome;
import io.invigil.testdata.LabelledClips;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledClips.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchingTest {
    private static final Map<String, String> PHONE = Map.of("object", "cell phone");

    @TempDir
    Path folder;

    @Test
    void shouldMeetAnEventWhenAnAlertOfItsKindOverlapsIt() {
        Clip clip = clip(30, event("FACE_ABSENT", 10, 16));
        Alert alert = alert(AlertType.NO_FACE, 1, 10.4, 15.8);
        EventScore score = matching(clip).events(List.of(alert)).get(0);
        assertThat(score.outcome()).isEqualTo(Outcome.MET);
        assertThat(score.startErrorSeconds()).isCloseTo(0.4, within(1e-6));
        assertThat(score.endErrorSeconds()).isCloseTo(-0.2, within(1e-6));
        double hold = Policy.strict().rule(AlertType.NO_FACE).hold().toMillis() / 1000.0;
        assertThat(score.beyondHoldSeconds()).isCloseTo(0.4 + 1.5 - hold, within(1e-6));
        assertThat(verdict(clip, alert)).isEqualTo(Verdict.ANSWERS);
    }

    @Test
    void shouldMissAnEventWhenTheAlertIsOfAnotherKindOrElsewhere() {
        Clip clip = clip(30, event("FACE_ABSENT", 10, 16));
        assertThat(outcome(clip, alert(AlertType.BLACK_SCREEN, 1, 10, 16))).isEqualTo(Outcome.MISSED);
        assertThat(outcome(clip, alert(AlertType.NO_FACE, 1, 17, 20))).isEqualTo(Outcome.MISSED);
        assertThat(outcome(clip, alert(AlertType.NO_FACE, 1, 13, 24)))
                .as("outlasts the event by far")
                .isEqualTo(Outcome.MISSED);
        assertThat(outcome(clip)).isEqualTo(Outcome.MISSED);
    }

    @Test
    void shouldNotMeetEventsWithOneAlertOverTheWholeClip() {
        Clip clip = clip(60, event("FACE_ABSENT", 10, 14), event("FACE_ABSENT", 40, 44));
        Alert whole = alert(AlertType.NO_FACE, 1, 0, 60);
        assertThat(matching(clip).events(List.of(whole)))
                .extracting(EventScore::outcome)
                .containsOnly(Outcome.MISSED);
        assertThat(verdict(clip, whole)).isEqualTo(Verdict.FALSE);
    }

    @Test
    void shouldMeetBothEventsWhenOneAlertBridgesTheirShortGap() {
        Clip clip = clip(30, event("CAMERA_BLOCKED", 5, 10), event("CAMERA_DARK", 10.5, 15));
        assertThat(matching(clip).events(List.of(alert(AlertType.BLACK_SCREEN, 1, 5, 15))))
                .extracting(EventScore::outcome)
                .containsExactly(Outcome.MET, Outcome.MET);
    }

    @Test
    void shouldCountEveryAlertOfAnEventWhenThereAreSeveral() {
        Clip clip = clip(30, event("FACE_ABSENT", 10, 20));
        EventScore score = matching(clip)
                .events(List.of(alert(AlertType.NO_FACE, 2, 15, 20.5), alert(AlertType.NO_FACE, 1, 10, 13)))
                .get(0);
        assertThat(score.alerts()).extracting(Alert::id).containsExactly("no_face-1", "no_face-2");
        assertThat(score.endErrorSeconds()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void shouldAskForAPhoneOnlyByTheAlertOnPhones() {
        Clip clip = clip(30, event("PHONE_VISIBLE", 10, 16));
        assertThat(outcome(clip, alert(AlertType.PROHIBITED_OBJECT, 1, 10, 16, PHONE)))
                .isEqualTo(Outcome.MET);
        assertThat(outcome(clip, alert(AlertType.PROHIBITED_OBJECT, 1, 10, 16, Map.of("object", "book"))))
                .isEqualTo(Outcome.MISSED);
    }

    @Test
    void shouldNotAskForShortEventsButHoldTheirAlertsForRight() {
        Clip clip = clip(30, look(10, 12, "image_left", "eyes_only"));
        Alert alert = alert(AlertType.EYES_LOOKING_AWAY, 1, 10, 12);
        assertThat(outcome(clip, alert)).isEqualTo(Outcome.TOO_SHORT);
        assertThat(verdict(clip, alert)).isEqualTo(Verdict.ANSWERS);
    }

    @Test
    void shouldListEventsOfKindsTheEngineOrThePolicyDoesNotHave() {
        Clip clip = clip(30, event("EYES_CLOSED", 3, 9), event("SPOOF", 0, 30));
        Policy noSpoof = Policy.strict().toBuilder()
                .rule(AlertType.SPOOF, Policy.strict().rule(AlertType.SPOOF).off())
                .build();
        assertThat(new Matching(clip, noSpoof, 2.5, 0.5).events(List.of()))
                .extracting(EventScore::outcome)
                .containsExactly(Outcome.NO_KIND, Outcome.SWITCHED_OFF);
    }

    @Test
    void shouldTellTheDirectionOfALookAway() {
        Clip clip = clip(30, look(10, 16, "image_right_up", "head"));
        Alert right = alert(AlertType.EYES_LOOKING_AWAY, 1, 10, 16, Map.of("direction", "image_right"));
        Alert left = alert(AlertType.EYES_LOOKING_AWAY, 1, 10, 16, Map.of("direction", "image_left"));
        assertThat(matching(clip).events(List.of(right)).get(0).directionRight())
                .isTrue();
        assertThat(matching(clip).events(List.of(left)).get(0).directionRight()).isFalse();
    }

    @Test
    void shouldExplainAnAlertByTheStateOfThePictureWhenThereIsNoEvent() {
        Clip clip = clip(
                List.of(),
                List.of(
                        state(0, 5),
                        state(5, 9, 0, 0, "none", "ok"),
                        state(9, 14, 1, 4, "center", "ok"),
                        state(14, 20)));
        assertThat(verdict(clip, alert(AlertType.NO_FACE, 1, 4.6, 9.2))).isEqualTo(Verdict.EXPLAINED);
        assertThat(verdict(clip, alert(AlertType.NO_FACE, 1, 14, 18))).isEqualTo(Verdict.FALSE);
        assertThat(verdict(clip, alert(AlertType.MULTIPLE_PERSONS, 1, 9, 14)))
                .as("up to four faces are accepted")
                .isEqualTo(Verdict.EXPLAINED);
        assertThat(verdict(clip, alert(AlertType.MULTIPLE_PERSONS, 1, 0, 4))).isEqualTo(Verdict.FALSE);
    }

    @Test
    void shouldNotTakeACoveredCameraForAnEmptySeat() {
        Clip clip = clip(List.of(), List.of(state(0, 5, 0, 0, "none", "black"), state(5, 9)));
        assertThat(verdict(clip, alert(AlertType.NO_FACE, 1, 0, 4))).isEqualTo(Verdict.FALSE);
        assertThat(verdict(clip, alert(AlertType.BLACK_SCREEN, 1, 0, 5))).isEqualTo(Verdict.EXPLAINED);
    }

    @Test
    void shouldLeaveAnAlertUndecidedWhenTheLabelsAreSilent() {
        Clip clip = clip(
                List.of(),
                List.of(state(0, 6, 1, 1, "unknown", "ok"), state(6, 12, 1, 1, "center", "ok"), state(12, 20)));
        assertThat(verdict(clip, alert(AlertType.EYES_LOOKING_AWAY, 1, 1, 5))).isEqualTo(Verdict.UNDECIDABLE);
        assertThat(verdict(clip, alert(AlertType.EYES_LOOKING_AWAY, 1, 7, 11))).isEqualTo(Verdict.FALSE);
        assertThat(verdict(clip, alert(AlertType.EYES_LOOKING_AWAY, 1, 5, 12)))
                .as("mostly where the labels say otherwise")
                .isEqualTo(Verdict.FALSE);
        assertThat(verdict(clip, alert(AlertType.STREAM_GAP, 1, 7, 11))).isEqualTo(Verdict.UNDECIDABLE);
        assertThat(verdict(clip, alert(AlertType.PROHIBITED_OBJECT, 1, 7, 11, Map.of("object", "remote"))))
                .isEqualTo(Verdict.UNDECIDABLE);
    }

    @Test
    void shouldExplainRepeatedGlancesByTwoLabelledLooksAway() {
        Clip clip = clip(
                List.of(),
                List.of(
                        state(0, 8),
                        state(8, 9, 1, 1, "image_left", "ok"),
                        state(9, 15),
                        state(15, 16, 1, 1, "image_right", "ok"),
                        state(16, 30),
                        state(30, 40, 1, 1, "unknown", "ok")));
        assertThat(verdict(clip, alert(AlertType.REPEATED_GLANCES, 1, 5, 20))).isEqualTo(Verdict.EXPLAINED);
        assertThat(verdict(clip, alert(AlertType.REPEATED_GLANCES, 1, 12, 25))).isEqualTo(Verdict.FALSE);
        assertThat(verdict(clip, alert(AlertType.REPEATED_GLANCES, 1, 20, 35))).isEqualTo(Verdict.UNDECIDABLE);
    }

    @Test
    void shouldCountALookInPiecesAsOneGlance() {
        Clip clip = clip(
                List.of(),
                List.of(
                        state(0, 8),
                        state(8, 9, 1, 1, "image_left", "ok"),
                        state(9, 10, 1, 1, "down", "ok"),
                        state(10, 15),
                        state(15, 16, 1, 1, "image_right", "ok"),
                        state(16, 30)));
        assertThat(verdict(clip, alert(AlertType.REPEATED_GLANCES, 1, 5, 12))).isEqualTo(Verdict.FALSE);
        assertThat(verdict(clip, alert(AlertType.REPEATED_GLANCES, 1, 5, 20))).isEqualTo(Verdict.EXPLAINED);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_FACE, '', UNDECIDABLE",
        "NO_FACE, '\"faces\": 0', UNDECIDABLE",
        "NO_FACE, '\"faces\": 0, \"camera\": \"unknown\"', UNDECIDABLE",
        "NO_FACE, '\"faces\": \"unknown\", \"camera\": \"ok\"', UNDECIDABLE",
        "NO_FACE, '\"faces\": 0, \"camera\": \"ok\"', EXPLAINED",
        "NO_FACE, '\"faces\": 1', FALSE",
        "NO_FACE, '\"camera\": \"black\"', FALSE",
        "MULTIPLE_PERSONS, '\"faces\": 1', UNDECIDABLE",
        "MULTIPLE_PERSONS, '\"faces\": 1, \"persons\": 1', FALSE",
        "MULTIPLE_PERSONS, '\"persons\": 2', EXPLAINED",
        "BLACK_SCREEN, '', UNDECIDABLE",
        "BLACK_SCREEN, '\"camera\": \"unknown\"', UNDECIDABLE",
        "BLACK_SCREEN, '\"camera\": \"ok\"', FALSE",
        "FROZEN_VIDEO, '', UNDECIDABLE",
        "FROZEN_VIDEO, '\"camera\": \"ok\"', FALSE",
        "SPOOF, '', UNDECIDABLE",
        "SPOOF, '\"spoof\": \"unknown\"', UNDECIDABLE",
        "SPOOF, '\"spoof\": \"screen\"', EXPLAINED",
        "PROHIBITED_OBJECT, '', UNDECIDABLE",
        "PROHIBITED_OBJECT, '\"phones\": 0', FALSE"
    })
    void shouldLetAMissingLabelDecideNothing(AlertType type, String labels, Verdict verdict) throws Exception {
        String state = "{\"start\": 0, \"end\": 20" + (labels.isEmpty() ? "" : ", " + labels) + "}";
        Files.writeString(
                folder.resolve("labels_clips.json"),
                "[{\"file\": \"clips/a.mp4\", \"duration_s\": 20, \"intervals\": [" + state + "]}]");
        Clip clip = LabelledClips.read(folder).get(0);
        assertThat(verdict(clip, alert(type, 1, 5, 10))).isEqualTo(verdict);
        assertThat(matching(clip).decidableSeconds(type, 20)).isEqualTo(verdict == Verdict.UNDECIDABLE ? 0 : 20);
        assertThat(matching(clip).alerts(List.of(alert(type, 1, 5, 10))).get(0).labels())
                .doesNotContain("-1");
    }

    @Test
    void shouldTakeEveryAlertForFalseWhenNothingShouldBeReported() {
        Clip quiet = clip(List.of("no_alert"), List.of(state(0, 20, 1, 1, "unknown", "ok")));
        for (AlertType type : AlertType.values()) {
            assertThat(verdict(quiet, alert(type, 1, 2, 6))).as(type.wireName()).isEqualTo(Verdict.FALSE);
        }
    }

    @Test
    void shouldCountOnlyTheTimeTheLabelsDecide() {
        Clip clip = clip(
                List.of(),
                List.of(state(0, 6, 1, 1, "unknown", "ok"), state(6, 12), state(12, 20, 0, 0, "none", "ok")));
        assertThat(matching(clip).decidableSeconds(AlertType.EYES_LOOKING_AWAY, 20))
                .isCloseTo(14, within(1e-9));
        assertThat(matching(clip).decidableSeconds(AlertType.NO_FACE, 20)).isCloseTo(20, within(1e-9));
        assertThat(matching(clip).decidableSeconds(AlertType.PARTIAL_FACE, 20)).isZero();
    }

    @Test
    void shouldTellAnotherPersonByTheLabelledIdentity() {
        Clip clip = clip(List.of(), List.of(person(0, 8, "P1"), person(8, 20, "P2")));
        assertThat(verdict(clip, alert(AlertType.IDENTITY_CHANGED, 1, 9, 20))).isEqualTo(Verdict.EXPLAINED);
        assertThat(verdict(clip, alert(AlertType.IDENTITY_CHANGED, 1, 1, 6))).isEqualTo(Verdict.FALSE);
    }

    private static Interval person(double start, double end, String identity) {
        return new Interval(start, end, 1, 1, 1, 1, 1, "center", "front", 0, 0, "ok", "none", identity);
    }

    private static Outcome outcome(Clip clip, Alert... alerts) {
        return matching(clip).events(List.of(alerts)).get(0).outcome();
    }

    private static Verdict verdict(Clip clip, Alert alert) {
        return matching(clip).alerts(List.of(alert)).get(0).verdict();
    }
}
