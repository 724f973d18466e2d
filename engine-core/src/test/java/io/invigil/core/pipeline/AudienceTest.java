package io.invigil.core.pipeline;

import static io.invigil.core.pipeline.PipelineFixture.FRAME_NS;
import static io.invigil.core.pipeline.ScriptedPerception.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineConfig;
import io.invigil.api.FrameResult;
import io.invigil.api.HostEvent;
import io.invigil.api.IntakeMode;
import io.invigil.api.OfferResult;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionSignal;
import io.invigil.api.SessionState;
import io.invigil.api.ThreadingMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How what is told reaches listeners that are slow, and through executors that are full. */
@Timeout(60)
final class AudienceTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean full = new AtomicBoolean();
    private final Executor executor = task -> {
        if (full.get()) {
            throw new RejectedExecutionException();
        }
        threads.execute(task);
    };

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private Audience audience() {
        return new Audience(SessionId.random(), executor, () -> {}, overflow -> {});
    }

    private static long deadlineNs() {
        return System.nanoTime() + LONG.toNanos();
    }

    @Test
    void shouldDeliverWhatAFullExecutorRefusedWhenItIsWaitedFor() {
        Audience audience = audience();
        List<SessionState> heard = new CopyOnWriteArrayList<>();
        audience.add(new SessionListener() {
            @Override
            public void onStateChange(SessionId id, SessionState state) {
                heard.add(state);
            }
        });
        full.set(true);
        audience.tellState(SessionState.DRAINING);
        audience.tellState(SessionState.CLOSED);
        full.set(false);

        assertThat(audience.awaitDelivered(deadlineNs())).isTrue();
        assertThat(heard).containsExactly(SessionState.DRAINING, SessionState.CLOSED);
    }

    @Test
    void shouldNotWaitForWhatIsToldMeanwhile() {
        Audience audience = audience();
        AtomicBoolean endless = new AtomicBoolean(true);
        audience.add(new SessionListener() {
            @Override
            public void onStateChange(SessionId id, SessionState state) {
                if (endless.get()) {
                    audience.tellState(state);
                }
            }
        });
        audience.tellState(SessionState.DRAINING);

        boolean delivered = audience.awaitDelivered(deadlineNs());

        endless.set(false);
        assertThat(delivered).isTrue();
    }

    @Test
    void shouldLeaveNothingBehindWhenAWaitRanOutOfTime() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Mailbox mailbox = new Mailbox(new SessionListener() {}, executor, () -> {}, left -> {});
        mailbox.post(listener -> {
            called.countDown();
            await(released);
        });
        called.await();
        Mailbox.Mark givenUp = mailbox.mark();
        Mailbox.Mark waitedFor = mailbox.mark();

        mailbox.remove(givenUp);
        released.countDown();

        while (!waitedFor.isPassed()) {
            Thread.onSpinWait();
        }
        assertThat(givenUp.isPassed()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Lanes lanes(ScriptedPerception perception) {
        return new Lanes(
                EngineConfig.builder().threading(ThreadingMode.FUSED).lanes(1).build(), perception, executor);
    }

    @Test
    void shouldGoOnWithAReplayWhenTheExecutorIsNoLongerFull() {
        Lanes lanes = lanes(new ScriptedPerception());
        PipelineSession session =
                lanes.open(SessionConfig.builder().intake(IntakeMode.REPLAY).build(), left -> {});
        List<FrameResult> heard = new CopyOnWriteArrayList<>();
        session.addListener(new SessionListener() {
            @Override
            public void onFrameResult(SessionId id, FrameResult result) {
                heard.add(result);
            }
        });
        full.set(true);
        int untilBehind = Mailbox.MAX_RESULTS / 2;
        for (int i = 0; i < untilBehind; i++) {
            session.offer(frame(i * FRAME_NS, "faces=1"));
            while (session.frames().analysed() <= i) {
                Thread.onSpinWait();
            }
        }
        full.set(false);

        OfferResult result = session.offer(frame(untilBehind * FRAME_NS, "faces=1"));

        assertThat(result).isEqualTo(OfferResult.ACCEPTED);
        assertThat(session.close(LONG).complete()).isTrue();
        assertThat(heard).hasSize(untilBehind + 1);
        lanes.close(LONG);
    }

    @Test
    void shouldDeliverWhatAFullExecutorRefusedWithTheNextFrame() throws InterruptedException {
        Lanes lanes = lanes(new ScriptedPerception());
        PipelineSession session = lanes.open(SessionConfig.builder().build(), left -> {});
        CountDownLatch heard = new CountDownLatch(1);
        session.addListener(new SessionListener() {
            @Override
            public boolean hearsFrameResults() {
                return false;
            }

            @Override
            public void onSignal(SessionId id, SessionSignal signal) {
                heard.countDown();
            }
        });
        full.set(true);
        session.report(HostEvent.moment("paste", 0));
        full.set(false);

        session.offer(frame(1, "faces=1"));

        assertThat(heard.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        session.close(LONG);
        lanes.close(LONG);
    }
}
