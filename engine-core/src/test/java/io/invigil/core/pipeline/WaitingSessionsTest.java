package io.invigil.core.pipeline;

import static io.invigil.core.pipeline.ScriptedPerception.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.IntakeMode;
import io.invigil.api.ThreadingMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Beside a staged lane that works on a frame of {@code inside} and has room for others. */
@Timeout(60)
class WaitingSessionsTest {
    private final PipelineFixture fixture = new PipelineFixture(ThreadingMode.STAGED, 2, 4);
    private final PipelineSession inside = fixture.open(IntakeMode.LIVE);
    private final PipelineSession first = fixture.open(IntakeMode.LIVE);
    private final PipelineSession second = fixture.open(IntakeMode.LIVE);
    private final WaitingSessions waiting = new WaitingSessions();
    private RingLane lane;

    @BeforeEach
    void occupyALane() throws InterruptedException {
        inside.offer(frame(0, "stick=FACE"));
        fixture.perception.awaitStuck();
        lane = inside.lane();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldGiveWhoWasPutBackTheNextTurn() {
        waiting.add(first);
        waiting.add(second);

        assertThat(waiting.takeFor(lane)).isSameAs(first);
        waiting.putBack(first);

        assertThat(waiting.takeFor(lane)).isSameAs(first);
        assertThat(waiting.takeFor(lane)).isSameAs(second);
        assertThat(waiting.any()).isFalse();
    }

    @Test
    void shouldForgetWhoWaitsNoLonger() {
        waiting.add(first);
        waiting.remove(first);

        assertThat(waiting.any()).isFalse();
        assertThat(waiting.takeFor(lane)).isNull();
    }

    @Test
    void shouldLeaveWhoIsBoundElsewhereForItsLane() {
        first.offer(frame(0, "stick=DECODE"));
        RingLane elsewhere = first.lane();
        assertThat(elsewhere).isNotSameAs(lane);
        waiting.add(first);
        waiting.add(second);

        assertThat(waiting.takeFor(lane)).isSameAs(second);
        assertThat(waiting.takeFor(elsewhere)).isSameAs(first);
    }
}
