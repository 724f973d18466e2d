package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SpoofRuleTest {
    private static final Policy POLICY =
            Policy.strict().toBuilder().only(AlertType.SPOOF).build();

    /** Looks once a second at five frames a second. */
    private static Judged outlines(double seconds, DoubleUnaryOperator score) {
        return Judged.stream(
                POLICY,
                5,
                seconds,
                t -> t - Math.floor(t + 1e-6) < 0.05
                        ? Seen.attentive().outline(score.applyAsDouble(t))
                        : Seen.attentive());
    }

    @Test
    void shouldGiveOneAlertWhenAnOutlineStays() {
        Judged judged = Judged.stream(POLICY, 5, 40, t -> Seen.attentive().outline(t >= 10 && t < 25 ? 0.7 : 0.1));
        assertThat(judged.opened()).containsExactly(AlertType.SPOOF);
        Alert alert = judged.closed(AlertType.SPOOF).get(0);
        assertThat(alert.startNs() / 1e9).isCloseTo(10, within(0.2));
        assertThat(alert.endNs() / 1e9).isCloseTo(25, within(0.2));
        assertThat(alert.confidence()).isLessThanOrEqualTo(0.7);
        assertThat(alert.message()).contains("Straight edges enclose the face").contains("70%");
    }

    @Test
    void shouldStayQuietWhenOutlinesComeAndGo() {
        assertThat(outlines(60, t -> Math.round(t) % 5 < 2 ? 0.9 : 0.2).opened())
                .isEmpty();
        assertThat(outlines(60, t -> t == 30 ? 0.9 : 0.1).opened()).isEmpty();
    }

    @Test
    void shouldStayQuietWhenNothingWasLookedFor() {
        assertThat(Judged.stream(POLICY, 5, 20, t -> Seen.attentive()).opened()).isEmpty();
    }
}
