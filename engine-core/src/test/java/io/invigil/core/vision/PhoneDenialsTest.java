package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneDenialsTest {
    private final PhoneDenials denials = new PhoneDenials();

    private void deny(int times, double word) {
        for (int i = 0; i < times; i++) {
            denials.conclude(true, word, 0.02);
        }
    }

    @Test
    void shouldTakeForUsualWhatIsNoStrongerThanWhatWasDeniedSeveralTimesInARow() {
        assertThat(denials.isUsual(0.01)).isFalse();
        deny(3, 0.1);
        assertThat(denials.isUsual(0.1)).isFalse();
        deny(1, 0.1);

        assertThat(denials.isUsual(0.14)).isTrue();
        assertThat(denials.isUsual(0.16)).isFalse();
    }

    @Test
    void shouldForgetAllWhenTheSecondDetectorAgreesOrTheSceneIsAnother() {
        deny(4, 0.1);
        denials.conclude(true, 0.1, 0.08);
        assertThat(denials.isUsual(0.1)).isFalse();
        deny(3, 0.1);
        assertThat(denials.isUsual(0.1)).isFalse();
        deny(1, 0.1);
        assertThat(denials.isUsual(0.1)).isTrue();

        denials.clear();

        assertThat(denials.isUsual(0.01)).isFalse();
    }

    @Test
    void shouldCountNoLookAtWhichTheSecondDetectorWasNotAsked() {
        for (int i = 0; i < 10; i++) {
            denials.conclude(false, 0.1, 0.02);
        }

        assertThat(denials.isUsual(0.01)).isFalse();
    }

    @Test
    void shouldAskSoonerAboutWeakerThingsWhenWhatWasDeniedIsLongAgo() {
        deny(4, 0.1);
        for (int i = 0; i < 70; i++) {
            denials.conclude(false, 0, 0);
        }

        assertThat(denials.isUsual(0.06)).isTrue();
        assertThat(denials.isUsual(0.09)).isFalse();
    }
}
