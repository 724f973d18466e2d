package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookBudgetTest {
    private static final long MS = 1_000_000;

    private final AtomicLong nowNs = new AtomicLong(7 * MS);
    private final LookBudget budget = new LookBudget(nowNs::get);

    @Test
    void shouldLetLooksHaveTheirShareOfTheTimeAndNoMore() {
        long spentNs = 0;
        for (int ms = 0; ms < 60_000; ms++) {
            nowNs.addAndGet(MS);
            if (!budget.isSpent()) {
                budget.spend(50 * MS);
                spentNs += 50 * MS;
            }
        }

        assertThat(spentNs / (60_000.0 * MS)).isBetween(LookBudget.SHARE - 0.02, LookBudget.SHARE + 0.02);
    }

    @Test
    void shouldOweNoMoreThanABoundWhenLooksWereTakenWhileNobodyWaited() {
        for (int i = 0; i < 100; i++) {
            budget.spend(80 * MS);
        }
        assertThat(budget.isSpent()).isTrue();
        nowNs.addAndGet((long) (LookBudget.MOST_NS / LookBudget.SHARE) + MS);

        assertThat(budget.isSpent()).isFalse();
    }

    @Test
    void shouldSaveNoMoreThanABoundWhenThereWereNoLooks() {
        nowNs.addAndGet(3_600_000 * MS);
        assertThat(budget.isSpent()).isFalse();
        budget.spend(LookBudget.MOST_NS + MS);

        assertThat(budget.isSpent()).isTrue();
    }
}
