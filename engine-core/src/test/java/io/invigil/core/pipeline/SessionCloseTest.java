package io.invigil.core.pipeline;

import static io.invigil.core.pipeline.PipelineFixture.FRAME_NS;
import static io.invigil.core.pipeline.ScriptedPerception.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.IntakeMode;
import io.invigil.api.OfferResult;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionReport;
import io.invigil.api.SessionState;
import io.invigil.api.ThreadingMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a session comes to its end: what is waited for, for how long, and what is left. */
@Timeout(60)
class SessionCloseTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void shouldCloseInTimeAndSayItIsIncompleteWhenAStageIsStuck() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.STAGED, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.LIVE);
            session.offer(frame(0, "stick=GAZE"));
            fixture.perception.awaitStuck();
            session.offer(frame(FRAME_NS, "faces=1"));
            SessionReport report = session.close(Duration.ofMillis(100));
            assertThat(report.complete()).isFalse();
            assertThat(report.frames().addsUp()).isTrue();
            assertThat(session.offer(frame(2 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.CLOSED);
            assertThat(session.close(LONG)).isSameAs(report);
            assertThat(fixture.lanes.close(Duration.ofMillis(100))).isFalse();
        }
    }

    @Test
    void shouldSayThatAllWasToldWhenTheClosingThreadIsInterrupted() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.LIVE);
            CountDownLatch closing = new CountDownLatch(1);
            session.addListener(new SessionListener() {
                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    while (closing.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                }
            });
            session.offer(frame(0, "faces=1"));
            Thread.currentThread().interrupt();
            fixture.listeners.execute(() -> {
                while (session.state() != SessionState.CLOSED) {
                    Thread.onSpinWait();
                }
                closing.countDown();
            });

            SessionReport report = session.close(LONG);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(report.complete()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldRefuseAListenerThatWouldWaitForItself(ThreadingMode threading) {
        try (PipelineFixture fixture = new PipelineFixture(threading, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.LIVE);
            List<String> refusals = new CopyOnWriteArrayList<>();
            session.addListener(new SessionListener() {
                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    refusals.add(catchThrowable(session::close).getMessage());
                    refusals.add(catchThrowable(() -> session.drain(LONG)).getMessage());
                }
            });

            session.offer(frame(0, "faces=1"));

            assertThat(session.drain(LONG)).isTrue();
            assertThat(refusals)
                    .containsExactly(
                            "close waits for the session's listeners, and must not be called by one; use another thread",
                            "drain waits for the session's listeners, and must not be called by one; use another thread");
            assertThat(session.state()).isEqualTo(SessionState.OPEN);
            assertThat(session.close(LONG).complete()).isTrue();
        }
    }

    @Test
    void shouldTakeAWaitBelowZeroForNone() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.LIVE);
            session.offer(frame(0, "faces=1"));
            assertThat(session.drain(Duration.ofSeconds(Long.MIN_VALUE))).isTrue();
            assertThatThrownBy(() -> session.close(null)).hasMessage("timeout");
            assertThat(session.close(Duration.ofSeconds(Long.MIN_VALUE)).complete())
                    .isTrue();
        }
    }

    @Test
    void shouldFreeEverythingWhenClosed() {
        PipelineFixture fixture = new PipelineFixture(ThreadingMode.STAGED, 3, 8);
        PipelineSession session = fixture.open(IntakeMode.LIVE);
        session.offer(frame(0, "faces=1"));
        session.close(LONG);
        fixture.close();
        assertThat(fixture.perception.openParts).hasValue(0);
    }

    @Test
    void shouldCloseOpenAlertsWhenTheSessionEnds() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 2)) {
            PipelineSession session = fixture.open(IntakeMode.LIVE);
            RecordingListener heard = new RecordingListener();
            session.addListener(heard);
            for (int i = 0; i < 40; i++) {
                session.offer(frame(i * FRAME_NS, i < 10 ? "faces=1" : "faces=0"));
            }
            assertThat(session.openAlerts()).extracting(Alert::type).containsExactly(AlertType.NO_FACE);
            session.close(LONG);
            assertThat(session.openAlerts()).isEmpty();
            Alert last = heard.alerts.get(heard.alerts.size() - 1);
            assertThat(last.phase()).isEqualTo(AlertPhase.CLOSED);
            assertThat(last.endNs()).isEqualTo(39 * FRAME_NS);
        }
    }

    @Test
    void shouldCountAnOfferThatWaitsAndLetItGoWhenClosed() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 2)) {
            PipelineSession session = fixture.open(SessionConfig.builder()
                    .intake(IntakeMode.REPLAY)
                    .maxInFlight(1)
                    .build());
            session.offer(frame(0, "stick=DECODE"));
            fixture.perception.awaitStuck();
            session.offer(frame(FRAME_NS, "faces=1"));
            CompletableFuture<OfferResult> waiting = CompletableFuture.supplyAsync(
                    () -> session.offer(frame(2 * FRAME_NS, "faces=1")), fixture.listeners);
            while (session.frames().offered() < 3) {
                Thread.onSpinWait();
            }
            assertThat(session.frames().addsUp()).isTrue();
            CompletableFuture<SessionReport> closing =
                    CompletableFuture.supplyAsync(() -> session.close(LONG), fixture.listeners);
            assertThat(waiting.join()).isEqualTo(OfferResult.REJECTED_BACKPRESSURE);
            fixture.perception.unstick();
            assertThat(closing.join()).isEqualTo(new SessionReport(new FrameCounts(3, 2, 0, 0, 1, 0, 0), true));
            assertThat(fixture.perception.openParts).hasValue(2);
        }
    }

    @Test
    void shouldWaitForTheFramesInsideWhenOthersAreSupersededMeanwhile() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 4)) {
            PipelineSession session =
                    fixture.open(SessionConfig.builder().maxInFlight(1).build());
            session.offer(frame(0, "stick=DECODE"));
            fixture.perception.awaitStuck();
            for (int i = 1; i < 6; i++) {
                session.offer(frame(i * FRAME_NS, "faces=1"));
            }
            assertThat(session.drain(Duration.ofMillis(50))).isFalse();
            fixture.perception.unstick();
            assertThat(session.drain(LONG)).isTrue();
            assertThat(session.frames()).isEqualTo(new FrameCounts(6, 2, 0, 4, 0, 0, 0));
        }
    }
}
