package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real recordings of which one frame a second is looked at: what happens within three or four of them is told all the same. */
@Timeout(300)
class SeldomFramesTest {
    @ParameterizedTest
    @CsvSource({
        "identity_change_room, IDENTITY_CHANGED, 4.5, 1",
        "c_identity_swap, NO_FACE, 7.8, 2",
        "c_identity_swap, IDENTITY_CHANGED, 11.8, 2"
    })
    void shouldTellWhatLastsThreeSecondsAtOneFrameASecond(String clip, AlertType type, double startS, int alerts)
            throws Exception {
        List<Alert> opened = PlayedClip.alerts(clip, 1, 0).stream()
                .filter(alert -> alert.phase() == AlertPhase.OPENED)
                .toList();

        assertThat(opened).hasSize(alerts);
        assertThat(opened)
                .filteredOn(alert -> alert.type() == type)
                .singleElement()
                .satisfies(alert -> assertThat(alert.startNs() / 1e9).isBetween(startS - 1, startS + 1));
    }
}
