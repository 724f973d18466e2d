package io.invigil.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void shouldNameSettingValueAndRangeWhenEngineValuesAreOutOfRange() {
        assertThatThrownBy(() -> EngineConfig.builder().lanes(0).build()).hasMessage("lanes is 0, must be in 1..64");
        assertThatThrownBy(() -> EngineConfig.builder().ringSize(12).build())
                .hasMessage("ringSize is 12, must be a power of two");
        assertThatThrownBy(() -> EngineConfig.builder().maxPixels(1).build())
                .hasMessage("maxPixels is 1, must be in 4096..268435456");
        assertThatThrownBy(
                        () -> EngineConfig.builder().closeTimeout(Duration.ZERO).build())
                .hasMessage("closeTimeout is PT0S, must be more than zero and at most PT24H");
    }

    @Test
    void shouldNameSettingValueAndRangeWhenSessionValuesAreOutOfRange() {
        assertThatThrownBy(() -> SessionConfig.builder().maxInFlight(65).build())
                .hasMessage("maxInFlight is 65, must be in 1..64");
        assertThatThrownBy(() -> SessionConfig.builder().maxAnalysedFps(-1).build())
                .hasMessage("maxAnalysedFps is -1.0, must be in 0.0..120.0");
        assertThatThrownBy(() -> new SessionId("../etc")).hasMessageStartingWith("sessionId is \"../etc\", must be");
    }

    @Test
    void shouldShowSettingsButNoAccommodationWhenPrinted() {
        assertThat(EngineConfig.builder().lanes(3).build())
                .hasToString("EngineConfig[lanes=3, threading=FUSED, ringSize=2, maxSessions=1000, maxPixels=16777216,"
                        + " closeTimeout=PT10S]");
        assertThat(SessionConfig.builder()
                        .id(new SessionId("a-1"))
                        .accommodations(List.of(Accommodation.silence(
                                AlertType.EYES_LOOKING_AWAY, "the office", Instant.EPOCH, "nystagmus")))
                        .build())
                .hasToString("SessionConfig[id=a-1, policy=interview, intake=LIVE, maxInFlight=2, maxAnalysedFps=0.0,"
                        + " offerTimeout=PT30S, resumed=false]");
    }

    @Test
    void shouldSayHowToFindAnEngineWhenNoneIsOnTheClassPath() {
        assertThatThrownBy(ProctoringEngine::create)
                .isInstanceOfSatisfying(
                        EngineException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.NO_PROVIDER))
                .hasMessageContaining("engine-core");
    }

    @Test
    void shouldGiveEveryErrorAndKindItsOwnNumber() {
        assertThat(ErrorCode.values()).extracting(ErrorCode::number).doesNotHaveDuplicates();
        assertThat(AlertType.values()).extracting(AlertType::code).doesNotHaveDuplicates();
        assertThat(AlertType.values())
                .allSatisfy(type ->
                        assertThat(AlertType.ofWireName(type.wireName())).contains(type));
    }

    @Test
    void shouldNameWhatIsMissingWhenItIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> EngineConfig.builder().listenerExecutor(null))
                .withMessage("listenerExecutor");
        assertThatNullPointerException()
                .isThrownBy(() -> EngineConfig.builder().frameObserver(null))
                .withMessage("frameObserver");
        assertThatNullPointerException()
                .isThrownBy(() -> SessionConfig.builder().id(null))
                .withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> SessionConfig.builder().accommodations(null))
                .withMessage("accommodations");
        assertThatNullPointerException()
                .isThrownBy(() -> SessionConfig.builder().resumeFrom(null))
                .withMessage("snapshot");
        assertThatNullPointerException()
                .isThrownBy(() -> ProctoringEngine.create(null))
                .withMessage("config");
        assertThatNullPointerException()
                .isThrownBy(() -> Policy.interview().withAccommodations(null))
                .withMessage("accommodations");
        assertThatNullPointerException()
                .isThrownBy(() -> Policy.interview().rule(null))
                .withMessage("type");
        assertThatNullPointerException()
                .isThrownBy(() -> AlertRule.of(Severity.LOW, 0, 0, 0).withHold(null))
                .withMessage("hold");
        assertThatNullPointerException()
                .isThrownBy(() -> new GlanceLimits(null, 5, 0.1))
                .withMessage("window");
        assertThatNullPointerException()
                .isThrownBy(() -> Frame.encoded((byte[]) null, 0))
                .withMessage("file");
        assertThatNullPointerException()
                .isThrownBy(() -> new Frame(PixelFormat.BGR, 1, 1, null, Rotation.NONE, 0))
                .withMessage("planes");
    }

    @Test
    void shouldRefuseACalibrationPointWhoseEndLiesBeforeItsBeginning() {
        assertThatThrownBy(() -> new CalibrationTarget(5_000_000_000L, 4_000_000_000L, 0.5, 0.5))
                .hasMessageStartingWith("untilNs is 4000000000, must be 800000000 to 30000000000 ns after timestampNs");
        assertThatThrownBy(() -> new CalibrationTarget(Long.MAX_VALUE, Long.MIN_VALUE + 1_000_000_000L, 0.5, 0.5))
                .hasMessageStartingWith("untilNs is ");
    }

    @Test
    void shouldSayHowToFindAJudgeWhenNoneIsOnTheClassPath() {
        assertThatThrownBy(() -> Judge.of(Policy.interview()))
                .isInstanceOfSatisfying(
                        EngineException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.NO_PROVIDER));
    }
}
