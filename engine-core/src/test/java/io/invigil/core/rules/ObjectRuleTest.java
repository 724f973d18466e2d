package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.Policy;
import io.invigil.api.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectRuleTest {
    private static final Policy POLICY = Policy.interview();

    private static Judged phones(double tickSeconds, double seconds, DoubleUnaryOperator score) {
        return Judged.stream(POLICY, 10, seconds, t -> {
            double tick = Math.floor(t / tickSeconds + 1e-6) * tickSeconds;
            return Seen.attentive()
                    .presence(Judged.ns(tick), t - tick < 0.05, 1, "cell phone", score.applyAsDouble(tick));
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1, 2})
    void shouldGiveOneAlertWhenAPhoneIsHeldUp(double tickSeconds) {
        Judged judged = phones(tickSeconds, 40, tick -> tick >= 10 && tick < 20 ? 0.6 : 0.05);
        assertThat(judged.opened()).containsExactly(AlertType.PROHIBITED_OBJECT);
        Alert alert = judged.closed(AlertType.PROHIBITED_OBJECT).get(0);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.message()).isEqualTo("A cell phone is in the picture (score 0.60)");
        assertThat(alert.details()).isEqualTo(Map.of("object", "cell phone", "score", "0.60"));
        assertThat(alert.startNs() / 1e9).isCloseTo(10, within(tickSeconds / 2 + 0.01));
        assertThat(alert.endNs() / 1e9).isCloseTo(20, within(tickSeconds / 2 + 0.01));
    }

    /** A phone from 10.4 to 20.7 s, looked for each second; its place changes when it comes and goes, or that is not known. */
    private static Judged comingAndGoing(boolean known) {
        return Judged.stream(POLICY, 10, 40, t -> comingAndGoing(known, t));
    }

    private static Seen comingAndGoing(boolean known, double t) {
        double tick = Math.floor(t + 1e-6);
        boolean moves = t > 10.15 && t < 10.45 || t > 20.75 && t < 21.15;
        Seen seen = Seen.attentive()
                .presence(Judged.ns(tick), t - tick < 0.05, 1, "cell phone", tick >= 11 && tick < 21 ? 0.6 : 0);
        return known ? seen.moving(moves ? 8 : 1, new BoundingBox(240, 300, 160, 120)) : seen;
    }

    @Test
    void shouldStartAndEndWhenTheThingsPlaceChangedBetweenTwoLooks() {
        Alert alert = comingAndGoing(true).closed(AlertType.PROHIBITED_OBJECT).get(0);
        assertThat(alert.startNs() / 1e9).isCloseTo(10.4, within(0.06));
        assertThat(alert.endNs() / 1e9).isCloseTo(20.7, within(0.06));
    }

    @Test
    void shouldEndAfterTheLastLookThatSawItWhenOneBeforeMissedIt() {
        Judged judged = phones(1, 40, tick -> tick >= 10 && tick < 20 && tick != 17 ? 0.6 : 0);

        assertThat(judged.closed(AlertType.PROHIBITED_OBJECT)).singleElement().satisfies(alert -> {
            assertThat(alert.startNs()).isEqualTo(Judged.ns(9.5));
            assertThat(alert.endNs()).isEqualTo(Judged.ns(19.5));
        });
    }

    @Test
    void shouldStartBeforeALookThatSawItThereLessSurely() {
        Alert sure = phones(1, 40, tick -> tick < 10 ? 0 : tick < 11 ? 0.3 : 0.6)
                .closed(AlertType.PROHIBITED_OBJECT)
                .get(0);
        assertThat(sure.startNs()).isEqualTo(Judged.ns(10));
        Alert unlike = phones(1, 40, tick -> tick < 10 ? 0 : tick < 11 ? 0.2 : 0.6)
                .closed(AlertType.PROHIBITED_OBJECT)
                .get(0);
        assertThat(unlike.startNs()).isEqualTo(Judged.ns(10.5));
    }

    /** A phone is put away while the lens is covered or frames fail; looks do not fall on the seconds of the cover. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotTellAgainAfterAnUnseenWhileOfWhatLooksSawBefore(boolean covered) {
        Judged judged = new Judged(POLICY);
        for (int i = 0; i < 400; i++) {
            double t = i / 10.0;
            double tick = Math.floor(t - 0.8 + 1e-6) + 0.8;
            Seen seen = Seen.attentive()
                    .presence(Judged.ns(tick), t - tick < 0.05, 1, "cell phone", tick >= 10 && tick < 22 ? 0.6 : 0);
            if (t < 22 || t > 25.35) {
                judged.take(seen.at(i, Judged.ns(t)));
            } else if (covered) {
                judged.take(Seen.attentive()
                        .camera(CameraState.COVERED)
                        .cannotTell(Doubt.COVERED)
                        .at(i, Judged.ns(t)));
            } else {
                judged.fail(t, "FRAME_DECODE");
            }
        }
        judged.finish();

        assertThat(judged.closed(AlertType.PROHIBITED_OBJECT)).hasSize(1);
    }

    @Test
    void shouldStartAndEndTheSameWhenItsStateIsMovedAfterEveryFrame() {
        List<Alert> told = new ArrayList<>();
        SessionRules rules = new SessionRules(POLICY);
        for (int i = 0; i < 400; i++) {
            rules = SessionRules.restore(POLICY, rules.snapshot());
            told.addAll(rules.observe(comingAndGoing(true, i / 10.0).at(i, Judged.ns(i / 10.0)))
                    .alerts());
        }
        told.addAll(rules.finish().alerts());
        assertThat(told).isEqualTo(comingAndGoing(true).alerts);
    }

    @Test
    void shouldOpenOnTheSameFrameHoweverWellItsStartIsKnown() {
        Judged plain = comingAndGoing(false);
        assertThat(plain.closed(AlertType.PROHIBITED_OBJECT).get(0).startNs()).isEqualTo(Judged.ns(10.5));
        assertThat(comingAndGoing(true)
                        .closed(AlertType.PROHIBITED_OBJECT)
                        .get(0)
                        .evidence())
                .isEqualTo(plain.closed(AlertType.PROHIBITED_OBJECT).get(0).evidence());
    }

    @Test
    void shouldHoldFromTheMiddleBetweenTwoLooksWheneverTheThingCame() {
        Policy patient = POLICY.toBuilder()
                .rule(
                        AlertType.PROHIBITED_OBJECT,
                        POLICY.rule(AlertType.PROHIBITED_OBJECT).withHold(Duration.ofMillis(2650)))
                .build();
        BoundingBox place = new BoundingBox(240, 300, 160, 120);
        for (boolean early : new boolean[] {true, false}) {
            Judged judged = Judged.stream(patient, 10, 40, t -> {
                double tick = Math.floor(t + 1e-6);
                boolean moves = early ? t > 10.05 && t < 10.15 : t > 10.85 && t < 10.95;
                return Seen.attentive()
                        .presence(Judged.ns(tick), t - tick < 0.05, 1, "cell phone", tick >= 11 && tick < 15 ? 0.6 : 0)
                        .moving(moves ? 8 : 1, place);
            });
            Alert alert = judged.closed(AlertType.PROHIBITED_OBJECT).get(0);
            assertThat(alert.startNs() / 1e9).isCloseTo(early ? 10.05 : 10.85, within(0.01));
            assertThat(alert.evidence().timestampNs()).isEqualTo(Judged.ns(13.2));
        }
    }

    @Test
    void shouldNotOpenOnASingleSighting() {
        assertThat(phones(1, 30, tick -> tick == 10 ? 0.9 : 0.05).opened()).isEmpty();
        assertThat(phones(1, 30, tick -> tick == 0 ? 0.9 : 0.05).opened()).isEmpty();
    }

    @Test
    void shouldNotFlickerWhenTheScoreSwingsAroundTheLimit() {
        Judged judged = phones(1, 40, tick -> tick < 10 ? 0.05 : tick % 2 == 0 ? 0.5 : 0.3);
        assertThat(judged.closed(AlertType.PROHIBITED_OBJECT)).hasSize(1);
    }

    @Test
    void shouldEndWhenNothingIsLookedForAnyMore() {
        Judged judged = Judged.stream(POLICY, 10, 40, t -> {
            double tick = Math.min(12, Math.floor(t + 1e-6));
            return Seen.attentive().presence(Judged.ns(tick), t - tick < 0.05, 1, "cell phone", tick >= 8 ? 0.7 : 0);
        });
        Alert alert = judged.closed(AlertType.PROHIBITED_OBJECT).get(0);
        assertThat(alert.endNs() / 1e9).isBetween(12.0, 16.1);
        assertThat(judged.closed(AlertType.PROHIBITED_OBJECT)).hasSize(1);
    }

    @Test
    void shouldTellOfThingsTheForbiddenOnesOnly() {
        Judged judged = Judged.stream(POLICY, 10, 20, t -> {
            double tick = Math.floor(t + 1e-6);
            return Seen.attentive().presence(Judged.ns(tick), t - tick < 0.05, 1, "bottle", 0.9);
        });
        assertThat(judged.opened()).isEmpty();
    }
}
