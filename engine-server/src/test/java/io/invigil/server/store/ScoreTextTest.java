package io.invigil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTextTest {
    @Test
    void shouldReadWhatItWrote() {
        assertThat(ScoreText.read(ScoreText.write(Samples.score()))).contains(Samples.score());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"session_ns\":10,\"terms\":[{\"kind\":\"of_a_later_program\",\"weight\":1,\"duration_ns\":1,\"alert_ids\":[]}]}",
                "{\"terms\":[]}",
                "{\"session_ns\":10,\"ter"
            })
    void shouldFindNoneWhenItIsDamagedOrOfALaterProgram(String text) {
        assertThat(ScoreText.read(text)).isEmpty();
    }
}
