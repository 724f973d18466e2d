package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at objects are half a second and more apart: when a thing comes and goes does not hang on when they fall. */
@Timeout(300)
class LookMomentsTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.5})
    void shouldStartAndEndWithThePhoneWheneverTheLooksFall(double fromS) throws Exception {
        List<Alert> phones = PlayedClip.alerts("c_phone", 5, fromS).stream()
                .filter(alert -> alert.type() == AlertType.PROHIBITED_OBJECT && alert.phase() == AlertPhase.CLOSED)
                .toList();
        assertThat(phones).hasSize(2);
        // It has come up by 14.8 s, and goes down from 9.2 to 9.8 and from 19.2 to 19.8 s.
        assertThat(phones.get(0).endNs() / 1e9).isBetween(9.1, 9.8);
        assertThat(phones.get(1).startNs() / 1e9).isCloseTo(14.8, within(0.16));
        assertThat(phones.get(1).endNs() / 1e9).isBetween(19.1, 19.8);
    }
}
