package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.Attention;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.Modality;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.testdata.TestSeed;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookAwayRuleTest {
    private static final Policy POLICY = Policy.interview();

    private static Judged at(Seen seen, double from, double to) {
        return Judged.stream(POLICY, 5, 20, t -> t >= from && t < to ? seen : Seen.attentive());
    }

    private static void expect(Seen seen, Direction direction, Modality modality) {
        Judged judged = at(seen, 8, 12);
        assertThat(judged.opened()).containsExactly(AlertType.EYES_LOOKING_AWAY);
        Alert alert = judged.closed(AlertType.EYES_LOOKING_AWAY).get(0);
        assertThat(alert.details())
                .isEqualTo(Map.of("direction", direction.wireName(), "modality", modality.wireName()));
        assertThat(alert.startNs() / 1e9).isCloseTo(8, within(0.11));
        assertThat(alert.endNs() / 1e9).isCloseTo(12, within(0.11));
    }

    @Test
    void shouldTellDirectionAndModality() {
        expect(Seen.attentive().head(30, 5), Direction.IMAGE_RIGHT, Modality.HEAD);
        expect(Seen.attentive().head(-30, 5), Direction.IMAGE_LEFT, Modality.HEAD);
        expect(Seen.attentive().eyes(18, 7), Direction.IMAGE_RIGHT, Modality.EYES);
        expect(Seen.attentive().eyes(-18, 7), Direction.IMAGE_LEFT, Modality.EYES);
        expect(Seen.attentive().head(15, 5).eyes(10, 7), Direction.IMAGE_RIGHT, Modality.EYES);
        expect(Seen.attentive().head(50, 5).eyesUnread(Doubt.ROTATED), Direction.IMAGE_RIGHT, Modality.HEAD);
    }

    @Test
    void shouldNotCallItAwayWhenTheEyesStayOnTheScreen() {
        assertThat(at(Seen.attentive().head(27, 5).eyes(-22, 7), 8, 12).opened())
                .isEmpty();
        assertThat(at(Seen.attentive().head(-18, 5).eyes(17, 7), 8, 12).opened())
                .isEmpty();
    }

    @Test
    void shouldLetUpAndDownCountOnlyWhenThePolicySaysSo() {
        Seen down = Seen.attentive().head(1, -25);
        assertThat(at(down, 8, 12).opened()).isEmpty();
        Judged strict = Judged.stream(Policy.closedBook(), 5, 20, t -> t >= 8 && t < 12 ? down : Seen.attentive());
        assertThat(strict.closed(AlertType.EYES_LOOKING_AWAY))
                .singleElement()
                .satisfies(alert -> assertThat(alert.details()).containsEntry("direction", "down"));
    }

    @Test
    void shouldGiveAttentionAsAnglesFromTheNeutral() {
        Judged judged = new Judged(POLICY).play(5, 0, 5, t -> Seen.attentive());
        assertThat(judged.attention().reading().answer()).isEqualTo(Answer.ABSENT);
        judged.play(5, 5, 8, t -> Seen.attentive().head(31, 9));
        Attention attention = judged.attention();
        assertThat(attention.reading().answer()).isEqualTo(Answer.PRESENT);
        assertThat(attention.direction()).isEqualTo(Direction.IMAGE_RIGHT);
        assertThat(attention.headYawDeg()).isCloseTo(30, within(0.1));
        assertThat(attention.headPitchDeg()).isCloseTo(4, within(0.1));
        assertThat(attention.eyeYawDeg()).isCloseTo(0, within(0.1));
    }

    @Test
    void shouldSetTheNeutralOnceAndSaySo() {
        Judged judged = Judged.stream(POLICY, 5, 30, t -> Seen.attentive());
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).singleElement().satisfies(event -> {
            assertThat(event.startNs()).isZero();
            assertThat(event.endNs()).isLessThanOrEqualTo(Judged.ns(2));
            assertThat(event.message()).contains("head yaw 1.0", "eyes yaw -1.0");
        });
        assertThat(judged.attentions.get(0)).isEqualTo(Attention.cannotTell(Doubt.UNCALIBRATED));
    }

    @Test
    void shouldSayOnceThatNoNeutralCouldBeSet() {
        Judged restless = Judged.stream(POLICY, 5, 60, t -> Seen.attentive().head(12 * Math.sin(3 * t), 5));
        assertThat(restless.events(SessionEvent.Kind.CALIBRATED)).isEmpty();
        assertThat(restless.events(SessionEvent.Kind.NOT_CALIBRATED))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("move too much"));
        Judged aside = Judged.stream(POLICY, 5, 60, t -> Seen.attentive().head(20, 5));
        assertThat(aside.events(SessionEvent.Kind.NOT_CALIBRATED))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("turned too far"));
        assertThat(aside.opened()).isEmpty();
    }

    @Test
    void shouldNotTakeEyesThatLookAsideForANeutral() {
        Judged judged =
                Judged.stream(POLICY, 5, 20, t -> t < 8 ? Seen.attentive().eyes(-20, 7) : Seen.attentive());
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED))
                .extracting(SessionEvent::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("the eyes have none yet"),
                        second -> assertThat(second).contains("eyes yaw -1.0"));
        assertThat(judged.opened()).isEmpty();
    }

    @Test
    void shouldNotTellBeforeTheNeutralIsKnown() {
        Judged judged = Judged.stream(
                Policy.closedBook(), 5, 12, t -> Seen.attentive().head(34, 13).eyesUnread(Doubt.TOO_SMALL));
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.attentions).containsOnly(Attention.cannotTell(Doubt.UNCALIBRATED), judged.attention());
    }

    @Test
    void shouldCallItAwayWithLessConfidenceWhenThePolicyAsksForItBeforeTheNeutralIsKnown() {
        Judged judged = Judged.stream(
                Policy.strict(), 5, 12, t -> Seen.attentive().head(34, 13).eyesUnread(Doubt.TOO_SMALL));
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).isEmpty();
        Alert alert = judged.closed(AlertType.EYES_LOOKING_AWAY).get(0);
        assertThat(alert.startNs()).isZero();
        assertThat(alert.details()).containsEntry("direction", "image_right");
        assertThat(alert.confidence()).isLessThan(0.6);
    }

    @Test
    void shouldKeepOneAlertWhenTheDirectionChanges() {
        Judged judged = Judged.stream(POLICY, 5, 30, t -> {
            Seen seen = Seen.attentive();
            return t < 10 || t > 18 ? seen : seen.head(t < 13 ? -35 : 35, 5);
        });
        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY)).singleElement().satisfies(alert -> {
            assertThat(alert.details()).containsEntry("direction", "image_right");
            assertThat(alert.endNs() / 1e9).isCloseTo(18, within(0.2));
        });
    }

    /** One look of this length, beginning at each of twenty moments between two frames: how many were told. */
    private static long toldOf(Seen away, double fps, double lookS) {
        long told = 0;
        for (int phase = 0; phase < 20; phase++) {
            double from = 8 + phase / (20 * fps);
            Judged judged =
                    Judged.stream(POLICY, fps, 20, t -> t >= from && t < from + lookS ? away : Seen.attentive());
            told += judged.opened().size();
        }
        return told;
    }

    /** The hold is 1.5 s. */
    @ParameterizedTest
    @ValueSource(doubles = {5, 10, 15, 30})
    void shouldCountTheHoldByTheLookItself(double fps) {
        for (Seen away : List.of(Seen.attentive().head(40, 5), Seen.attentive().eyes(22, 7))) {
            assertThat(toldOf(away, fps, 1.3)).isZero();
            assertThat(toldOf(away, fps, 1.8)).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 15, 30})
    void shouldTellOfALookAsideInWhichTheCandidateBlinksAndTheHeadSlips(double fps) {
        Judged judged = Judged.stream(POLICY, fps, 20, t -> {
            if (t < 8 || t >= 12) {
                return Seen.attentive();
            }
            // On two frames of five the head is not quite aside.
            Seen aside = Seen.attentive().head(Math.round(t * fps) % 5 < 2 ? 17 : 30, 5);
            return t % 1 < 0.2 ? aside.eyesUnread(Doubt.OCCLUDED) : aside;
        });

        assertThat(judged.alerts.get(0).phase()).isEqualTo(AlertPhase.OPENED);
        assertThat(judged.alerts.get(0).endNs()).isLessThanOrEqualTo(Judged.ns(10));
        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY)).hasSize(1);
    }

    @Test
    void shouldFollowAPostureThatChangesSlowly() {
        Judged judged = Judged.stream(POLICY, 5, 300, t -> Seen.attentive().head(1 + Math.min(4, t / 60), 5));
        judged.rules.finish();
        Attention last = judged.attentions.get(judged.attentions.size() - 2);
        assertThat(Math.abs(last.headYawDeg())).isLessThan(1);
    }

    @Test
    @Timeout(60)
    void shouldRaiseNothingWhenACandidateBlinksAndTalksForTenMinutes() {
        long seed = TestSeed.value();
        System.out.println("LookAwayRuleTest seed " + seed);
        for (double fps : new double[] {2, 5, 30}) {
            Random random = new Random(seed);
            Judged judged = Judged.stream(POLICY, fps, 600, t -> {
                double nod = 4 * Math.sin(1.3 * t) + random.nextGaussian();
                double turn = 8 * Math.sin(0.7 * t) + random.nextGaussian();
                Seen seen = Seen.attentive().head(turn, 5 + nod).eyes(-0.7 * turn + 2 * random.nextGaussian(), 7);
                if (t % 3.1 < 0.25) {
                    seen.eyesUnread(Doubt.OCCLUDED);
                }
                // Slips of single frames.
                if (t % 7.3 < 1 / fps) {
                    seen.eyes(30, 7);
                }
                return seen;
            });
            assertThat(judged.opened()).isEmpty();
        }
    }

    @Test
    void shouldSayNothingWhenThePictureIsHiddenOrTheKindIsOff() {
        Judged black = at(Seen.attentive().head(40, 5).camera(CameraState.BLACK), 8, 12);
        assertThat(black.opened()).containsExactly(AlertType.BLACK_SCREEN);
        Judged off =
                Judged.stream(Policy.openBook(), 5, 20, t -> Seen.attentive().head(t < 5 ? 0 : 40, 5));
        assertThat(off.opened()).isEmpty();
        assertThat(off.attentions.get(90)).isEqualTo(Attention.cannotTell(Doubt.NOT_EVALUATED));
    }
}
