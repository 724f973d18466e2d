package io.invigil.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
}
