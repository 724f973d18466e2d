package io.invigil.core.pipeline;

import static io.invigil.core.pipeline.PipelineFixture.FRAME_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.IntakeMode;
import io.invigil.api.ThreadingMode;
import io.invigil.testdata.TestSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class SessionIsolationTest {
    private static final int SESSIONS = 50;
    private static final int FRAMES = 300;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldRaiseTheSameAlertsTogetherAsAlone(ThreadingMode threading) throws InterruptedException {
        long seed = TestSeed.value();
        System.out.println("SessionIsolationTest seed " + seed);
        List<List<Alert>> alone = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 2)) {
                alone.add(run(fixture.open(IntakeMode.REPLAY), new Random(seed + i)));
            }
        }
        List<List<Alert>> together = new ArrayList<>();
        try (PipelineFixture fixture = new PipelineFixture(threading, 3, 8)) {
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                List<Alert> alerts = new ArrayList<>();
                together.add(alerts);
                PipelineSession session = fixture.open(IntakeMode.REPLAY);
                Random random = new Random(seed + i);
                Thread producer = new Thread(() -> alerts.addAll(run(session, random)));
                producers.add(producer);
                producer.start();
            }
            for (Thread producer : producers) {
                producer.join();
            }
        }
        assertThat(alone.stream().mapToInt(List::size).sum()).isGreaterThan(SESSIONS);
        assertThat(together).isEqualTo(alone);
    }

    private static List<Alert> run(PipelineSession session, Random random) {
        RecordingListener heard = new RecordingListener();
        session.addListener(heard);
        String script = "faces=1";
        for (int i = 0; i < FRAMES; i++) {
            if (random.nextInt(15) == 0) {
                script = List.of("faces=1", "faces=0", "faces=2", "black").get(random.nextInt(4));
            }
            session.offer(ScriptedPerception.frame(i * FRAME_NS, script));
        }
        session.close(Duration.ofSeconds(30));
        return List.copyOf(heard.alerts);
    }
}
