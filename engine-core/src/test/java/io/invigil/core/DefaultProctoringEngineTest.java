package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.PixelFormat;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Registration;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine adds up of its sessions. */
@Timeout(60)
class DefaultProctoringEngineTest {
    @Test
    void shouldCountTheFrameThatIsInsideWhenItsSessionIsClosedWithoutWaiting() {
        try (ProctoringEngine engine = ProctoringEngine.create(
                EngineConfig.builder().threading(ThreadingMode.FUSED).lanes(1).build())) {
            ProctoringSession session = engine.openSession(SessionConfig.live(Policy.interview()));
            session.offer(Frame.packed(PixelFormat.GRAY, 64, 64, ByteBuffer.allocate(64 * 64), 64, 0));

            boolean complete = session.close(Duration.ZERO).complete();

            assertThat(complete).isFalse();
            assertThat(engine.statistics().openSessions()).isZero();
            assertThat(session.drain(Duration.ofSeconds(20))).isTrue();
            assertThat(engine.statistics().frames()).isEqualTo(new FrameCounts(1, 1, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void shouldRefuseAListenerThatClosesItAndGoOn() {
        try (ProctoringEngine engine = ProctoringEngine.create(
                EngineConfig.builder().threading(ThreadingMode.CALLER).build())) {
            ProctoringSession session = engine.openSession(SessionConfig.live(Policy.interview()));
            Runnable closing = engine::close;
            Registration registration = session.addListener(new SessionListener() {
                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    closing.run();
                }
            });

            session.offer(Frame.packed(PixelFormat.GRAY, 64, 64, ByteBuffer.allocate(64 * 64), 64, 0));

            assertThat(registration.failures()).isEqualTo(1);
            assertThat(engine.statistics().openSessions()).isEqualTo(1);
            session.close();
            assertThat(engine.statistics().openSessions()).isZero();
            assertThat(engine.statistics().frames()).isEqualTo(new FrameCounts(1, 1, 0, 0, 0, 0, 0));
        }
    }
}
