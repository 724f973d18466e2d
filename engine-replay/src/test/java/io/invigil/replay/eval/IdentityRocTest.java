package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IdentityRocTest {
    @Test
    void shouldMakeNoErrorWhenTheDistancesAreApart() {
        IdentityRoc roc = IdentityRoc.of(new double[] {0.1, 0.3, 0.2}, new double[] {0.6, 0.9});
        assertThat(roc.equalErrorRate()).isZero();
        assertThat(roc.equalErrorDistance()).isBetween(0.3, 0.6);
        assertThat(roc.area()).isEqualTo(1);
    }

    @Test
    void shouldFindTheRateAtWhichBothErrorsAreEqual() {
        // One in four of each lies on the wrong side of 0.5.
        IdentityRoc roc = IdentityRoc.of(new double[] {0.1, 0.2, 0.3, 0.7}, new double[] {0.4, 0.8, 0.9, 1.0});
        assertThat(roc.equalErrorRate()).isCloseTo(0.25, within(1e-12));
        assertThat(roc.area()).isCloseTo(15.0 / 16, within(1e-12));
        assertThat(roc.points().get(0).falseRejects()).isEqualTo(1);
        assertThat(roc.points().get(roc.points().size() - 1).falseAccepts()).isEqualTo(1);
    }

    @Test
    void shouldBeBlindWhenAllDistancesAreTheSame() {
        IdentityRoc roc = IdentityRoc.of(new double[] {0.5, 0.5}, new double[] {0.5, 0.5, 0.5});
        assertThat(roc.equalErrorRate()).isCloseTo(0.5, within(1e-9));
        assertThat(roc.area()).isEqualTo(0.5);
    }

    @Test
    void shouldMeasureNothingWithoutPairsOfBothKinds() {
        IdentityRoc roc = IdentityRoc.of(new double[] {0.5}, new double[0]);
        assertThat(roc.equalErrorRate()).isNaN();
        assertThat(roc.points()).isEmpty();
    }
}
