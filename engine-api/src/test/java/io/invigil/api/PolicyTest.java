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
        assertThatThrownBy(() -> new LookAwayLimits(3, 20, 25, 14, 16, 20, false, false))
                .hasMessage("headYawDeg is 3.0, must be in 5.0..90.0");
        assertThatThrownBy(() -> new LookAwayLimits(20, 20, 25, Double.NaN, 16, 20, false, false))
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

    @Test
    void shouldHaveThresholdsWithinItsMeasureInEveryKind() {
        for (AlertType type : AlertType.values()) {
            AlertRule rule = Policy.interview().rule(type);
            assertThat(Measure.of(type).isPresent()).isEqualTo(!type.isHostReported());
            Measure.of(type).ifPresent(measure -> {
                assertThat(rule.enter()).isBetween(measure.least(), measure.most());
                assertThatThrownBy(() -> with(type, rule.withThresholds(measure.most() + 0.01, measure.most())))
                        .hasMessageStartingWith("rules." + type.wireName() + ".enter is ")
                        .hasMessageEndingWith("must be in " + measure.least() + ".." + measure.most());
                assertThatThrownBy(() -> with(type, rule.withThresholds(0, 0))).hasMessageContaining("enter is 0.0");
            });
        }
    }

    private static Policy with(AlertType type, AlertRule rule) {
        return Policy.interview().toBuilder().rule(type, rule).build();
    }

    @Test
    void shouldRefuseWhatCannotBeWhenSettingsContradictEachOther() {
        AlertRule rule = Policy.interview().rule(AlertType.NO_FACE);
        assertThatThrownBy(() -> rule.withThresholds(0.5, 0.6)).hasMessage("exit is 0.6, must be in 0.0..0.5");
        assertThatThrownBy(() -> rule.withEnd(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("mergeGap is PT1S, must be at least the release, PT2S");
        assertThatThrownBy(() -> with(
                        AlertType.STREAM_GAP,
                        Policy.interview().rule(AlertType.STREAM_GAP).withEnd(Duration.ZERO, Duration.ofSeconds(1))))
                .hasMessage("rules.stream_gap.mergeGap is PT1S, must be in PT0S..PT0S");
        assertThatThrownBy(() -> with(
                        AlertType.PASTE,
                        Policy.interview().rule(AlertType.PASTE).withThresholds(1, 1)))
                .hasMessage("rules.paste.enter is 1.0, must be in 0.0..0.0");
        assertThatThrownBy(() ->
                        Policy.interview().toBuilder().noProhibitedObjects().build())
                .hasMessageStartingWith("prohibitedObjects is empty, must be at least one of");
        assertThatThrownBy(() -> with(
                                AlertType.PROHIBITED_OBJECT,
                                Policy.interview()
                                        .rule(AlertType.PROHIBITED_OBJECT)
                                        .withThresholds(2, 1))
                        .toBuilder()
                        .prohibitedObject("tv", 0.8)
                        .build())
                .hasMessage(
                        "rules.prohibited_object.enter is 2.0, must be at most 1.25, since prohibitedObjects.tv is 0.8");
    }

    @Test
    void shouldSwitchOnEveryKindWhenStrict() {
        assertThat(Policy.strict().rules().values()).allMatch(AlertRule::enabled);
        assertThat(Policy.strict().detectors()).containsExactly(Detector.values());
    }

    @Test
    void shouldAskForNoDetectorThatNoKindNeeds() {
        assertThat(Policy.openBook().needs(Detector.GAZE)).isFalse();
        assertThat(Policy.openBook().needs(Detector.OBJECTS)).isTrue();
        assertThat(Policy.interview().toBuilder().only(AlertType.PASTE).build().detectors())
                .isEmpty();
    }
}
