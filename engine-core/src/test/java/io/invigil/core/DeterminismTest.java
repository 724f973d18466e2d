package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.IntakeMode;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ImageCoding;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.ScenarioRenderer;
import io.invigil.testdata.ScenarioScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same frames give the same alerts, whatever runs them and whoever else is there: with the real models. */
@Timeout(600)
class DeterminismTest {
    private static final int RUNS = 20;
    private static final int SESSIONS = 50;
    private static final Duration LONG = Duration.ofSeconds(120);

    /** Objects are looked for seldom, so that all the runs fit a build; they are looked for in every one all the same. */
    private static final Policy POLICY =
            Policy.strict().toBuilder().presenceInterval(Duration.ofSeconds(3)).build();

    private static List<Frame> recording;

    /** What a run leaves behind. */
    private record Outcome(List<Alert> alerts, List<Observation> observations) {}

    @BeforeAll
    static void renderOnce() {
        recording = render(ScenarioScript.builder(11)
                .size(640, 480)
                .framesPerSecond(5)
                .durationSeconds(20)
                .candidate(Portrait.P2, 48)
                .lookAwayByEyes(5, 8, -30, 0)
                .secondPerson(9, 12, Portrait.P3, true)
                .capped(13, 15)
                .leaves(16, 19, true)
                .build());
    }

    private static List<Frame> render(ScenarioScript script) {
        List<Frame> frames = new ArrayList<>();
        for (FrameImage image : new ScenarioRenderer(script)) {
            frames.add(Frame.encoded(ImageCoding.jpeg(image, 0.85), image.timestampNs()));
        }
        return frames;
    }

    @Test
    void shouldGiveTheSameAlertsInEveryRunOnAnyThreads() {
        Outcome reference = null;
        for (int run = 0; run < RUNS; run++) {
            ThreadingMode threading = ThreadingMode.values()[run % 3];
            int lanes = 1 + run % 4;
            IntakeMode intake = run % 2 == 0 ? IntakeMode.REPLAY : IntakeMode.LIVE;
            try (ProctoringEngine engine = engine(threading, lanes)) {
                Outcome outcome = play(engine, intake, recording);
                if (reference == null) {
                    reference = outcome;
                    assertThat(outcome.alerts()).hasSizeGreaterThanOrEqualTo(6);
                }
                assertThat(outcome)
                        .as("run %d, %s, %d lanes, %s", run, threading, lanes, intake)
                        .isEqualTo(reference);
            }
        }
        System.out.println(RUNS + " runs of " + recording.size() + " frames: the same "
                + reference.alerts().size() + " alert messages and "
                + reference.observations().size() + " observations each time");
    }

    @Test
    void shouldGiveEachOfFiftySessionsTheAlertsItHasAlone() throws InterruptedException {
        List<List<Frame>> streams = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            List<Frame> stream = new ArrayList<>();
            int skip = i % 25;
            for (int k = skip; k < recording.size(); k += 4 + i % 3) {
                stream.add(recording.get(k));
            }
            streams.add(stream);
        }
        List<Outcome> alone = new ArrayList<>();
        try (ProctoringEngine engine = engine(ThreadingMode.CALLER, 1)) {
            streams.forEach(stream -> alone.add(play(engine, IntakeMode.REPLAY, stream)));
        }
        List<Outcome> together = new ArrayList<>(Collections.nCopies(SESSIONS, null));
        try (ProctoringEngine engine = engine(ThreadingMode.FUSED, 3)) {
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                int index = i;
                Thread producer =
                        new Thread(() -> together.set(index, play(engine, IntakeMode.REPLAY, streams.get(index))));
                producers.add(producer);
                producer.start();
            }
            for (Thread producer : producers) {
                producer.join();
            }
        }
        assertThat(alone.stream().mapToInt(outcome -> outcome.alerts().size()).sum())
                .isGreaterThan(SESSIONS);
        assertThat(together).isEqualTo(alone);
        System.out.println(SESSIONS + " sessions at once: the same alerts and observations as each alone");
    }

    private static ProctoringEngine engine(ThreadingMode threading, int lanes) {
        return ProctoringEngine.create(
                EngineConfig.builder().threading(threading).lanes(lanes).build());
    }

    private static Outcome play(ProctoringEngine engine, IntakeMode intake, List<Frame> frames) {
        List<Alert> alerts = new ArrayList<>();
        List<Observation> observations = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        ProctoringSession session = engine.openSession(SessionConfig.builder()
                .intake(intake)
                .policy(POLICY)
                .offerTimeout(LONG)
                .build());
        session.addListener(new SessionListener() {
            @Override
            public void onAlert(SessionId id, Alert alert) {
                alerts.add(alert);
            }

            @Override
            public void onFrameResult(SessionId id, FrameResult result) {
                result.observation().ifPresentOrElse(observations::add, failures::incrementAndGet);
            }
        });
        for (Frame frame : frames) {
            assertThat(session.offer(frame).isAccepted()).isTrue();
            if (intake == IntakeMode.LIVE) {
                // A live camera slower than the engine: each frame is analysed before the next one comes.
                assertThat(session.drain(LONG)).isTrue();
            }
        }
        assertThat(session.close(LONG).complete()).isTrue();
        assertThat(session.frames()).isEqualTo(new FrameCounts(frames.size(), frames.size(), 0, 0, 0, 0, 0));
        assertThat(failures).hasValue(0);
        return new Outcome(List.copyOf(alerts), List.copyOf(observations));
    }
}
