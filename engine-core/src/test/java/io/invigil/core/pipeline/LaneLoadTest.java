package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Shedding;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LaneLoadTest {
    private static final long S = LaneLoad.WINDOW_NS;

    private long seconds;
    private final AtomicLong nowNs = new AtomicLong();
    private final LaneLoad load = new LaneLoad(nowNs::get, 1);

    /** A second in which so many frames come and as many as fit are worked on. */
    private void second(int frames, double frameSeconds) {
        int fitting = (int) Math.min(frames, Math.round(1 / frameSeconds));
        long startNs = seconds++ * S;
        for (int i = 0; i < frames; i++) {
            nowNs.set(startNs + i * S / frames);
            load.arrived();
            if (i < fitting) {
                load.finished((long) (frameSeconds * S));
            }
        }
        nowNs.set(seconds * S);
        load.current();
    }

    @Test
    void shouldTellUtilisationWhenEverythingIsWorkedOn() {
        for (int i = 0; i < 5; i++) {
            second(10, 0.05);
        }

        assertThat(load.current().load()).isCloseTo(0.5, within(0.08));
        assertThat(load.current().shedding()).isEqualTo(Shedding.NONE);
    }

    @Test
    void shouldNotCountTheFirstFrameAfterAnIdleSpellForTheSpell() {
        second(10, 0.05);
        nowNs.set(60 * S);
        load.current();
        nowNs.set(60 * S + 3 * S / 2);

        load.arrived();

        assertThat(load.current().load()).isLessThan(0.1);
    }

    @Test
    void shouldShareTheWorkAmongAllLanesWhenThereAreSeveral() {
        LaneLoad four = new LaneLoad(nowNs::get, 4);
        for (int i = 1; i <= 80; i++) {
            nowNs.set(i * S / 20);
            four.arrived();
            four.finished(S / 10);
        }

        assertThat(four.current().load()).isCloseTo(0.5, within(0.08));
    }

    @Test
    void shouldTellHowMuchTooMuchIsAskedWhenOverloaded() {
        for (int i = 0; i < 2; i++) {
            second(40, 0.05);
        }

        assertThat(load.current().load()).isCloseTo(2.0, within(0.3));
    }

    @Test
    void shouldShedObjectsFirstThenPersonsWhenTheOverloadLasts() {
        for (int i = 0; i < 4; i++) {
            second(40, 0.05);
        }
        assertThat(load.current().shedding()).isEqualTo(Shedding.OBJECTS);
        for (int i = 0; i < 5; i++) {
            second(40, 0.04);
        }
        assertThat(load.current().shedding()).isEqualTo(Shedding.PERSONS);
    }

    @Test
    void shouldNotShedWhenOneSecondIsBusy() {
        second(40, 0.05);
        second(5, 0.05);
        second(5, 0.05);

        assertThat(load.current().shedding()).isEqualTo(Shedding.NONE);
    }

    @Test
    void shouldStayShedWhenTakingItBackWouldOverloadAgain() {
        for (int i = 0; load.current().shedding() == Shedding.NONE && i < 9; i++) {
            second(30, 0.05);
        }

        for (int i = 0; i < 15; i++) {
            second(30, 0.02);
        }

        assertThat(load.current().load()).isCloseTo(0.6, within(0.1));
        assertThat(load.current().shedding()).isEqualTo(Shedding.OBJECTS);
    }

    /** Overloads until looks are shed, at 20 ms a frame then; how many seconds they stay shed. */
    private int secondsShed() {
        for (int i = 0; load.current().shedding() == Shedding.NONE && i < 9; i++) {
            second(30, 0.05);
        }
        assertThat(load.current().shedding()).isEqualTo(Shedding.OBJECTS);
        int shed = 0;
        while (load.current().shedding() == Shedding.OBJECTS && shed < 600) {
            second(30, 0.02);
            shed++;
        }
        assertThat(load.current().shedding()).isEqualTo(Shedding.NONE);
        return shed;
    }

    /** What a level saves is measured when it sets in; scenes come to rest since, and then it saves less. */
    @Test
    void shouldTryAgainAfterAWhileWhenThereIsRoom() {
        assertThat(secondsShed()).isBetween(20, 60);
    }

    @Test
    void shouldWaitLongerEachTimeWhenTryingAgainOverloadedAndNotOnceItHeld() {
        int first = secondsShed();
        int second = secondsShed();
        int third = secondsShed();
        for (int i = 0; i < 40; i++) {
            second(30, 0.02);
        }
        int later = secondsShed();

        assertThat(second).isBetween(3 * first / 2, 5 * first / 2);
        assertThat(third).isBetween(3 * second / 2, 5 * second / 2);
        assertThat(later).isCloseTo(first, within(2));
    }

    @Test
    void shouldNotHoldTheEndOfAnExamAgainstTheNext() {
        int first = secondsShed();
        for (int i = 0; i < 12; i++) {
            nowNs.set(++seconds * S);
            load.current();
        }

        assertThat(secondsShed()).isCloseTo(first, within(2));
    }

    @Test
    void shouldTakeALevelBackWhenTheMeanLoadLeavesRoomThoughSomeSecondsAreBusy() {
        for (int i = 0; load.current().shedding() == Shedding.NONE && i < 9; i++) {
            second(30, 0.05);
        }
        int seconds = 0;
        while (load.current().shedding() == Shedding.OBJECTS && seconds < 200) {
            second(30, seconds % 3 == 0 ? 0.031 : 0.015);
            seconds++;
        }

        assertThat(seconds).isLessThan(100);
    }

    @Test
    void shouldRecoverWhenTheCrowdLeaves() {
        for (int i = 0; load.current().shedding() == Shedding.NONE && i < 9; i++) {
            second(30, 0.05);
        }
        for (int i = 0; i < 12; i++) {
            second(5, 0.02);
        }

        assertThat(load.current().shedding()).isEqualTo(Shedding.NONE);
    }

    @Test
    void shouldBeIdleWhenNothingComes() {
        second(40, 0.05);
        second(1, 0.05);
        nowNs.addAndGet(10 * S);

        load.current();
        nowNs.addAndGet(10 * S);

        assertThat(load.current().load()).isLessThan(0.01);
    }
}
