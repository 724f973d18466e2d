package io.invigil.core.pipeline;

import static io.invigil.core.pipeline.PipelineFixture.FRAME_NS;
import static io.invigil.core.pipeline.ScriptedPerception.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.IntakeMode;
import io.invigil.api.OfferResult;
import io.invigil.api.Pause;
import io.invigil.api.PixelFormat;
import io.invigil.api.SessionConfig;
import io.invigil.api.ThreadingMode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a frame at the entrance of its session. */
@Timeout(60)
class AdmissionTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** A replay whose lane is stuck in a frame while another waits; each slot of its grid has one frame. */
    private static PipelineSession full(PipelineFixture fixture, Duration offerTimeout) throws InterruptedException {
        PipelineSession session = fixture.open(SessionConfig.builder()
                .intake(IntakeMode.REPLAY)
                .maxInFlight(1)
                .maxAnalysedFps(5)
                .offerTimeout(offerTimeout)
                .build());
        session.offer(frame(0, "stick=DECODE"));
        fixture.perception.awaitStuck();
        assertThat(session.offer(frame(FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED);
        return session;
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"FUSED", "STAGED"})
    void shouldKeepOnlyTheNewestWaitingFrameWhenLiveAndBusy(ThreadingMode threading) throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(threading, 1, 4)) {
            PipelineSession session =
                    fixture.open(SessionConfig.builder().maxInFlight(1).build());
            RecordingListener heard = new RecordingListener();
            session.addListener(heard);

            assertThat(session.offer(frame(0, "stick=FACE faces=1"))).isEqualTo(OfferResult.ACCEPTED);
            fixture.perception.awaitStuck();
            assertThat(session.offer(frame(FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED);
            assertThat(session.offer(frame(2 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED_SUPERSEDING);
            assertThat(session.offer(frame(3 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED_SUPERSEDING);
            assertThat(session.frames()).isEqualTo(new FrameCounts(4, 0, 0, 2, 0, 0, 2));

            fixture.perception.unstick();
            assertThat(session.close(LONG).complete()).isTrue();
            assertThat(session.frames()).isEqualTo(new FrameCounts(4, 2, 0, 2, 0, 0, 0));
            assertThat(heard.results).extracting(FrameResult::frameIndex).containsExactly(0L, 3L);
        }
    }

    @Test
    void shouldRejectAfterTheTimeoutWhenAReplayFindsNoRoom() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 2)) {
            PipelineSession session = full(fixture, Duration.ofMillis(50));
            assertThat(session.offer(frame(2 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.REJECTED_BACKPRESSURE);
            fixture.perception.unstick();
            session.close(LONG);
            assertThat(session.frames()).isEqualTo(new FrameCounts(3, 2, 0, 0, 1, 0, 0));
        }
    }

    @Test
    void shouldTakeAFrameThatFoundNoRoomWhenItComesAgain() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 2)) {
            PipelineSession session = full(fixture, Duration.ofMillis(50));
            assertThat(session.offer(frame(2 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.REJECTED_BACKPRESSURE);
            fixture.perception.unstick();
            assertThat(session.drain(LONG)).isTrue();

            assertThat(session.offer(frame(FRAME_NS, "faces=1"))).isEqualTo(OfferResult.REJECTED_OUT_OF_ORDER);
            assertThat(session.offer(frame(2 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED);
            assertThat(session.offer(frame(2 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.REJECTED_OUT_OF_ORDER);
            session.close(LONG);
            assertThat(session.frames()).isEqualTo(new FrameCounts(6, 3, 0, 0, 3, 0, 0));
        }
    }

    @Test
    void shouldTakeAFrameThatComesAgainOnceWhenTwoThreadsOfferIt() throws Exception {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 2)) {
            PipelineSession session = full(fixture, Duration.ofSeconds(1));
            assertThat(session.offer(frame(2 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.REJECTED_BACKPRESSURE);

            FutureTask<OfferResult> again = new FutureTask<>(() -> session.offer(frame(2 * FRAME_NS, "faces=1")));
            Thread waiting = new Thread(again);
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertThat(session.offer(frame(2 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.REJECTED_OUT_OF_ORDER);
            fixture.perception.unstick();
            assertThat(again.get()).isEqualTo(OfferResult.ACCEPTED);
            session.close(LONG);
            assertThat(session.frames()).isEqualTo(new FrameCounts(5, 3, 0, 0, 2, 0, 0));
        }
    }

    @Test
    void shouldCountAndReportFramesThatAreRefusedAtTheEntrance() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 2)) {
            PipelineSession session = fixture.open(IntakeMode.LIVE);
            RecordingListener heard = new RecordingListener();
            session.addListener(heard);
            ByteBuffer pixels = ByteBuffer.allocate(640 * 480 * 3);

            session.offer(frame(FRAME_NS, "faces=1"));
            assertThat(session.offer(frame(FRAME_NS, "faces=1"))).isEqualTo(OfferResult.REJECTED_OUT_OF_ORDER);
            assertThat(session.offer(frame(0, "faces=1"))).isEqualTo(OfferResult.REJECTED_OUT_OF_ORDER);
            assertThat(session.offer(frame(2 * FRAME_NS, ""))).isEqualTo(OfferResult.REJECTED_INVALID);
            assertThat(session.offer(Frame.packed(PixelFormat.BGR, 0, 480, pixels, 1920, 3 * FRAME_NS)))
                    .isEqualTo(OfferResult.REJECTED_INVALID);
            assertThat(session.offer(Frame.packed(PixelFormat.BGR, 640, 480, pixels, 1919, 4 * FRAME_NS)))
                    .isEqualTo(OfferResult.REJECTED_INVALID);
            assertThat(session.offer(Frame.packed(PixelFormat.BGR, 640, 481, pixels, 1920, 5 * FRAME_NS)))
                    .isEqualTo(OfferResult.REJECTED_INVALID);
            assertThat(session.offer(Frame.packed(PixelFormat.GRAY, 100_000, 100_000, pixels, 100_000, 6 * FRAME_NS)))
                    .isEqualTo(OfferResult.REJECTED_INVALID);

            assertThat(session.frames()).isEqualTo(new FrameCounts(8, 1, 0, 0, 7, 0, 0));
            assertThat(heard.errors)
                    .extracting(error -> error.code())
                    .containsExactly(
                            ErrorCode.FRAME_OUT_OF_ORDER,
                            ErrorCode.FRAME_OUT_OF_ORDER,
                            ErrorCode.FRAME_DECODE,
                            ErrorCode.FRAME_GEOMETRY,
                            ErrorCode.FRAME_GEOMETRY,
                            ErrorCode.FRAME_GEOMETRY,
                            ErrorCode.FRAME_TOO_LARGE);
            assertThat(heard.errors.get(4)).hasMessage("stride of plane 0 is 1919, must be at least 1920");
        }
    }

    @Test
    void shouldAnalyseOnAFixedGridWhenARateIsSet() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 2)) {
            PipelineSession session =
                    fixture.open(SessionConfig.builder().maxAnalysedFps(5).build());
            RecordingListener heard = new RecordingListener();
            session.addListener(heard);
            for (int i = 0; i < 30; i++) {
                session.offer(frame(1_000_000_000L + i * 1_000_000_000L / 30, "faces=1"));
            }
            session.close(LONG);
            assertThat(session.frames()).isEqualTo(new FrameCounts(30, 5, 25, 0, 0, 0, 0));
            assertThat(heard.results).extracting(FrameResult::frameIndex).containsExactly(0L, 6L, 12L, 18L, 24L);
        }
    }

    @Test
    void shouldAnalyseFramesThatLieCenturiesApartWhenARateIsSet() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 2)) {
            PipelineSession session =
                    fixture.open(SessionConfig.builder().maxAnalysedFps(5).build());
            session.offer(frame(Long.MIN_VALUE / 4 * 3, "faces=1"));
            session.offer(frame(Long.MAX_VALUE / 4 * 3, "faces=1"));
            session.offer(frame(Long.MAX_VALUE / 4 * 3 + FRAME_NS / 2, "faces=1"));
            session.offer(frame(Long.MAX_VALUE / 4 * 3 + FRAME_NS, "faces=1"));
            session.close(LONG);
            assertThat(session.frames()).isEqualTo(new FrameCounts(4, 3, 1, 0, 0, 0, 0));
        }
    }

    @Test
    void shouldSayThatItIsPausedWhenItGoesOnFromAPausedSnapshot() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 4)) {
            PipelineSession before = fixture.open(IntakeMode.LIVE);
            before.offer(frame(5 * FRAME_NS, "faces=1"));
            assertThat(before.isPaused()).isFalse();
            before.report(new Pause(5 * FRAME_NS, true));
            PipelineSession session = fixture.open(
                    SessionConfig.builder().resumeFrom(before.snapshot()).build());

            assertThat(session.isPaused()).isTrue();
            assertThat(session.offer(frame(6 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.SAMPLED_OUT);
            session.report(new Pause(7 * FRAME_NS, false));
            assertThat(session.isPaused()).isFalse();
            assertThat(session.offer(frame(8 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED);
        }
    }

    @Test
    void shouldRefuseFramesOfBeforeTheSnapshotWhenItGoesOn() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 4)) {
            PipelineSession before = fixture.open(IntakeMode.LIVE);
            before.offer(frame(5 * FRAME_NS, "faces=1"));
            PipelineSession session = fixture.open(
                    SessionConfig.builder().resumeFrom(before.snapshot()).build());
            RecordingListener heard = new RecordingListener();
            session.addListener(heard);

            assertThat(session.offer(frame(5 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.REJECTED_OUT_OF_ORDER);
            assertThat(session.offer(frame(6 * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED);
            assertThat(heard.errors)
                    .extracting(EngineException::getMessage)
                    .containsExactly("timestampNs is 1000000000, must be more than the frame's before, 1000000000");
        }
    }
}
