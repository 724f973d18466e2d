package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineConfig;
import io.invigil.api.ProctoringEngine;
import io.invigil.server.record.MemoryStore;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ImageCoding;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.ScenarioRenderer;
import io.invigil.testdata.ScenarioScript;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What becomes of an open alert when the server starts again, with the real engine and its models. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartTest {
    private static final ScenarioScript SCRIPT = ScenarioScript.builder(5)
            .size(640, 480)
            .framesPerSecond(5)
            .durationSeconds(22)
            .candidate(Portrait.P2, 55)
            .secondPerson(3, 19, Portrait.P1, true)
            .build();

    private static final int BEFORE = 55;

    private final MemoryStore store = new MemoryStore();

    /** One run of the server, with what a test may leave as a kill would. */
    private final class Run implements AutoCloseable {
        private final TestClock clock = new TestClock();
        private final ProctoringEngine engine =
                ProctoringEngine.create(EngineConfig.builder().lanes(1).build());
        private final InvigilServer server;
        private final Client client;

        /** For a run that is left as a kill would leave it the time of the next does not pass: it does not save any more. */
        Run(Duration ahead) {
            clock.forward(ahead);
            server = InvigilServer.builder(engine, store).port(0).clock(clock).start();
            client = new Client(server.port());
        }

        /** Sends pictures at the script's times and answers when the server says the first and the last were taken. */
        private List<Instant> stream(String id, List<FrameImage> pictures) {
            Client.Socket socket = client.dial(id, List.of(), List.of("invigil.timed.v1"));
            List<Instant> times = new ArrayList<>();
            for (FrameImage picture : pictures) {
                byte[] jpeg = ImageCoding.jpeg(picture, 0.8);
                ByteBuffer message = ByteBuffer.allocate(8 + jpeg.length)
                        .putLong(picture.timestampNs())
                        .put(jpeg);
                JsonNode data = socket.frame(message.array()).next().get("data");
                assertThat(data.get("frame_processed").asBoolean()).isTrue();
                times.add(Instant.parse(data.get("timestamp").asString()));
            }
            return List.of(times.get(0), times.get(times.size() - 1));
        }

        @Override
        public void close() {
            server.close();
            engine.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAnOpenAlertBeforeTheGapAndBeginAnotherAfterIt(boolean killed) {
        List<FrameImage> pictures = new ArrayList<>();
        new ScenarioRenderer(SCRIPT).forEach(pictures::add);
        String id;
        Instant last;
        Run first = new Run(Duration.ZERO);
        try {
            id = first.client.newSession();
            last = first.stream(id, pictures.subList(0, BEFORE)).get(1);
            if (!killed) {
                first.close();
            }
            try (Run second = new Run(Duration.ofSeconds(15))) {
                Instant back = second.stream(id, pictures.subList(BEFORE, pictures.size()))
                        .get(0);
                assertThat(Duration.between(last, back)).isGreaterThan(Duration.ofSeconds(3));
                second.client.postEmpty("/api/v1/session/" + id + "/end");
                check(second.client, id, killed, last, back);
            }
        } finally {
            first.close();
        }
    }

    private static void check(Client client, String id, boolean killed, Instant last, Instant back) {
        Instant start = Instant.parse(Client.body(client.get("/api/v1/session/" + id), 200)
                .get("start_time")
                .asString());
        double lastS = Duration.between(start, last).toMillis() / 1e3;
        double backS = Duration.between(start, back).toMillis() / 1e3;
        List<JsonNode> people = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Client.body(client.get("/api/v1/proctoring/alerts/" + id), 200)
                .get("alerts")
                .forEach(alert -> {
                    assertThat(alert.get("phase").asString()).isEqualTo("closed");
                    ids.add(alert.get("alert_id").asString());
                    kinds.add(0, alert.get("type").asString());
                    if (alert.get("type").asString().equals("multiple_persons")) {
                        people.add(0, alert);
                    }
                });
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(kinds).containsExactly("multiple_persons", "stream_gap", "multiple_persons");
        // Who is killed goes on from what was kept last, which has the alert's opening at least.
        double keptS = killed ? people.get(0).get("start_s").asDouble() + 1 : lastS - 1;
        assertThat(people.get(0).get("end_s").asDouble()).isBetween(keptS, lastS + 0.002);
        assertThat(people.get(1).get("start_s").asDouble()).isBetween(backS - 0.002, backS + 2);
        assertThat(people.get(1).get("end_s").asDouble()).isGreaterThan(backS + 5);
    }
}
