package io.invigil.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccommodationTest {
    private static final Instant WHEN = Instant.parse("2026-11-02T09:00:00Z");

    private static Accommodation silence(AlertType kind) {
        return Accommodation.silence(kind, "J. Doe, examinations office", WHEN, "a medical note");
    }

    private static Accommodation relax(AlertType kind, double factor) {
        return Accommodation.relax(kind, factor, "J. Doe, examinations office", WHEN, "a medical note");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSwitchOffTheKindAndNothingElseWhenSilenced(AlertType kind) {
        Policy eased = Policy.strict().withAccommodations(List.of(silence(kind)));
        eased.rules().forEach((type, rule) -> {
            AlertRule before = Policy.strict().rule(type);
            assertThat(rule).isEqualTo(type == kind ? before.off() : before);
        });
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TAB_SWITCH", "AUDIO_ANOMALY", "WINDOW_BLUR", "PASTE", "SECOND_DISPLAY", "HOST_DEFINED"})
    void shouldMakeTheKindHarderToReachWhenRelaxed(AlertType kind) {
        AlertRule before = Policy.strict().rule(kind);
        AlertRule after =
                Policy.strict().withAccommodations(List.of(relax(kind, 1.5))).rule(kind);
        assertThat(after.hold()).isEqualTo(Duration.ofNanos(before.hold().toNanos() * 3 / 2));
        assertThat(after.enter()).isGreaterThan(before.enter());
        assertThat(after.exit()).isGreaterThan(before.exit()).isLessThanOrEqualTo(after.enter());
        assertThat(after.withHold(before.hold()).withThresholds(before.enter(), before.exit()))
                .isEqualTo(before);
    }

    @Test
    void shouldMultiplyAnglesAndDivideTheRoomOfScores() {
        Policy eased = Policy.interview()
                .withAccommodations(List.of(
                        relax(AlertType.EYES_LOOKING_AWAY, 2),
                        relax(AlertType.NO_FACE, 2),
                        relax(AlertType.PROHIBITED_OBJECT, 10)));
        assertThat(eased.rule(AlertType.EYES_LOOKING_AWAY).enter()).isEqualTo(2);
        assertThat(eased.rule(AlertType.NO_FACE).enter()).isCloseTo(0.75, within(1e-9));
        // A phone is told from 0.4 on, so 2.5 times as much is the most there is.
        assertThat(eased.rule(AlertType.PROHIBITED_OBJECT).enter()).isLessThanOrEqualTo(2.5);
    }

    @Test
    void shouldRefuseWhatCannotBeGranted() {
        assertThatThrownBy(() -> relax(AlertType.NO_FACE, 1))
                .hasMessage("accommodations.no_face.factor is 1.0, must be more than 1 and at most 10");
        assertThatThrownBy(() -> Accommodation.silence(AlertType.NO_FACE, " ", WHEN, "x"))
                .hasMessageStartingWith("accommodations.no_face.grantedBy is 1 characters long, must be 1 to 200");
        assertThatThrownBy(() -> Policy.interview()
                        .withAccommodations(List.of(silence(AlertType.NO_FACE), relax(AlertType.NO_FACE, 2))))
                .hasMessage("accommodations.no_face is there twice, must be there once");
        assertThatThrownBy(() -> Policy.interview().withAccommodations(List.of(relax(AlertType.PASTE, 2))))
                .hasMessageStartingWith("accommodations.paste.relief is relax, must be silence");
    }

    @Test
    void shouldKeepWhoAndWhyOutOfItsText() {
        assertThat(relax(AlertType.NO_FACE, 2)).hasToString("Accommodation[no_face relax 2.0]");
    }

    @Test
    void shouldJudgeByTheEasedPolicyWhenASessionHasAccommodations() {
        SessionConfig config = SessionConfig.builder()
                .policy(Policy.interview())
                .accommodations(List.of(silence(AlertType.EYES_LOOKING_AWAY)))
                .build();
        assertThat(config.policy()).isEqualTo(Policy.interview());
        assertThat(config.effectivePolicy().rule(AlertType.EYES_LOOKING_AWAY).enabled())
                .isFalse();
        assertThat(config.effectivePolicy().needs(Detector.GAZE)).isFalse();
        assertThat(SessionConfig.live(Policy.interview()).effectivePolicy()).isEqualTo(Policy.interview());
    }
}
