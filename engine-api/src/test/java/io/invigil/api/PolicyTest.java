package io.invigil.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void shouldHaveARuleForEveryKindInEveryPreset() {
        for (Policy policy : Policy.presets()) {
            assertThat(policy.rules()).containsOnlyKeys(AlertType.values());
            assertThat(Policy.preset(policy.name())).isEqualTo(policy);
        }
    }

    @Test
    void shouldNameThePresetsWhenOneIsUnknown() {
        assertThatThrownBy(() -> Policy.preset("lenient"))
                .isInstanceOf(EngineException.class)
                .hasMessage(
                        "policy is \"lenient\", must be one of interview, closed-book, paper-allowed, open-book, strict");
    }

    @Test
    void shouldEqualItselfAfterARoundThroughTheBuilder() {
        Policy policy = Policy.strict();
        assertThat(policy.toBuilder().build()).isEqualTo(policy).hasSameHashCodeAs(policy);
        assertThat(policy.toBuilder().name("other").build()).isNotEqualTo(policy);
    }

    @Test
    void shouldNameSettingValueAndRangeWhenAValueIsOutOfRange() {
        assertThatThrownBy(() -> new LookAwayLimits(3, 20, 25, 14, 16, 20, 0.7, false))
                .hasMessage("headYawDeg is 3.0, must be in 5.0..90.0");
        assertThatThrownBy(() -> new LookAwayLimits(20, 20, 25, Double.NaN, 16, 20, 0.7, false))
                .hasMessage("eyeYawDeg is NaN, must be in 5.0..60.0");
        assertThatThrownBy(() -> AlertRule.of(Severity.LOW, 60_001, 0, 0)).hasMessageContaining("hold is PT1M0.001S");
        assertThatThrownBy(() -> Policy.interview().toBuilder()
                        .prohibitedObject("book", 1.5)
                        .build())
                .hasMessage("prohibitedObjects.book is 1.5, must be in 0.05..1.0");
        assertThatThrownBy(() -> Policy.interview().toBuilder()
                        .prohibitedObject("umbrella", 0.5)
                        .build())
                .hasMessage("prohibitedObjects is \"umbrella\", must be one of book, cell phone, laptop, remote, tv");
        assertThatThrownBy(() -> Policy.interview().toBuilder()
                        .presenceInterval(Duration.ofMinutes(2))
                        .build())
                .hasMessage("presenceInterval is PT2M, must be in PT0S..PT1M");
    }

    @Test
    void shouldSwitchOffAllOtherKindsWhenOnlySomeAreWanted() {
        Policy policy = Policy.interview().toBuilder().only(AlertType.NO_FACE).build();
        policy.rules().forEach((type, rule) -> assertThat(rule.enabled()).isEqualTo(type == AlertType.NO_FACE));
    }
}
