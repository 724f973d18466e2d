package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ImageCoding;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.ScenarioRenderer;
import io.invigil.testdata.ScenarioScript;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The rows of the contract that depend on what is seen, with the real engine and its models. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealEngineTest {
    private static final ScenarioScript SCRIPT = ScenarioScript.builder(11)
            .size(640, 480)
            .framesPerSecond(5)
            .durationSeconds(27)
            .candidate(Portrait.P2, 48)
            .leaves(9, 14, false)
            .capped(18, 22)
            .build();

    private static final MemoryStore STORE = new MemoryStore();

    private static ProctoringEngine engine;
    private static InvigilServer server;
    private static Client client;
    private static WireSchemas socketSchemas;

    @BeforeAll
    static void start() {
        engine = ProctoringEngine.create(EngineConfig.builder().lanes(1).build());
        server = InvigilServer.builder(engine, STORE).port(0).start();
        client = new Client(server.port());
        socketSchemas = WireSchemas.ofJsonSchema(
                client.get("/docs/websocket.schema.json").body());
    }

    @AfterAll
    static void stop() {
        server.close();
        engine.close();
    }

    private static List<byte[]> pictures(List<Long> timesNs) {
        List<byte[]> pictures = new ArrayList<>();
        for (FrameImage image : new ScenarioRenderer(SCRIPT)) {
            pictures.add(ImageCoding.jpeg(image, 0.8));
            timesNs.add(image.timestampNs());
        }
        return pictures;
    }

    private static String line(String id, String phase, long startMs, long endMs) {
        return String.format(Locale.ROOT, "%s %s %d..%d ms", id, phase, startMs, endMs);
    }

    /** Alerts as they stand at the end, from a replay on the caller's thread. */
    private static List<String> replayed(List<byte[]> pictures, List<Long> timesNs) {
        Map<String, Alert> alerts = new LinkedHashMap<>();
        try (ProctoringEngine replaying = ProctoringEngine.create(
                        EngineConfig.builder().threading(ThreadingMode.CALLER).build());
                ProctoringSession session = replaying.openSession(SessionConfig.live(Policy.interview()))) {
            session.addListener(new SessionListener() {
                @Override
                public void onAlert(SessionId id, Alert alert) {
                    alerts.put(alert.id(), alert);
                }
            });
            for (int i = 0; i < pictures.size(); i++) {
                session.offer(Frame.encoded(pictures.get(i), timesNs.get(i)));
            }
        }
        long firstNs = timesNs.get(0);
        return alerts.values().stream()
                .map(alert -> line(
                        alert.id(),
                        alert.phase() == AlertPhase.CLOSED ? "closed" : "open",
                        Math.round((alert.startNs() - firstNs) / 1e6),
                        Math.round((alert.endNs() - firstNs) / 1e6)))
                .toList();
    }

    @Test
    void shouldGiveTheAlertsOfAReplayOfTheSameFrames() {
        List<Long> timesNs = new ArrayList<>();
        List<byte[]> pictures = pictures(timesNs);
        String id = client.newSession();
        Client.Socket socket = client.dial(id, List.of(), List.of("invigil.timed.v1"));
        List<String> statuses = new ArrayList<>();
        List<String> told = new ArrayList<>();
        double startS = Double.NaN;
        for (int i = 0; i < pictures.size(); i++) {
            byte[] message = ByteBuffer.allocate(8 + pictures.get(i).length)
                    .putLong(timesNs.get(i))
                    .put(pictures.get(i))
                    .array();
            JsonNode result = socket.frame(message).next();
            socketSchemas.check("ProctoringResult", result);
            JsonNode data = result.get("data");
            statuses.add(data.get("status").asString());
            data.get("alerts").forEach(alert -> told.add(alert.get("type").asString()));
            if (i == 0) {
                startS = java.time.Duration.between(
                                        java.time.Instant.parse(Client.body(client.get("/api/v1/session/" + id), 200)
                                                .get("start_time")
                                                .asString()),
                                        java.time.Instant.parse(
                                                data.get("timestamp").asString()))
                                .toMillis()
                        / 1e3;
            }
        }
        assertThat(statuses).contains("ok", "violations_detected").doesNotContain("error", "skipped");
        assertThat(told).contains("no_face", "black_screen").doesNotHaveDuplicates();
        client.postEmpty("/api/v1/session/" + id + "/end");

        double offset = startS;
        List<String> live = new ArrayList<>();
        Client.body(client.get("/api/v1/proctoring/alerts/" + id), 200)
                .get("alerts")
                .forEach(alert -> live.add(
                        0,
                        line(
                                alert.get("alert_id").asString().substring(id.length() + 1),
                                alert.get("phase").asString(),
                                Math.round((alert.get("start_s").asDouble() - offset) * 1e3),
                                Math.round((alert.get("end_s").asDouble() - offset) * 1e3))));
        List<String> replay = replayed(pictures, timesNs);
        assertThat(replay).isNotEmpty();
        // The wire rounds to milliseconds, the offset to another: the texts may differ by one.
        assertThat(live).hasSameSizeAs(replay);
        for (int i = 0; i < live.size(); i++) {
            assertClose(live.get(i), replay.get(i));
        }
        JsonNode score = Client.body(client.get("/api/v1/session/" + id + "/score"), 200);
        assertThat(score.get("points").asDouble()).isPositive();
        assertThat(countedAfterwards(id)).isEqualTo(score);
        assertThat(client.get("/api/v1/session/" + id + "/report.html").body()).contains("no_face");
    }

    /** The score as it is counted for a session whose score was not kept when it ended. */
    private static JsonNode countedAfterwards(String id) {
        SessionRecord ended = STORE.session(id).orElseThrow();
        MemoryStore without = new MemoryStore();
        without.insert(ended);
        without.save(new SessionProgress(
                id,
                ended.state(),
                ended.endNs(),
                ended.lastMediaNs(),
                ended.frames(),
                Optional.empty(),
                Optional.empty(),
                STORE.alerts(id, AlertFilter.ALL),
                STORE.events(id),
                STORE.trace(id)));
        try (InvigilServer other =
                InvigilServer.builder(engine, without).port(0).start()) {
            return Client.body(new Client(other.port()).get("/api/v1/session/" + id + "/score"), 200);
        }
    }

    private static void assertClose(String live, String replay) {
        String[] one = live.split(" |\\.\\.");
        String[] other = replay.split(" |\\.\\.");
        assertThat(one[0] + one[1]).isEqualTo(other[0] + other[1]);
        for (int i = 2; i < 4; i++) {
            assertThat(Long.parseLong(one[i]))
                    .as("%s against %s", live, replay)
                    .isBetween(Long.parseLong(other[i]) - 2, Long.parseLong(other[i]) + 2);
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenASessionIsToldOfMoreNamesThanItTakes() {
        String id = client.newSession();
        String path = "/api/v1/proctoring/alerts/" + id;
        for (int i = 1; i <= 32; i++) {
            Client.body(client.post(path, "{\"type\":\"own_" + i + "\",\"message\":\"\"}"), 200);
        }
        JsonNode fault = Client.body(client.post(path, "{\"type\":\"one_more\",\"message\":\"\"}"), 422)
                .get("detail")
                .get(0);
        assertThat(fault.get("loc").toString()).isEqualTo("[\"body\",\"type\"]");
        assertThat(fault.get("msg").asString()).contains("\"one_more\"", "32 names");
        assertThat(client.dial(id)
                        .say("{\"type\":\"event\",\"name\":\"one_more\"}")
                        .result()
                        .get("error")
                        .asString())
                .contains("\"one_more\"", "32 names");
        Client.body(client.post(path, "{\"type\":\"own_7\",\"message\":\"\"}"), 200);
    }

    @Test
    void shouldLookAtAPictureBeforeTheSession() throws IOException {
        byte[] portrait;
        try (InputStream in = FrameImage.class.getResourceAsStream("faces/obama.jpg")) {
            portrait = in.readAllBytes();
        }
        JsonNode good = precheck(portrait, 200);
        assertThat(good.get("faces").asInt()).isEqualTo(1);
        assertThat(good.get("light").asString()).isEqualTo("ok");
        JsonNode black = precheck(ImageCoding.jpeg(new FrameImage(640, 480, new byte[640 * 480 * 3], 0), 0.8), 200);
        assertThat(black.get("ok").asBoolean()).isFalse();
        assertThat(black.get("light").asString()).isEqualTo("dark");
        assertThat(black.get("hints")).isNotEmpty();
        WireSchemas.ofOpenApi(client.get("/openapi.json").body()).check("Precheck", black);
        precheck("no picture".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 422);
        precheck(bomb(), 422);
    }

    private static JsonNode precheck(byte[] picture, int status) {
        HttpResponse<String> answer = client.send(client.to("/api/v1/precheck")
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(picture)));
        return Client.body(answer, status);
    }

    /** A PNG header that claims 50000 x 50000 pixels. */
    private static byte[] bomb() {
        return ByteBuffer.allocate(64)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
                .putInt(13)
                .put(new byte[] {'I', 'H', 'D', 'R'})
                .putInt(50_000)
                .putInt(50_000)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
    }

    @Test
    void shouldRefuseAPictureWhoseHeaderClaimsTooMuchAndLiveOn() {
        Client.Socket socket = client.dial(client.newSession());
        assertThat(socket.frame(bomb()).result().get("status").asString()).isEqualTo("error");
        assertThat(socket.frame(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0})
                        .result()
                        .get("status")
                        .asString())
                .isEqualTo("error");
        byte[] grey = ImageCoding.jpeg(new FrameImage(320, 240, new byte[320 * 240 * 3], 0), 0.8);
        assertThat(socket.frame(grey).result().get("frame_processed").asBoolean())
                .isTrue();
    }
}
