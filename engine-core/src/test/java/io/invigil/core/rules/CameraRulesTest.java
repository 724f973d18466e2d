package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.ErrorCode;
import io.invigil.api.Judgement;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.core.sight.Sight;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraRulesTest {
    private static final Policy POLICY = Policy.interview();

    private static Seen camera(double t, CameraState state) {
        Seen seen = Seen.attentive();
        return t >= 10 && t < 15 ? seen.camera(state).cannotTell(Doubt.COVERED) : seen;
    }

    @Test
    void shouldSayWhyThePictureIsBlack() {
        for (CameraState state : new CameraState[] {CameraState.BLACK, CameraState.COVERED, CameraState.DARK}) {
            Judged judged = Judged.stream(POLICY, 5, 25, t -> camera(t, state));
            assertThat(judged.opened()).containsExactly(AlertType.BLACK_SCREEN);
            Alert alert = judged.closed(AlertType.BLACK_SCREEN).get(0);
            assertThat(alert.details()).isEqualTo(Map.of("cause", state.wireName()));
            assertThat(alert.startNs() / 1e9).isCloseTo(10, within(0.11));
            assertThat(alert.endNs() / 1e9).isCloseTo(15, within(0.11));
            assertThat(judged.events(SessionEvent.Kind.QUALITY)).hasSize(1);
        }
    }

    @Test
    void shouldNotOpenWhenAFaceIsSeenInTheDark() {
        Judged judged = Judged.stream(POLICY, 5, 25, t -> Seen.attentive().camera(CameraState.DARK));
        assertThat(judged.opened()).isEmpty();
        Judged darker = Judged.stream(
                POLICY, 5, 25, t -> Seen.attentive().camera(CameraState.DARK).brightness(8));
        assertThat(darker.opened()).containsExactly(AlertType.BLACK_SCREEN);
    }

    @Test
    void shouldChangeTheCauseInTheSameAlertWhenItChanges() {
        Judged judged = Judged.stream(
                POLICY,
                5,
                30,
                t -> t < 10
                        ? Seen.attentive()
                        : Seen.attentive()
                                .cannotTell(Doubt.COVERED)
                                .camera(t < 13 ? CameraState.COVERED : CameraState.BLACK));
        assertThat(judged.alerts)
                .extracting(Alert::phase)
                .containsExactly(AlertPhase.OPENED, AlertPhase.UPDATED, AlertPhase.CLOSED);
        assertThat(judged.alerts.get(0).details()).containsEntry("cause", "covered");
        assertThat(judged.alerts.get(1).details()).containsEntry("cause", "black");
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 20})
    void shouldGiveOneFrozenAlertWhenKeyFramesStir(double fps) {
        Judged judged = Judged.stream(
                POLICY,
                fps,
                30,
                t -> t >= 10 && t < 18 && Math.round(t * fps) % (2 * fps) != 3
                        ? Seen.attentive().unchanged()
                        : Seen.attentive());
        assertThat(judged.opened()).containsExactly(AlertType.FROZEN_VIDEO);
        assertThat(judged.closed(AlertType.FROZEN_VIDEO)).hasSize(1);
    }

    @Test
    void shouldNotCallABlackPictureFrozen() {
        Judged judged = Judged.stream(
                POLICY,
                5,
                30,
                t -> Seen.attentive()
                        .cannotTell(Doubt.COVERED)
                        .camera(CameraState.BLACK)
                        .unchanged());
        assertThat(judged.opened()).containsExactly(AlertType.BLACK_SCREEN);
    }

    @Test
    void shouldNotCallASlowCameraFrozenWhenEveryOtherFrameRepeats() {
        Judged judged = Judged.stream(POLICY, 30, 30, t -> {
            Seen seen = t < 10 ? Seen.attentive() : Seen.attentive().nobody();
            return Math.round(t * 30) % 2 == 0 ? seen : seen.unchanged();
        });
        assertThat(judged.opened()).containsExactly(AlertType.NO_FACE);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 6, 15})
    void shouldNotCallACameraFrozenThatIsSeveralTimesSlowerThanTheStream(int frames) {
        Judged judged = Judged.stream(POLICY, 30, 30, t -> {
            Seen seen = t < 10 ? Seen.attentive() : Seen.attentive().nobody();
            return Math.round(t * 30) % frames == 0 ? seen : seen.unchanged();
        });
        assertThat(judged.opened()).containsExactly(AlertType.NO_FACE);
        assertThat(judged.closed(AlertType.NO_FACE).get(0).startNs() / 1e9).isCloseTo(10, within(0.6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 5})
    void shouldCallAPictureFrozenThatWasCodedAnewOnItsWay(double fps) {
        Judged judged = Judged.stream(
                POLICY,
                fps,
                30,
                t -> t >= 10 && t < 20 ? Seen.attentive().change(0.03, 0.5).motion(0.7) : Seen.attentive());
        assertThat(judged.opened()).containsExactly(AlertType.FROZEN_VIDEO);
        assertThat(judged.closed(AlertType.FROZEN_VIDEO).get(0).startNs() / 1e9).isCloseTo(10, within(1 / fps + 0.01));
    }

    @Test
    void shouldCallASlowCameraFrozenOnceItGivesNoMorePictures() {
        Judged judged = Judged.stream(
                POLICY,
                30,
                30,
                t -> Math.round(t * 30) % 6 == 0 && (t < 10 || t >= 20)
                        ? Seen.attentive()
                        : Seen.attentive().unchanged());
        assertThat(judged.opened()).containsExactly(AlertType.FROZEN_VIDEO);
        assertThat(judged.closed(AlertType.FROZEN_VIDEO).get(0).startNs() / 1e9).isCloseTo(10, within(0.3));
        assertThat(judged.closed(AlertType.FROZEN_VIDEO).get(0).endNs() / 1e9).isCloseTo(20, within(1.0));
    }

    @Test
    void shouldNotCallAPictureFrozenForAFaceOfWhichNoLifeWasSeen() {
        Judged poster = Judged.stream(
                POLICY,
                5,
                30,
                t -> t < 10
                        ? Seen.attentive()
                        : Seen.attentive()
                                .face(2, 400, 50, 80)
                                .change(0.03, 0.5)
                                .motion(0.3));
        assertThat(poster.opened()).doesNotContain(AlertType.FROZEN_VIDEO);
        Judged foundAnew = Judged.stream(
                POLICY,
                5,
                30,
                t -> t < 10
                        ? Seen.attentive()
                        : Seen.attentive()
                                .face((int) Math.round(t * 5), 250, 100, 120)
                                .change(0.03, 0.5)
                                .motion(0));
        assertThat(foundAnew.opened()).doesNotContain(AlertType.FROZEN_VIDEO);
    }

    @Test
    void shouldNotCallAPictureFrozenWhenOnlyCodingHoldsItStill() {
        assertThat(Judged.stream(
                                POLICY,
                                5,
                                30,
                                t -> Seen.attentive().change(0.03, 0.5).motion(2))
                        .opened())
                .isEmpty();
        assertThat(Judged.stream(
                                POLICY,
                                5,
                                30,
                                t -> t < 10
                                        ? Seen.attentive()
                                        : Seen.attentive().nobody().change(0.03, 0.5))
                        .opened())
                .containsExactly(AlertType.NO_FACE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 15})
    void shouldSeeAgainAtOnceWhenALongFreezeIsOver(double fps) {
        Judged judged = Judged.stream(POLICY, fps, 340, t -> {
            Seen seen = t < 310 ? Seen.attentive() : Seen.attentive().nobody();
            return t >= 10 && t < 310 ? seen.unchanged() : seen;
        });

        assertThat(judged.opened()).containsExactly(AlertType.FROZEN_VIDEO, AlertType.NO_FACE);
        assertThat(judged.closed(AlertType.FROZEN_VIDEO).get(0).endNs() / 1e9).isCloseTo(310, within(1.0));
        assertThat(judged.closed(AlertType.NO_FACE).get(0).startNs() / 1e9).isBetween(309.0, 313.0);
    }

    @Test
    void shouldTellOfAGapAtOnce() {
        Judged judged = new Judged(POLICY)
                .play(5, 0, 5, t -> Seen.attentive())
                .play(5, 9, 12, t -> Seen.attentive())
                .finish();
        assertThat(judged.alerts).extracting(Alert::phase).containsExactly(AlertPhase.OPENED, AlertPhase.CLOSED);
        Alert gap = judged.closed(AlertType.STREAM_GAP).get(0);
        assertThat(gap.startNs()).isEqualTo(Judged.ns(4.8));
        assertThat(gap.endNs()).isEqualTo(Judged.ns(9));
        assertThat(gap.message()).isEqualTo("No frame arrived for 4.2 s");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.4})
    void shouldNotCallASlowStreamInterrupted(double fps) {
        Judged judged = Judged.stream(POLICY, fps, 600, t -> Seen.attentive());
        assertThat(judged.opened()).isEmpty();
        Policy patient = POLICY.toBuilder()
                .rule(AlertType.STREAM_GAP, POLICY.rule(AlertType.STREAM_GAP).withHold(Duration.ofSeconds(10)))
                .build();
        assertThat(Judged.stream(patient, 0.2, 600, t -> Seen.attentive()).opened())
                .isEmpty();
    }

    /** Ten frames a second arrive, of which one in two and a half seconds is analysed. */
    @Test
    void shouldNotCallASampledStreamBlindOrInterrupted() {
        Judged judged = new Judged(POLICY);
        for (int i = 0; i < 40; i++) {
            judged.take(Seen.attentive().at(25L * i, Judged.ns(2.5 * i)));
        }
        judged.finish();

        assertThat(judged.opened()).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.BLIND)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 40})
    void shouldTellOfAGapAfterTheFirstFrameWhenTheStreamTurnsOutNotToBeSlow(long indexStep) {
        Judged judged = new Judged(POLICY);
        judged.take(Seen.attentive().at(0, 0));
        judged.take(Seen.attentive().at(indexStep, Judged.ns(8)));
        SessionRules restored = SessionRules.restore(POLICY, judged.rules.snapshot());
        assertThat(judged.alerts).isEmpty();

        Judgement told = restored.observe(Seen.attentive().at(indexStep + 1, Judged.ns(8.2)));

        if (indexStep == 1) {
            assertThat(told.alerts()).extracting(Alert::phase).containsExactly(AlertPhase.OPENED, AlertPhase.CLOSED);
            assertThat(told.alerts().get(1).message()).isEqualTo("No frame arrived for 8.0 s");
            assertThat(told.alerts().get(1).endNs()).isEqualTo(Judged.ns(8));
        } else {
            assertThat(told.alerts()).isEmpty();
            assertThat(told.events())
                    .extracting(SessionEvent::message)
                    .containsExactly("Frames arrived for 8.0 s but none was analysed");
            assertThat(told.events().get(0).endNs()).isEqualTo(Judged.ns(8));
        }
    }

    @Test
    void shouldTellOfEachGapWhenAConnectionStuttersAtItsStart() {
        Judged judged = new Judged(POLICY);
        int frame = 0;
        for (double t : new double[] {0, 8, 11, 11.2, 11.4, 11.6, 11.8}) {
            judged.take(Seen.attentive().at(frame++, Judged.ns(t)));
        }
        judged.finish();

        assertThat(judged.closed(AlertType.STREAM_GAP))
                .extracting(Alert::message)
                .containsExactly("No frame arrived for 8.0 s", "No frame arrived for 3.0 s");
    }

    /** The second of two gaps is known to be one before the first, which is told then all the same. */
    @Test
    void shouldTellOfAnEarlyGapAfterALaterOneWhenItIsKnownOnlyThen() {
        Judged judged = new Judged(POLICY);
        int frame = 0;
        for (double t : new double[] {0, 5, 13, 15, 15.2, 15.4}) {
            judged.take(Seen.attentive().at(frame++, Judged.ns(t)));
        }
        judged.finish();

        assertThat(judged.closed(AlertType.STREAM_GAP))
                .extracting(Alert::message)
                .containsExactly("No frame arrived for 8.0 s", "No frame arrived for 5.0 s");
    }

    @Test
    void shouldSayNothingOfThePresentWhenOneKeyFrameStirsAStillPictureAfterAFrameThatFailed() {
        FrozenVideoRule rule = new FrozenVideoRule();
        Moment now = new Moment();
        Sight sight = new Sight();
        for (int i = 0; i < 60; i++) {
            Seen seen = i == 0 ? Seen.attentive() : Seen.attentive().unchanged();
            sight.set(seen.at(i, Judged.ns(i)));
            rule.look(now.at(i, Judged.ns(i), false), sight);
        }
        rule.skip(now.at(60, Judged.ns(60), false));
        sight.set(Seen.attentive().at(61, Judged.ns(61)));
        rule.look(now.at(61, Judged.ns(61), false), sight);
        assertThat(rule.isStale(Judged.ns(61))).isTrue();

        sight.set(Seen.attentive().at(62, Judged.ns(62)));
        rule.look(now.at(62, Judged.ns(62), false), sight);
        assertThat(rule.isStale(Judged.ns(62))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCLEAR", "COVERED", "TOO_CLOSE", "OCCLUDED", "ROTATED", "BACKLIT", "TOO_SMALL"})
    void shouldTellWhyNoFaceCouldBeSeenThoughTheCameraIsFine(Doubt doubt) {
        Judged judged = Judged.stream(
                POLICY, 5, 30, t -> t < 10 ? Seen.attentive() : Seen.attentive().cannotTell(doubt));
        assertThat(judged.events(SessionEvent.Kind.QUALITY))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).endsWith("for 19.8 s"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayNothingOfTheTimeBetweenWhenOneFrameFailsAfterAPauseOrAGap(boolean paused) {
        Judged judged = new Judged(POLICY).play(5, 0, 10, t -> Seen.attentive().camera(CameraState.BLURRED));
        if (paused) {
            judged.signal(new Pause(Judged.ns(10), true));
            judged.signal(new Pause(Judged.ns(1800), false));
        }
        judged.fail(1800, "FRAME_DECODE");
        judged.play(5, 1800.2, 1810, t -> Seen.attentive().camera(CameraState.BLURRED))
                .finish();

        assertThat(judged.events(SessionEvent.Kind.BLIND)).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.QUALITY))
                .hasSize(2)
                .allSatisfy(
                        event -> assertThat(event.endNs() - event.startNs()).isBetween(Judged.ns(9), Judged.ns(10)));
    }

    @Test
    void shouldCountFailedFramesAsASignOfLife() {
        Judged judged = new Judged(POLICY).play(5, 0, 5, t -> Seen.attentive());
        for (int i = 0; i < 20; i++) {
            judged.fail(5 + i * 0.2, "FRAME_DECODE");
        }
        judged.play(5, 9, 12, t -> Seen.attentive()).finish();
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.BLIND)).hasSize(2).first().satisfies(event -> {
            assertThat(event.endNs() - event.startNs()).isBetween(Judged.ns(2), Judged.ns(2.2));
            assertThat(event.message())
                    .isEqualTo("Frames have not been analysed for 2.0 s: their pictures could not be decoded");
        });
        assertThat(judged.events(SessionEvent.Kind.BLIND).get(1).endNs()).isEqualTo(Judged.ns(8.8));
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"FRAME_DECODE", "FRAME_TOO_LARGE", "INFERENCE", "STAGE"})
    void shouldShowNoCodeToReadersWhenAFrameFailsInTheLane(ErrorCode code) {
        Judged judged = new Judged(POLICY);
        for (int i = 0; i < 20; i++) {
            judged.fail(i * 0.2, code.name());
        }
        assertThat(judged.finish().events(SessionEvent.Kind.BLIND))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.message()).doesNotContain(code.name()));
    }

    @Test
    void shouldSayThatItIsBlindWhenFacesAreNotLookedFor() {
        Judged judged = Judged.stream(POLICY, 5, 10, t -> Seen.attentive().cannotTell(Doubt.NOT_EVALUATED));
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.BLIND)).hasSize(2);
    }
}
