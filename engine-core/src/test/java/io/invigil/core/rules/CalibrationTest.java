package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.Attention;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The neutral: what sets it, what makes it void, and that nobody is blamed in between. */
class CalibrationTest {
    private static final Policy POLICY = Policy.closedBook();

    private static CalibrationTarget target(double from, double to, double x, double y) {
        return new CalibrationTarget(Judged.ns(from), Judged.ns(to), x, y);
    }

    /** A screen beside the camera, 24 degrees of gaze wide: the head does a third of it, the eyes the rest. */
    private static Seen lookingAt(double xShare) {
        double gaze = -24 * (xShare - 0.5);
        return Seen.attentive().head(20 + gaze / 3, 5).eyes(-4 + gaze * 2 / 3, 7);
    }

    @Test
    void shouldSetTheNeutralFromShownPointsThoughTheCameraStandsAside() {
        Judged judged = new Judged(POLICY);
        double[] points = {0.05, 0.5, 0.95};
        for (int i = 0; i < 3; i++) {
            judged.signal(target(1 + 2 * i, 3 + 2 * i, points[i], 0.5));
        }
        judged.play(5, 0, 7.4, t -> lookingAt(t < 1 ? 0.5 : points[Math.min(2, (int) ((t - 1) / 2))]));
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("head yaw 20.0", "from 3 shown points"));
        judged.play(5, 7.4, 30, t -> lookingAt(0.5));
        assertThat(judged.attention().reading().answer()).isEqualTo(Answer.ABSENT);
        assertThat(judged.attention().headYawDeg()).isCloseTo(0, within(0.5));
        judged.play(5, 30, 34, t -> lookingAt(-1.2)).finish();
        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY)).hasSize(1);
    }

    @Test
    void shouldNotCallTheEdgeOfAWideScreenAway() {
        // A screen of 46 degrees: its edges lie beyond the policy's limits.
        java.util.function.DoubleFunction<Seen> wide =
                x -> Seen.attentive().head(1 - 20 * (x - 0.5), 5).eyes(-1 - 26 * (x - 0.5), 7);
        Judged told = new Judged(POLICY);
        double[] points = {0, 0.5, 1};
        for (int i = 0; i < 3; i++) {
            told.signal(target(1 + 2 * i, 3 + 2 * i, points[i], 0.5));
        }
        told.play(5, 0, 9, t -> wide.apply(t < 1 || t >= 7 ? 0.5 : points[(int) ((t - 1) / 2)]));
        told.play(5, 9, 20, t -> wide.apply(1)).finish();
        assertThat(told.opened()).isEmpty();
        Judged untold = new Judged(POLICY).play(5, 0, 9, t -> wide.apply(0.5));
        untold.play(5, 9, 20, t -> wide.apply(1)).finish();
        assertThat(untold.opened()).containsExactly(AlertType.EYES_LOOKING_AWAY);
    }

    /** Points of two seconds each, with a pause after each; what is seen while each is shown, and at the middle otherwise. */
    private static Judged run(double pauseS, Seen... seen) {
        double[] across = {0.05, 0.95, 0.5, 0.25};
        Judged judged = new Judged(POLICY);
        double stepS = 2 + pauseS;
        for (int i = 0; i < seen.length; i++) {
            judged.signal(target(1 + stepS * i, 3 + stepS * i, across[i], 0.5));
        }
        judged.play(15, 0, 1 + stepS * seen.length + 5, t -> {
            int i = (int) Math.floor((t - 1) / stepS);
            boolean shown = i >= 0 && i < seen.length && t - 1 - i * stepS <= 2;
            return shown ? seen[i] : lookingAt(0.5);
        });
        return judged;
    }

    @Test
    void shouldSetTheNeutralFromTheAcceptedPointsWhenTheLastIsRejected() {
        Judged judged = run(
                0,
                lookingAt(0.05),
                lookingAt(0.95),
                lookingAt(0.5),
                Seen.attentive().nobody());

        assertThat(judged.events(SessionEvent.Kind.NOT_CALIBRATED)).hasSize(1);
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("head yaw 20.0", "from 3 shown points"));
        assertThat(judged.attention().reading().answer()).isEqualTo(Answer.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 1.8})
    void shouldSetTheNeutralOnceWhenThereArePausesBetweenThePoints(double pauseS) {
        Judged judged = run(pauseS, lookingAt(0.05), lookingAt(0.95), lookingAt(0.5), lookingAt(0.25));

        assertThat(judged.events(SessionEvent.Kind.CALIBRATED))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("head yaw 20.0", "from 4 shown points"));
    }

    @Test
    void shouldNotSetTheSameNeutralAgainWhenAFurtherPointIsRejected() {
        Judged judged = run(0, lookingAt(0.05), lookingAt(0.95));
        judged.signal(target(12, 13, 0.5, 0.5));
        judged.play(15, 12, 16, t -> Seen.attentive().nobody());

        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).hasSize(1);
    }

    @Test
    void shouldRejectAShownPointWithAReasonWhenTheCandidateDoesNotLookStill() {
        Judged judged = new Judged(POLICY);
        judged.signal(target(4, 6, 0.5, 0.5));
        judged.play(
                5,
                0,
                10,
                t -> t < 4 || t > 6 ? Seen.attentive() : Seen.attentive().head(14 * Math.sin(5 * t), 5));
        judged.signal(target(11, 13, 0.25, 0.5));
        judged.play(
                5,
                10,
                20,
                t -> t < 11 || t > 13 ? Seen.attentive() : Seen.attentive().nobody());
        assertThat(judged.events(SessionEvent.Kind.NOT_CALIBRATED))
                .extracting(SessionEvent::message)
                .containsExactly(
                        "Rejected the calibration point at 50 % across and 50 % down: the head or the eyes move too much",
                        "Rejected the calibration point at 25 % across and 50 % down: too few frames show one face clearly");
        assertThat(judged.attention().reading().answer())
                .as("the neutral found before still holds")
                .isEqualTo(Answer.ABSENT);
    }

    @Test
    void shouldTellAMovedCameraOnceAndLookForTheNeutralAfresh() {
        Judged judged = Judged.stream(POLICY, 5, 60, t -> {
            if (t < 20) {
                return Seen.attentive();
            }
            // Since then the camera sees the candidate from aside.
            Seen aside = Seen.attentive().head(13, 16).eyes(-3, 4);
            return t < 22.4 ? aside.view(0, 0.15, -0.03) : aside.view(1, 0, 0);
        });
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.CAMERA_MOVED))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.startNs() / 1e9).isCloseTo(20, within(0.3));
                    assertThat(event.endNs() / 1e9).isLessThan(23);
                    assertThat(event.message()).contains("15 % of the picture sideways");
                });
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).hasSize(2);
    }

    /** Whoever looks at pictures after a resume numbers views from the beginning; the rules know the last number. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void shouldNotTakeViewsNumberedAfreshAfterAResumeForAnotherScene(int viewBefore) {
        Judged judged = new Judged(POLICY).play(5, 0, 30, t -> Seen.attentive().view(viewBefore, 0, 0));
        SessionRules resumed = SessionRules.restore(POLICY, judged.rules.snapshot());
        List<SessionEvent> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Seen aside = Seen.attentive().head(28, 5).view(0, 0, 0);
            events.addAll(
                    resumed.observe(aside.at(200 + i, Judged.ns(35 + i / 5.0))).events());
        }

        assertThat(events).extracting(SessionEvent::kind).doesNotContain(SessionEvent.Kind.CAMERA_MOVED);
        assertThat(resumed.openAlerts()).extracting(Alert::type).containsExactly(AlertType.EYES_LOOKING_AWAY);
    }

    @Test
    void shouldNeitherStormNorBlameWhenTheCameraIsHeldInAHand() {
        Judged judged = Judged.stream(POLICY, 5, 120, t -> {
            double sway = 0.12 * Math.sin(0.9 * t);
            return Seen.attentive().head(1 + 60 * sway, 5).view((int) (t / 3), sway, 0.05 * Math.cos(1.3 * t));
        });
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.CAMERA_MOVED)).hasSizeBetween(1, 12);
    }

    @Test
    void shouldNotTakeALongTurnOfTheHeadForAMovedCamera() {
        Judged judged = Judged.stream(
                POLICY,
                5,
                60,
                t -> t < 20 || t > 50 ? Seen.attentive() : Seen.attentive().head(32, 5));
        assertThat(judged.events(SessionEvent.Kind.CAMERA_MOVED)).isEmpty();
        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY))
                .singleElement()
                .satisfies(alert ->
                        assertThat((alert.endNs() - alert.startNs()) / 1e9).isCloseTo(30, within(0.5)));
    }

    @Test
    void shouldNotHoldAnotherPersonAgainstTheNeutralOfTheOneBefore() {
        // A cut within the same room: the followed face is suddenly a fifth smaller, and looks up.
        Judged cut = Judged.stream(
                POLICY,
                5,
                20,
                t -> t < 10
                        ? Seen.attentive().face(1, 250, 100, 120)
                        : Seen.attentive().face(1, 258, 112, 92).head(-10, 24.5));
        assertThat(cut.opened()).isEmpty();
        assertThat(cut.attentions.get(51)).isEqualTo(Attention.cannotTell(Doubt.UNCALIBRATED));
        assertThat(cut.events(SessionEvent.Kind.CALIBRATED)).hasSize(2);
        // Somebody else sits down elsewhere.
        Judged changed = Judged.stream(POLICY, 5, 30, t -> {
            if (t < 10) {
                return Seen.attentive();
            }
            return t < 12
                    ? Seen.attentive().nobody()
                    : Seen.attentive().face(2, 420, 160, 90).head(14, -18);
        });
        assertThat(changed.closed(AlertType.EYES_LOOKING_AWAY)).isEmpty();
    }

    @Test
    void shouldKeepTheNeutralWhenTheSamePersonIsLostForAMoment() {
        Judged judged = Judged.stream(POLICY, 5, 30, t -> {
            if (t >= 10 && t < 11.5) {
                return Seen.attentive().cannotTell(Doubt.ROTATED);
            }
            return t < 11.5 || t > 15
                    ? Seen.attentive()
                    : Seen.attentive().face(2, 262, 104, 116).head(32, 5);
        });
        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY)).hasSize(1);
    }

    @Test
    void shouldNotSetANeutralFromAPoorPictureAndSayWhy() {
        Judged judged = Judged.stream(POLICY, 5, 20, t -> Seen.attentive().camera(CameraState.BLURRED));
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.NOT_CALIBRATED))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("the picture is too poor"));
    }

    @Test
    void shouldNeverTellByThePitchAloneUnlessThePolicyAsks() {
        for (Policy policy : Policy.presets()) {
            Judged judged = Judged.stream(
                    policy,
                    5,
                    30,
                    t -> t < 10 || t > 20 ? Seen.attentive() : Seen.attentive().head(1, -30));
            assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY))
                    .as(policy.name())
                    .extracting(Alert::type)
                    .hasSize(policy.lookAway().vertical() ? 1 : 0);
        }
    }
}
