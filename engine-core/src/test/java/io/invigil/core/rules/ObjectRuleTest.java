package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.Severity;
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
