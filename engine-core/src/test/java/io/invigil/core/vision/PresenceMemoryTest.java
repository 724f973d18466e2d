package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.CameraState;
import io.invigil.api.ImageQuality;
import io.invigil.api.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceMemoryTest {
    private static final long FRAME_NS = 200_000_000;

    static ImageQuality quality(CameraState state, double peakChange, boolean sceneCut) {
        return new ImageQuality(state, 120, 40, 1, 0, peakChange, false, sceneCut);
    }

    private static final ImageQuality CALM = quality(CameraState.OK, 0, false);

    private static List<Integer> looksAt(PresenceMemory memory, int frames, ImageQuality quality, int furtherRuns) {
        List<Integer> looks = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            if (memory.due(i * FRAME_NS, quality)) {
                memory.beginLook(i * FRAME_NS, quality.sceneCut());
                for (int k = 0; k < furtherRuns; k++) {
                    memory.spendRun();
                }
                looks.add(i);
            }
        }
        return looks;
    }

    @Test
    void shouldLookOnceAnIntervalWhenNothingHappens() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());

        assertThat(looksAt(memory, 21, CALM, 0)).containsExactly(0, 5, 10, 15, 20);
    }

    @Test
    void shouldLookAtEveryFrameWhenIntervalIsZero() {
        Policy policy =
                Policy.interview().toBuilder().presenceInterval(Duration.ZERO).build();

        assertThat(looksAt(new PresenceMemory(policy), 6, CALM, 2)).hasSize(6);
    }

    @Test
    void shouldKeepTheBeatWhenFrameTimesAreRounded() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        int looks = 0;
        for (int i = 0; i < 91; i++) {
            long timestampNs = i * 333_000_000L;
            if (memory.due(timestampNs, CALM)) {
                memory.beginLook(timestampNs, false);
                looks++;
            }
        }

        assertThat(looks).isEqualTo(31);
    }

    @Test
    void shouldNotLookWhenNothingCanBeSeen() {
        for (CameraState state : new CameraState[] {CameraState.BLACK, CameraState.COVERED}) {
            assertThat(looksAt(new PresenceMemory(Policy.interview()), 20, quality(state, 50, true), 0))
                    .isEmpty();
        }
        assertThat(looksAt(new PresenceMemory(Policy.interview()), 20, quality(CameraState.DARK, 0, false), 0))
                .hasSize(4);
    }

    @Test
    void shouldLookSoonerWhenSomethingMoves() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());

        assertThat(looksAt(memory, 21, quality(CameraState.OK, 60, false), 0)).hasSizeGreaterThan(5);
    }

    @Test
    void shouldStayWithinTwoRunsASecondWhenEverythingCallsForMore() {
        for (boolean cut : new boolean[] {false, true}) {
            PresenceMemory memory = new PresenceMemory(Policy.interview());
            int runs = 0;
            for (int i = 0; i < 500; i++) {
                if (memory.due(i * FRAME_NS, quality(CameraState.OK, 60, cut))) {
                    memory.beginLook(i * FRAME_NS, cut);
                    runs++;
                    while (memory.spendRun()) {
                        runs++;
                    }
                }
            }

            assertThat(runs).as("scene cuts: %s", cut).isBetween(150, 210);
        }
    }

    @Test
    void shouldForgetTheSuspicionWhenTheSceneIsCut() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        ObjectCandidates phone = new ObjectCandidates(1);
        phone.add(NanoDetClasses.CELL_PHONE, 0.3f, 0, 10, 10, 50, 80);
        memory.beginLook(0, false);
        memory.phoneCase().follow(phone, 0, memory.looks());

        memory.beginLook(FRAME_NS, true);

        assertThat(memory.phoneCase().spot().size()).isZero();
        assertThat(memory.phoneCase().evidence()).isZero();
    }
}
