package io.invigil.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CapacityBenchTest {
    @Test
    void shouldTakeOneFramesTimeWhenACandidateIsAlone() {
        double[] latency = CapacityBench.simulate(new double[] {10}, 1, 1, new Random(1));
        assertThat(latency).containsOnly(10);
    }

    @Test
    void shouldWaitLongerTheFullerTheCore() {
        double half = CapacityBench.percentile(CapacityBench.simulate(new double[] {10}, 50, 1, new Random(1)), 0.99);
        double full = CapacityBench.percentile(CapacityBench.simulate(new double[] {10}, 95, 1, new Random(1)), 0.99);
        assertThat(half).isGreaterThan(10).isLessThan(full);
    }

    @Test
    void shouldFallBehindWithoutEndWhenOverloaded() {
        double[] latency = CapacityBench.simulate(new double[] {10}, 200, 1, new Random(1));
        assertThat(CapacityBench.percentile(latency, 1)).isGreaterThan(50_000);
    }

    @Test
    void shouldWaitLessWhenLanesShareTheCandidates() {
        double[] ms = {10, 10, 40};
        double alone = CapacityBench.percentile(CapacityBench.simulate(ms, 35, 1, new Random(1)), 0.99);
        double shared = CapacityBench.percentile(CapacityBench.simulate(ms, 70, 2, new Random(1)), 0.99);
        assertThat(shared).isBetween(40.0, 0.8 * alone);
    }
}
