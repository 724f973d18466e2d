package io.invigil.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CapacityBenchTest {
    @Test
    void shouldTakeOneFramesTimeWhenACandidateIsAlone() {
        double[] latency = CapacityBench.simulate(new double[] {10}, 1, new Random(1));
        assertThat(latency).containsOnly(10);
    }

    @Test
    void shouldWaitLongerTheFullerTheCore() {
        double half = CapacityBench.percentile(CapacityBench.simulate(new double[] {10}, 50, new Random(1)), 0.99);
        double full = CapacityBench.percentile(CapacityBench.simulate(new double[] {10}, 95, new Random(1)), 0.99);
        assertThat(half).isGreaterThan(10).isLessThan(full);
    }

    @Test
    void shouldFallBehindWithoutEndWhenOverloaded() {
        double[] latency = CapacityBench.simulate(new double[] {10}, 200, new Random(1));
        assertThat(CapacityBench.percentile(latency, 1)).isGreaterThan(50_000);
    }
}
