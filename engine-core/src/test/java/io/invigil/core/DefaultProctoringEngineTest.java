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
import io.invigil.api.SessionReport;
import io.invigil.api.SessionState;
import io.invigil.api.ThreadingMode;
import io.invigil.core.pipeline.ScriptedPerception;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldKeepItsMatricesWhenCreatedInsideAScopeOfTheHost(ThreadingMode threading) {
        ProctoringEngine engine;
        try (PointerScope scope = new PointerScope()) {
            engine = ProctoringEngine.create(
                    EngineConfig.builder().threading(threading).lanes(1).build());
            assertThat(scope).isNotNull();
        }
        try (engine) {
            ProctoringSession session = engine.openSession(SessionConfig.live(Policy.interview()));
            session.offer(Frame.packed(PixelFormat.GRAY, 64, 64, ByteBuffer.allocate(64 * 64), 64, 0));
            session.close();
            assertThat(session.frames().analysed()).isEqualTo(1);
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

    /** A listener that is called and does not come back before the test says so. */
    private static final class Stuck implements SessionListener {
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void onFrameResult(SessionId id, FrameResult result) {
            called.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static DefaultProctoringEngine engine(ScriptedPerception perception, Duration closeTimeout) {
        return new DefaultProctoringEngine(
                EngineConfig.builder()
                        .threading(ThreadingMode.FUSED)
                        .lanes(1)
                        .closeTimeout(closeTimeout)
                        .build(),
                perception);
    }

    private static ProctoringSession withStuckListener(ProctoringEngine engine, Stuck stuck)
            throws InterruptedException {
        ProctoringSession session = engine.openSession(SessionConfig.live(Policy.interview()));
        session.addListener(stuck);
        session.offer(ScriptedPerception.frame(0, "faces=1"));
        stuck.called.await();
        return session;
    }

    @Test
    void shouldFreeTheModelsWhenAListenerUsesUpTheTimeOfTheClose() throws InterruptedException {
        ScriptedPerception perception = new ScriptedPerception();
        Stuck stuck = new Stuck();
        ProctoringEngine engine = engine(perception, Duration.ofMillis(100));
        ProctoringSession session = withStuckListener(engine, stuck);
        try {
            engine.close();
            assertThat(perception.isClosed()).isTrue();
            assertThat(session.close(Duration.ZERO).complete()).isFalse();
        } finally {
            stuck.released.countDown();
        }
    }

    @Test
    void shouldFinishTheFramesOfOthersWhenAListenerIsStuckAtTheClose() throws InterruptedException {
        ScriptedPerception perception = new ScriptedPerception();
        Stuck stuck = new Stuck();
        ProctoringEngine engine = engine(perception, Duration.ofSeconds(5));
        withStuckListener(engine, stuck);
        ProctoringSession other = engine.openSession(SessionConfig.live(Policy.interview()));
        other.offer(ScriptedPerception.frame(0, "stick=DECODE"));
        perception.awaitStuck();
        Thread lane = new Thread(() -> {
            while (other.state() == SessionState.OPEN) {
                Thread.onSpinWait();
            }
            perception.unstick();
            while (other.state() != SessionState.CLOSED) {
                Thread.onSpinWait();
            }
            stuck.released.countDown();
        });
        lane.start();

        engine.close();

        lane.join();
        assertThat(other.close(Duration.ZERO)).isEqualTo(new SessionReport(new FrameCounts(1, 1, 0, 0, 0, 0, 0), true));
    }

    @Test
    void shouldSayThatTheTimeRanOutWhenAFrameLeavesOnlyAfterIt() throws InterruptedException {
        ScriptedPerception perception = new ScriptedPerception();
        ProctoringEngine engine = engine(perception, Duration.ofMillis(50));
        ProctoringSession session = engine.openSession(SessionConfig.live(Policy.interview()));
        session.offer(ScriptedPerception.frame(0, "stick=DECODE"));
        perception.awaitStuck();
        Thread lane = new Thread(() -> {
            while (session.state() != SessionState.CLOSED) {
                Thread.onSpinWait();
            }
            perception.unstick();
        });
        lane.start();

        engine.close();

        lane.join();
        assertThat(session.close(Duration.ZERO).complete()).isFalse();
    }
}
