package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.SpoofLimits;
import java.time.Duration;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SpoofRuleTest {
    private static final Policy POLICY =
            Policy.strict().toBuilder().only(AlertType.SPOOF).build();

    /** Looks once a second at five frames a second. */
    private static Judged outlines(double seconds, DoubleUnaryOperator score) {
        return outlines(POLICY, seconds, score);
    }

    private static Judged outlines(Policy policy, double seconds, DoubleUnaryOperator score) {
        return Judged.stream(
                policy,
                5,
                seconds,
                t -> t - Math.floor(t + 1e-6) < 0.05
                        ? Seen.attentive().outline(score.applyAsDouble(t))
                        : Seen.attentive().outlineNotDue());
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
    void shouldPoolAsManyLooksAsThePolicySays() {
        DoubleUnaryOperator half = t -> t >= 10 && t < 17 ? 0.9 : 0.1;
        Policy many = POLICY.toBuilder()
                .spoof(new SpoofLimits(Duration.ofSeconds(1), 15))
                .build();

        assertThat(outlines(POLICY, 40, half).opened()).hasSize(1);
        assertThat(outlines(many, 40, half).opened()).isEmpty();
    }

    @Test
    void shouldPoolLooksThatAreRareWhenThePolicyAsksForSuch() {
        Policy rare = POLICY.toBuilder()
                .spoof(new SpoofLimits(Duration.ofSeconds(20), 5))
                .build();
        Judged judged = Judged.stream(
                rare,
                1,
                300,
                t -> t % 20 == 0
                        ? Seen.attentive().outline(t >= 100 ? 0.9 : 0.1)
                        : Seen.attentive().outlineNotDue());

        assertThat(judged.opened()).containsExactly(AlertType.SPOOF);
    }

    @Test
    void shouldStayQuietWhenNothingWasLookedFor() {
        assertThat(Judged.stream(POLICY, 5, 20, t -> Seen.attentive()).opened()).isEmpty();
    }
}
