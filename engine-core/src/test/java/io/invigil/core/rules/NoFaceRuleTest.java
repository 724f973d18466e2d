package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.Policy;
import io.invigil.api.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoFaceRuleTest {
    private static final Policy POLICY = Policy.interview().toBuilder()
            .rule(AlertType.EYES_LOOKING_AWAY, Policy.openBook().rule(AlertType.EYES_LOOKING_AWAY))
            .build();

    private static Seen absentBetween(double t, double from, double to) {
        return t >= from && t < to ? Seen.attentive().nobody() : Seen.attentive();
    }

    @Test
    void shouldTellStartReasonEvidenceAndConfidenceWhenNobodyIsThere() {
        Judged judged = Judged.stream(POLICY, 5, 10, t -> absentBetween(t, 3, 6));
        assertThat(judged.alerts)
                .extracting(Alert::phase)
                .containsExactly(AlertPhase.OPENED, AlertPhase.UPDATED, AlertPhase.CLOSED);
        Alert alert = judged.alerts.get(1);
        assertThat(alert.id()).isEqualTo("no_face-1");
        assertThat(alert.severity()).isEqualTo(Severity.HIGH);
        assertThat(alert.startNs()).isEqualTo(Judged.ns(2.9));
        assertThat(alert.endNs()).isEqualTo(Judged.ns(5.9));
        assertThat(alert.confidence()).isEqualTo(0.9);
        assertThat(alert.message()).isEqualTo("No face is in the picture");
        assertThat(alert.evidence().timestampNs()).isEqualTo(Judged.ns(4.4));
        assertThat(alert.evidence().frameIndex()).isEqualTo(22);
    }

    /** The face is at these places until the last of them, one a second from 0 s on, then nobody. */
    private static Alert leftAt(double fps, double... leftPx) {
        return Judged.stream(
                        POLICY,
                        fps,
                        leftPx.length + 10,
                        t -> t < leftPx.length - 1 + 1e-9
                                ? Seen.attentive().face(1, leftPx[(int) (t + 1e-9)], 100, 120)
                                : Seen.attentive().nobody())
                .alerts
                .get(0);
    }

    @Test
    void shouldAllowForTheTimeItTakesToLeaveWhenTheFaceSatStillASecondBefore() {
        Alert alert = leftAt(1, 250, 250, 255);
        assertThat(alert.startNs()).isEqualTo(Judged.ns(2.75));
        assertThat(alert.evidence().timestampNs()).as("what opens it").isEqualTo(Judged.ns(4));
    }

    @Test
    void shouldStartHalfWayWhenTheFaceWasOnItsWayOrCutOffOrFramesAreNear() {
        Alert moved = leftAt(1, 250, 250, 350);
        assertThat(moved.startNs()).isEqualTo(Judged.ns(2.5));
        assertThat(moved.evidence().timestampNs()).isEqualTo(Judged.ns(4));
        assertThat(leftAt(1, 540, 540, 540).startNs()).as("cut off").isEqualTo(Judged.ns(2.5));
        assertThat(leftAt(2, 250, 250, 250).startNs()).as("near").isEqualTo(Judged.ns(2.25));
    }

    @Test
    void shouldStartHalfWayWhenTheFaceHadJustComeBack() {
        Judged judged = Judged.stream(
                POLICY,
                1,
                15,
                t -> t < 2.5 || t > 3.5 && t < 4.5
                        ? Seen.attentive()
                        : Seen.attentive().nobody());
        assertThat(judged.alerts.get(0).startNs()).isEqualTo(Judged.ns(4.5));
    }

    @Test
    void shouldStartWithTheFrameWhenTheOneBeforeFailed() {
        Judged judged = new Judged(POLICY).play(1, 0, 5, t -> Seen.attentive());
        judged.fail(5, "DECODE");
        judged.play(1, 6, 20, t -> Seen.attentive().nobody()).finish();
        assertThat(judged.alerts.get(0).startNs()).isEqualTo(Judged.ns(6));
    }

    /** Seen until 5 s, then hidden for so long, then nobody. */
    private static Judged hiddenThenGone(double fps, double hiddenS) {
        return Judged.stream(
                POLICY,
                fps,
                60,
                t -> t < 5
                        ? Seen.attentive()
                        : t < 5 + hiddenS
                                ? Seen.attentive().cannotTell(Doubt.OCCLUDED)
                                : Seen.attentive().nobody());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 5})
    void shouldTellThatSomebodyLeftWhenTheFaceVanishedShortlyBeforeNobodyWasThere(double fps) {
        Alert alert = hiddenThenGone(fps, 3).alerts.get(0);
        assertThat(alert.startNs() / 1e9).isCloseTo(5, within(1 / fps));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 5})
    void shouldNotCountTheTimeInWhichAFaceWasHiddenForLongAsAbsence(double fps) {
        Judged judged = hiddenThenGone(fps, 20);
        assertThat(judged.opened()).containsExactly(AlertType.NO_FACE);
        assertThat(judged.alerts.get(0).startNs() / 1e9).isBetween(24.0, 26.0);
        assertThat(judged.alerts.get(0).evidence().timestampNs() / 1e9).isGreaterThan(26);
    }

    @Test
    void shouldNotOpenWhenAHiddenFaceHoldsStillForAMoment() {
        Judged judged = Judged.stream(
                POLICY,
                5,
                30,
                t -> t < 5
                        ? Seen.attentive()
                        : t % 5 < 0.5
                                ? Seen.attentive().nobody()
                                : Seen.attentive().cannotTell(Doubt.OCCLUDED));
        assertThat(judged.opened()).isEmpty();
    }

    @Test
    void shouldStillKnowWhenTheFaceWasHiddenAfterAMomentsOtherDoubt() {
        Judged judged = Judged.stream(
                POLICY,
                5,
                20,
                t -> t < 5
                        ? Seen.attentive()
                        : t < 7
                                ? Seen.attentive().cannotTell(Doubt.OCCLUDED)
                                : t < 7.4
                                        ? Seen.attentive().cannotTell(Doubt.ROTATED)
                                        : Seen.attentive().nobody());
        assertThat(judged.alerts.get(0).startNs() / 1e9).isCloseTo(5, within(0.2));
    }

    /** A face that is hidden, one frame without it, and then a long doubt about what may be a face. */
    @Test
    void shouldNotTakeALongDoubtForAbsenceWhenNobodyIsThereForTwoFrames() {
        Judged judged = Judged.stream(Policy.interview(), 5, 30, t -> {
            if (t < 5 || t > 20.3) {
                return Seen.attentive();
            }
            if (t < 7.9) {
                return Seen.attentive().cannotTell(Doubt.OCCLUDED);
            }
            boolean nobody = t < 8.1 || t > 19.9;
            return nobody ? Seen.attentive().nobody() : Seen.attentive().cannotTell(Doubt.ROTATED);
        });

        assertThat(judged.opened()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Doubt.class)
    void shouldNeverOpenWhenItCannotBeTold(Doubt doubt) {
        Judged judged = Judged.stream(POLICY, 5, 30, t -> Seen.attentive().cannotTell(doubt));
        assertThat(judged.opened()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = CameraState.class,
            names = {"BLACK", "COVERED", "DARK", "OVEREXPOSED"})
    void shouldNotOpenWhenThePictureShowsTooLittle(CameraState state) {
        Judged judged =
                Judged.stream(POLICY, 5, 30, t -> Seen.attentive().nobody().camera(state));
        assertThat(judged.opened()).doesNotContain(AlertType.NO_FACE);
    }

    @Test
    void shouldNotOpenWhenThePictureStandsStill() {
        Judged judged = Judged.stream(
                POLICY,
                5,
                30,
                t -> t < 10 ? Seen.attentive() : Seen.attentive().nobody().unchanged());
        assertThat(judged.opened()).containsExactly(AlertType.FROZEN_VIDEO);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 5, 30})
    void shouldNotOpenWhenTheAbsenceIsShorterThanTheHold(double fps) {
        assertThat(Judged.stream(POLICY, fps, 20, t -> absentBetween(t, 5, 6.2)).opened())
                .isEmpty();
    }

    @Test
    void shouldPassOverSingleFramesWhenTheDetectorSlips() {
        Judged slips = Judged.stream(
                POLICY, 5, 20, t -> Math.round(t * 5) % 10 == 0 ? Seen.attentive() : absentBetween(t, 5, 12));
        assertThat(slips.closed(AlertType.NO_FACE)).hasSize(1);
        Judged ghosts = Judged.stream(
                POLICY,
                5,
                20,
                t -> Math.round(t * 5) % 10 == 0 ? Seen.attentive().nobody() : Seen.attentive());
        assertThat(ghosts.opened()).isEmpty();
    }

    @Test
    void shouldNotLetALoneFrameProlongAnAlert() {
        Judged judged = Judged.stream(
                POLICY, 5, 20, t -> Math.abs(t - 10.6) < 0.01 ? Seen.attentive().nobody() : absentBetween(t, 5, 10));
        assertThat(judged.closed(AlertType.NO_FACE)).hasSize(1);
        assertThat(judged.closed(AlertType.NO_FACE).get(0).endNs() / 1e9).isCloseTo(10, within(0.11));
    }

    @Test
    void shouldGoOnWithTheEpisodeWhenTheConditionReturnsWithinTheMergeGap() {
        Judged judged = Judged.stream(POLICY, 5, 20, t -> absentBetween(t, 5, t < 8.5 ? 8 : 12));
        // Present from 8 to 8.5 only.
        assertThat(judged.closed(AlertType.NO_FACE)).hasSize(1);
        Judged apart = Judged.stream(POLICY, 5, 20, t -> absentBetween(t, t < 9.8 ? 5 : 9.8, t < 9.8 ? 8 : 13));
        assertThat(apart.closed(AlertType.NO_FACE)).hasSize(2);
    }

    @Test
    void shouldTellOfTheEndSoonWhenTheCandidateIsBack() {
        Judged judged = new Judged(POLICY).play(5, 0, 11.2, t -> absentBetween(t, 5, 10));
        assertThat(judged.closed(AlertType.NO_FACE)).hasSize(1);
    }

    @Test
    void shouldSurviveAShortStretchWithoutAnAnswerAndEndBeforeALongOne() {
        Judged shortOne = Judged.stream(
                POLICY,
                5,
                20,
                t -> t >= 8 && t < 10 ? Seen.attentive().cannotTell(Doubt.BLURRED) : absentBetween(t, 5, 15));
        assertThat(shortOne.closed(AlertType.NO_FACE)).hasSize(1);
        Judged longOne = Judged.stream(
                POLICY,
                5,
                20,
                t -> t >= 8 && t < 13 ? Seen.attentive().cannotTell(Doubt.BLURRED) : absentBetween(t, 5, 17));
        assertThat(longOne.closed(AlertType.NO_FACE)).hasSize(2);
        assertThat(longOne.closed(AlertType.NO_FACE).get(0).endNs()).isEqualTo(Judged.ns(7.8));
        assertThat(longOne.closed(AlertType.NO_FACE).get(1).startNs()).isEqualTo(Judged.ns(13));
    }

    @Test
    void shouldNotCountTimeAcrossAGapInTheStream() {
        Judged judged = new Judged(POLICY)
                .play(5, 0, 5, t -> absentBetween(t, 4.4, 5))
                .play(5, 9, 9.9, t -> Seen.attentive().nobody())
                .play(5, 9.9, 15, t -> Seen.attentive())
                .finish();
        assertThat(judged.opened()).containsExactly(AlertType.STREAM_GAP);
    }

    @Test
    void shouldWaitForTheCooldownWhenThePolicyHasOne() {
        Policy patient = POLICY.toBuilder()
                .rule(
                        AlertType.NO_FACE,
                        POLICY.rule(AlertType.NO_FACE)
                                .withHold(Duration.ofMillis(1000))
                                .withEnd(Duration.ofMillis(400), Duration.ofMillis(400))
                                .withCooldown(Duration.ofSeconds(10)))
                .build();
        Judged judged = Judged.stream(patient, 5, 40, t -> absentBetween(t, t < 15 ? 5 : 16, t < 15 ? 10 : 19));
        assertThat(judged.closed(AlertType.NO_FACE)).hasSize(1);
        Judged lasting = Judged.stream(patient, 5, 40, t -> absentBetween(t, t < 15 ? 5 : 16, t < 15 ? 10 : 25));
        assertThat(lasting.closed(AlertType.NO_FACE)).hasSize(2);
        Alert second = lasting.closed(AlertType.NO_FACE).get(1);
        assertThat(second.startNs()).isEqualTo(Judged.ns(15.9));
        assertThat(second.evidence().timestampNs()).isGreaterThanOrEqualTo(Judged.ns(19.9));
    }

    @Test
    void shouldOpenOnTheFirstFrameWhenThereIsNoHold() {
        Policy eager = POLICY.toBuilder()
                .rule(AlertType.NO_FACE, POLICY.rule(AlertType.NO_FACE).withHold(Duration.ZERO))
                .build();
        Judged judged = Judged.stream(eager, 1, 1, t -> Seen.attentive().nobody());
        assertThat(judged.opened()).containsExactly(AlertType.NO_FACE);
    }

    @Test
    void shouldSayThatABodyIsSeenWhenTheDetectorSeesOne() {
        Judged judged = Judged.stream(
                POLICY,
                5,
                10,
                t -> Seen.attentive().nobody().presence(Judged.ns(Math.floor(t)), t % 1 == 0, 1, null, 0));
        Alert alert = judged.closed(AlertType.NO_FACE).get(0);
        assertThat(alert.message()).isEqualTo("No face is in the picture, though a person is seen");
        assertThat(alert.details()).isEqualTo(Map.of("body", "seen"));
    }

    @Test
    void shouldSayNothingWhenTheKindIsOff() {
        Policy off = POLICY.toBuilder()
                .rule(AlertType.NO_FACE, POLICY.rule(AlertType.NO_FACE).off())
                .build();
        Judged judged = Judged.stream(off, 5, 20, t -> Seen.attentive().nobody());
        assertThat(judged.alerts).isEqualTo(List.of());
        assertThat(judged.rules.openAlerts()).isEmpty();
    }

    @Test
    void shouldCloseAtTheLastFrameAndOnlyOnceWhenTheSessionEnds() {
        Judged judged = Judged.stream(POLICY, 5, 10, t -> absentBetween(t, 5, 99));
        assertThat(judged.closed(AlertType.NO_FACE))
                .singleElement()
                .satisfies(alert -> assertThat(alert.endNs()).isEqualTo(Judged.ns(9.8)));
        assertThat(judged.rules.finish().alerts()).isEmpty();
    }
}
