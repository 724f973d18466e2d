package io.invigil.core.pipeline;

import static io.invigil.core.pipeline.PipelineFixture.FRAME_NS;
import static io.invigil.core.pipeline.ScriptedPerception.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.IntakeMode;
import io.invigil.api.OfferResult;
import io.invigil.api.SessionConfig;
import io.invigil.api.ThreadingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingLanesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void shouldWorkOnEverySessionWhenOneLaneIsHeldUp() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 2, 2)) {
            List<PipelineSession> sessions = open(fixture, 8);
            sessions.get(0).offer(frame(0, "stick=DECODE"));
            fixture.perception.awaitStuck();

            for (int i = 1; i <= 20; i++) {
                for (PipelineSession session : sessions.subList(1, 8)) {
                    assertThat(session.offer(frame(i * FRAME_NS, "faces=1"))).isEqualTo(OfferResult.ACCEPTED);
                    assertThat(session.drain(LONG)).isTrue();
                }
            }

            for (PipelineSession session : sessions.subList(1, 8)) {
                assertThat(session.frames()).isEqualTo(new FrameCounts(20, 20, 0, 0, 0, 0, 0));
            }
            assertThat(sessions.get(0).frames()).isEqualTo(new FrameCounts(1, 0, 0, 0, 0, 0, 1));
        }
    }

    @Test
    void shouldLeaveALaneThatIsHeldUpWhenTheSessionHadItsEarlierFramesThere() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 2, 2)) {
            List<PipelineSession> sessions = open(fixture, 2);
            sessions.get(1).offer(frame(0, "faces=1"));
            assertThat(sessions.get(1).drain(LONG)).isTrue();
            sessions.get(0).offer(frame(0, "stick=DECODE")); // On the first idle lane, where that one was.
            fixture.perception.awaitStuck();

            sessions.get(1).offer(frame(FRAME_NS, "faces=1"));

            assertThat(sessions.get(1).drain(LONG)).isTrue();
        }
    }

    @Test
    void shouldLetOthersByWhenASessionWaitsForTheLaneThatHasItsFrames() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 2, 2)) {
            PipelineSession bound =
                    fixture.open(SessionConfig.builder().maxInFlight(3).build());
            PipelineSession other = fixture.open(IntakeMode.LIVE);
            bound.offer(frame(0, "stick=DECODE"));
            fixture.perception.awaitStuck();
            bound.offer(frame(FRAME_NS, "faces=1"));
            bound.offer(frame(2 * FRAME_NS, "faces=1"));

            other.offer(frame(0, "faces=1"));

            assertThat(other.drain(LONG)).isTrue();
        }
    }

    @Test
    void shouldForgetASessionThatWaitsWhenItsCloseRunsOutOfTime() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 2)) {
            PipelineSession stuck = fixture.open(IntakeMode.LIVE);
            PipelineSession waits = fixture.open(IntakeMode.LIVE);
            PipelineSession next = fixture.open(IntakeMode.LIVE);
            stuck.offer(frame(0, "stick=DECODE"));
            fixture.perception.awaitStuck();
            waits.offer(frame(0, "faces=1"));

            assertThat(waits.close(Duration.ofMillis(20)).frames()).isEqualTo(new FrameCounts(1, 0, 0, 1, 0, 0, 0));
            next.offer(frame(0, "faces=2"));
            fixture.perception.unstick();

            assertThat(next.drain(LONG)).isTrue();
            assertThat(fixture.perception.begun).containsExactly("stick=DECODE", "faces=2");
        }
    }

    @Test
    void shouldWorkOnTheFramesOfASessionOneByOneAndInOrderWhenLanesAreMany() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 3, 4)) {
            List<PipelineSession> sessions = open(fixture, 7);
            List<RecordingListener> heard = new ArrayList<>();
            for (PipelineSession session : sessions) {
                heard.add(new RecordingListener());
                session.addListener(heard.get(heard.size() - 1));
            }
            List<CompletableFuture<Void>> producers = sessions.stream()
                    .map(session -> CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 1_000; i++) {
                                    session.offer(frame(i * FRAME_NS, "faces=1"));
                                }
                            },
                            fixture.listeners))
                    .toList();
            producers.forEach(CompletableFuture::join);
            sessions.forEach(session -> session.close(LONG));

            assertThat(fixture.perception.overlapping).hasValue(0);
            for (int i = 0; i < sessions.size(); i++) {
                assertThat(sessions.get(i).frames().addsUp()).isTrue();
                assertThat(heard.get(i).results)
                        .extracting(FrameResult::frameIndex)
                        .isNotEmpty()
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void shouldSpreadSessionsOverStagedLanesWhenTheyComeTogether() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.STAGED, 4, 8)) {
            List<PipelineSession> sessions = open(fixture, 8);
            for (PipelineSession session : sessions) {
                session.offer(frame(0, "stick=DECODE"));
            }
            fixture.perception.awaitStuck();
            while (fixture.perception.begun.size() < 4) {
                Thread.sleep(1);
            }
            assertThat(sessions)
                    .extracting(session -> session.lane().unfinished())
                    .containsOnly(2);
        }
    }

    @Test
    void shouldLetANewcomerInBeforeTheNextFramesOfASessionThatFillsTheLane() throws InterruptedException {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.FUSED, 1, 4)) {
            PipelineSession recording = fixture.open(SessionConfig.builder()
                    .intake(IntakeMode.REPLAY)
                    .maxInFlight(4)
                    .build());
            PipelineSession live = fixture.open(IntakeMode.LIVE);
            recording.offer(frame(0, "stick=DECODE faces=1"));
            fixture.perception.awaitStuck();
            for (int i = 1; i < 5; i++) {
                recording.offer(frame(i * FRAME_NS, "faces=1"));
            }
            live.offer(frame(0, "faces=2"));

            fixture.perception.unstick();
            assertThat(recording.drain(LONG) && live.drain(LONG)).isTrue();

            assertThat(fixture.perception.begun)
                    .containsExactly("stick=DECODE faces=1", "faces=1", "faces=1", "faces=1", "faces=2", "faces=1");
        }
    }

    private static List<PipelineSession> open(PipelineFixture fixture, int count) {
        return Stream.generate(() -> fixture.open(IntakeMode.LIVE)).limit(count).toList();
    }
}
