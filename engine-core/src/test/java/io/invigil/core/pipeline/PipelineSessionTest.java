package io.invigil.core.pipeline;

import static io.invigil.core.pipeline.PipelineFixture.FRAME_NS;
import static io.invigil.core.pipeline.ScriptedPerception.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Accommodation;
import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.EngineConfig;
import io.invigil.api.EngineException;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.HostEvent;
import io.invigil.api.IntakeMode;
import io.invigil.api.OfferResult;
import io.invigil.api.Registration;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionReport;
import io.invigil.api.SessionScore;
import io.invigil.api.SessionSignal;
import io.invigil.api.SessionState;
import io.invigil.api.ThreadingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PipelineSessionTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTellEveryFrameInOrderWhenReplayed(ThreadingMode threading) {
        try (PipelineFixture fixture = new PipelineFixture(threading, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.REPLAY);
            RecordingListener heard = new RecordingListener();
            session.addListener(heard);

            for (int i = 0; i < 200; i++) {
                assertThat(session.offer(frame(i * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED);
            }
            SessionReport report = session.close(LONG);

            assertThat(report.complete()).isTrue();
            assertThat(report.frames()).isEqualTo(new FrameCounts(200, 200, 0, 0, 0, 0, 0));
            assertThat(heard.results)
                    .extracting(FrameResult::frameIndex)
                    .hasSize(200)
                    .isSorted();
            assertThat(heard.states).containsExactly(SessionState.DRAINING, SessionState.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTellResultsToThoseAloneWhoHearThemAndAlertsToAll(ThreadingMode threading) {
        try (PipelineFixture fixture = new PipelineFixture(threading, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.REPLAY);
            RecordingListener alertsOnly = new RecordingListener(false);
            RecordingListener all = new RecordingListener();
            session.addListener(alertsOnly);
            Registration registration = session.addListener(all);
            for (int i = 0; i < 60; i++) {
                if (i == 40) {
                    assertThat(session.drain(LONG)).isTrue();
                    registration.close();
                }
                session.offer(frame(i * FRAME_NS, "faces=2"));
            }
            session.close(LONG);

            assertThat(alertsOnly.results).isEmpty();
            assertThat(all.results).hasSize(40);
            assertThat(all.alerts).isNotEmpty();
            assertThat(alertsOnly.alerts).startsWith(all.alerts.toArray(Alert[]::new));
            assertThat(session.frames().analysed()).isEqualTo(60);
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldGoOnWithTheNextFrameWhenAnyStageThrows(ThreadingMode threading) {
        try (PipelineFixture fixture = new PipelineFixture(threading, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.REPLAY);
            RecordingListener heard = new RecordingListener();
            session.addListener(heard);
            int offered = 0;
            for (Stage stage : Stage.values()) {
                for (String kind : List.of("throw", "fail", "die")) {
                    session.offer(frame(offered++ * FRAME_NS, kind + "=" + stage));
                    session.offer(frame(offered++ * FRAME_NS, "faces=1"));
                }
            }
            session.close(LONG);

            int bad = offered / 2;
            assertThat(session.frames()).isEqualTo(new FrameCounts(offered, bad, 0, 0, 0, bad, 0));
            assertThat(heard.results).hasSize(offered);
            for (FrameResult result : heard.results) {
                assertThat(result.isAnalysed()).isEqualTo(result.frameIndex() % 2 == 1);
            }
        }
    }

    @Test
    void shouldServeEverySessionInTurnWhenTheRingIsFull() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 2)) {
            List<PipelineSession> sessions = Stream.generate(() -> fixture.open(IntakeMode.LIVE))
                    .limit(20)
                    .toList();
            sessions.get(0).offer(frame(0, "stick=DECODE"));
            fixture.perception.awaitStuck();
            sessions.forEach(session -> session.offer(frame(FRAME_NS, "faces=1")));
            fixture.perception.unstick();
            for (PipelineSession session : sessions) {
                assertThat(session.drain(LONG)).isTrue();
                assertThat(session.frames().analysed()).isPositive();
                assertThat(session.frames().addsUp()).isTrue();
            }
        }
    }

    @Test
    void shouldReachNobodyElseWhenAListenerThrows() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.REPLAY);
            Registration throwing = session.addListener(new SessionListener() {
                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    throw new IllegalStateException("on purpose");
                }
            });
            RecordingListener heard = new RecordingListener();
            session.addListener(heard);
            for (int i = 0; i < 50; i++) {
                session.offer(frame(i * FRAME_NS, "faces=0"));
            }
            session.close(LONG);
            assertThat(heard.results).hasSize(50);
            assertThat(heard.alerts).isNotEmpty();
            assertThat(throwing.failures()).isEqualTo(50);
            assertThat(session.listenerFailures()).isEqualTo(50);
        }
    }

    @Test
    void shouldGiveUpResultsButNoAlertsWhenAListenerIsSlow() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 4)) {
            PipelineSession session = fixture.open(IntakeMode.LIVE);
            CountDownLatch release = new CountDownLatch(1);
            RecordingListener slowHeard = new RecordingListener();
            Registration slow = session.addListener(new SessionListener() {
                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    await(release);
                    slowHeard.onFrameResult(id, result);
                }

                @Override
                public void onAlert(SessionId id, Alert alert) {
                    slowHeard.onAlert(id, alert);
                }
            });
            RecordingListener fast = new RecordingListener();
            session.addListener(fast);
            int frames = 400;
            for (int i = 0; i < frames; i++) {
                session.offer(frame(i * FRAME_NS, i % 40 < 20 ? "faces=1" : "faces=0"));
                while (session.frames().inFlight() > 0) {
                    Thread.onSpinWait();
                }
            }
            assertThat(session.frames().analysed()).isEqualTo(frames);
            release.countDown();
            session.close(LONG);
            assertThat(slow.conflated()).isPositive();
            assertThat(slowHeard.results.size() + slow.conflated()).isEqualTo(frames);
            assertThat(slowHeard.alerts).isEqualTo(fast.alerts).hasSizeGreaterThan(2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"FUSED", "STAGED"})
    void shouldLoseNoFrameWhenAListenerInterruptsTheThreadItIsCalledOn(ThreadingMode threading) {
        ScriptedPerception perception = new ScriptedPerception();
        Lanes lanes =
                new Lanes(EngineConfig.builder().threading(threading).lanes(1).build(), perception, Runnable::run);
        PipelineSession session =
                lanes.open(SessionConfig.builder().intake(IntakeMode.REPLAY).build(), closed -> {});
        session.addListener(new SessionListener() {
            @Override
            public void onFrameResult(SessionId id, FrameResult result) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 100; i++) {
            session.offer(frame(i * FRAME_NS, "faces=1"));
        }
        assertThat(session.close(LONG).frames()).isEqualTo(new FrameCounts(100, 100, 0, 0, 0, 0, 0));
        assertThat(lanes.close(LONG)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellItsObserverHowLongEachFrameTookAndMindNoThrowOfIt(ThreadingMode threading) {
        AtomicInteger calls = new AtomicInteger();
        EngineConfig config = EngineConfig.builder()
                .threading(threading)
                .lanes(1)
                .frameObserver((waitedNs, timings) -> {
                    if (waitedNs >= 0 && timings.totalNs() > 0) {
                        calls.incrementAndGet();
                    }
                    throw new IllegalStateException("an observer that throws");
                })
                .build();
        Lanes lanes = new Lanes(config, new ScriptedPerception(), Runnable::run);
        PipelineSession session =
                lanes.open(SessionConfig.builder().intake(IntakeMode.REPLAY).build(), closed -> {});
        for (int i = 0; i < 10; i++) {
            session.offer(frame(i * FRAME_NS, "faces=1"));
        }
        assertThat(session.close(LONG).frames()).isEqualTo(new FrameCounts(10, 10, 0, 0, 0, 0, 0));
        assertThat(lanes.close(LONG)).isTrue();
        assertThat(calls).hasValue(10);
    }

    @Test
    void shouldTryAgainWhenTheListenerExecutorFailed() {
        AtomicInteger calls = new AtomicInteger();
        Lanes lanes = new Lanes(EngineConfig.builder().lanes(1).build(), new ScriptedPerception(), task -> {
            if (calls.getAndIncrement() == 0) {
                throw new OutOfMemoryError("scripted: no native thread");
            }
            task.run();
        });
        PipelineSession session = lanes.open(SessionConfig.builder().build(), closed -> {});
        RecordingListener heard = new RecordingListener();
        session.addListener(heard);
        session.offer(frame(0, "faces=1"));
        session.drain(Duration.ofMillis(100));
        session.offer(frame(FRAME_NS, "faces=1"));
        session.close(LONG);
        assertThat(heard.results).hasSize(2);
        assertThat(lanes.close(LONG)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldNotPassOnWhatTheHostReportsOfASilencedKind() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 4)) {
            PipelineSession session = fixture.open(SessionConfig.builder()
                    .intake(IntakeMode.REPLAY)
                    .accommodations(List.of(Accommodation.silence(
                            AlertType.PASTE, "office", Instant.parse("2026-11-02T09:00:00Z"), "test")))
                    .build());
            List<SessionSignal> heard = new ArrayList<>();
            session.addListener(new SessionListener() {
                @Override
                public void onSignal(SessionId id, SessionSignal signal) {
                    heard.add(signal);
                }
            });
            session.offer(frame(0, "faces=1"));
            assertThat(session.report(HostEvent.moment("paste", 1))).isEmpty();
            assertThat(session.report(HostEvent.moment("tab_switch", 2))).isPresent();
            session.offer(frame(10 * FRAME_NS, "faces=1"));
            session.close(LONG);

            assertThat(heard).containsExactly(HostEvent.moment("tab_switch", 2));
            assertThat(session.score().terms())
                    .extracting(SessionScore.Term::kind)
                    .containsExactly(AlertType.TAB_SWITCH);
        }
    }

    @Test
    void shouldRefuseToGoOnFromASnapshotOfOtherAccommodations() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 4)) {
            byte[] snapshot = fixture.open(IntakeMode.REPLAY).snapshot();
            SessionConfig other = SessionConfig.builder()
                    .accommodations(List.of(Accommodation.silence(
                            AlertType.PASTE, "office", Instant.parse("2026-11-02T09:00:00Z"), "test")))
                    .resumeFrom(snapshot)
                    .build();
            assertThatThrownBy(() -> fixture.open(other))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("resumeFrom does not fit: the snapshot is from policy interview");
        }
    }
}
