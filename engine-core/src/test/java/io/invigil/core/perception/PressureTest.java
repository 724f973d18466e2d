package io.invigil.core.perception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Shedding;
import org.junit.jupiter.api.Test;

class PressureTest {
    @Test
    void shouldPutNothingOffWhileNothingIsShed() {
        assertThat(Pressure.of(Shedding.NONE, true)).isEqualTo(Pressure.NONE);
        assertThatThrownBy(() -> new Pressure(Shedding.NONE, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("putsOff");
    }

    @Test
    void shouldTellLevelAndWhetherToPutOffOtherwise() {
        for (Shedding shedding : new Shedding[] {Shedding.OBJECTS, Shedding.PERSONS}) {
            for (boolean putsOff : new boolean[] {false, true}) {
                assertThat(Pressure.of(shedding, putsOff)).isEqualTo(new Pressure(shedding, putsOff));
            }
        }
    }
}
