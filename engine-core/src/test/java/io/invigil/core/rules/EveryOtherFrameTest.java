package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream in which every other frame gives no answer is not silence. */
class EveryOtherFrameTest {
    private static final Policy POLICY = Policy.interview();

    /** From 10 to 70 s the frames are these, and of each group of so many the last ones fail. */
    private static Judged failing(double fps, int of, int fail, DoubleFunction<Seen> during) {
        Judged judged = new Judged(POLICY);
        for (int i = 0; i < 90 * fps; i++) {
            double t = i / fps;
            boolean within = t >= 10 && t < 70;
            if (within && i % of >= of - fail) {
                judged.fail(t, "INFERENCE");
            } else {
                judged.take((within ? during.apply(t) : Seen.attentive()).at(i, Judged.ns(t)));
            }
        }
        return judged.finish();
    }

    /** From 10 to 70 s every so manieth frame shows nobody, and the others are these. */
    private static Judged nobody(double fps, int every, DoubleFunction<Seen> others) {
        return Judged.stream(POLICY, fps, 90, t -> {
            if (t < 10 || t >= 70) {
                return Seen.attentive();
            }
            return Math.round(t * fps) % every == 0 ? Seen.attentive().nobody() : others.apply(t);
        });
    }

    private static void assertOneAbsence(Judged judged, double fps) {
        assertThat(judged.opened()).containsExactly(AlertType.NO_FACE);
        assertThat(judged.closed(AlertType.NO_FACE).get(0).startNs() / 1e9).isCloseTo(10, within(0.6 / fps));
        assertThat(judged.closed(AlertType.NO_FACE).get(0).endNs() / 1e9).isCloseTo(70, within(1.1 / fps));
        // Half of the time is counted: the hold of a second and a half lasts twice as long.
        assertThat(judged.closed(AlertType.NO_FACE).get(0).evidence().timestampNs() / 1e9)
                .isBetween(12.5, 13.2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 5, 15, 30})
    void shouldTellOfAnEmptySeatAndOfBlindnessWhenEveryOtherFrameFails(double fps) {
        Judged judged = failing(fps, 2, 1, t -> Seen.attentive().nobody());

        assertOneAbsence(judged, fps);
        assertThat(judged.events(SessionEvent.Kind.BLIND)).hasSize(2).last().satisfies(event -> {
            assertThat(event.startNs() / 1e9).isCloseTo(10, within(0.01));
            assertThat(event.endNs() / 1e9).isCloseTo(70, within(1.1 / fps));
            assertThat(event.message())
                    .startsWith("Many frames were not analysed for ")
                    .endsWith(" s: a model failed on them");
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 5, 15})
    void shouldTellOfAnEmptySeatWhenEveryOtherFrameCannotTell(double fps) {
        assertOneAbsence(nobody(fps, 2, t -> Seen.attentive().cannotTell(Doubt.BLURRED)), fps);
    }

    @Test
    void shouldNotTurnDoubtIntoAnAlertWhenMostFramesCannotTellOrOneBetweenSaysOtherwise() {
        assertThat(nobody(15, 3, t -> Seen.attentive().cannotTell(Doubt.TOO_SMALL))
                        .opened())
                .isEmpty();
        assertThat(nobody(
                                15,
                                4,
                                t -> Math.round(t * 15) % 4 == 2
                                        ? Seen.attentive()
                                        : Seen.attentive().cannotTell(Doubt.TOO_SMALL))
                        .opened())
                .isEmpty();
    }

    @Test
    void shouldCallNobodyBlindWhenOneFrameInManyFails() {
        for (int of : new int[] {5, 14}) {
            assertThat(failing(15, of, 1, t -> Seen.attentive()).events(SessionEvent.Kind.BLIND))
                    .isEmpty();
        }
        Judged sought = Judged.stream(
                POLICY,
                15,
                30,
                t -> Math.round(t * 15) % 2 == 0
                        ? Seen.attentive()
                        : Seen.attentive().cannotTell(Doubt.NOT_EVALUATED));
        assertThat(sought.events(SessionEvent.Kind.BLIND)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 5, 15})
    void shouldSayWhatWasWrongWhenItIsNowOneThingNowAnother(double fps) {
        Judged judged = Judged.stream(POLICY, fps, 90, t -> {
            boolean dark = Math.round(t * fps) % 2 == 0;
            return t >= 10 && t < 70
                    ? Seen.attentive().cannotTell(Doubt.BLURRED).camera(dark ? CameraState.DARK : CameraState.BLURRED)
                    : Seen.attentive();
        });

        assertThat(judged.events(SessionEvent.Kind.QUALITY)).singleElement().satisfies(event -> {
            assertThat(event.startNs() / 1e9).isCloseTo(10, within(0.01));
            assertThat(event.endNs() / 1e9).isCloseTo(70, within(2.1 / fps));
            assertThat(event.message()).startsWith("The picture was dark for ");
        });
    }

    @Test
    void shouldTellOfEachWhenOneThingIsWrongAfterAnother() {
        Judged judged = Judged.stream(
                POLICY,
                5,
                40,
                t -> t < 10 || t >= 30
                        ? Seen.attentive()
                        : Seen.attentive()
                                .cannotTell(Doubt.BLURRED)
                                .camera(t < 20 ? CameraState.DARK : CameraState.BLURRED));

        assertThat(judged.events(SessionEvent.Kind.QUALITY))
                .extracting(SessionEvent::message)
                .containsExactly("The picture was dark for 9.8 s", "The picture was blurred for 9.8 s");
        assertThat(judged.events(SessionEvent.Kind.QUALITY).get(1).startNs()).isEqualTo(Judged.ns(20));
    }
}
