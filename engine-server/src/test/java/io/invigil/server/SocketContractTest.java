package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.record.MemoryStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Walks the contract's socket over a real port: what the public client sends, and what its Python server got wrong. */
class SocketContractTest {
    private final FakeEngine engine = new FakeEngine();
    private final MemoryStore store = new MemoryStore();
    private InvigilServer server;
    private Client client;

    @BeforeEach
    void start() {
        server = InvigilServer.builder(engine, store).port(0).start();
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    @Test
    void shouldSendOneResultForEachFrameInOrder() {
        Client.Socket socket = client.dial(client.newSession());
        for (int i = 0; i < 10; i++) {
            JsonNode data = socket.frame(i == 4 ? "fail" : "").result();
            assertThat(data.get("frame_index").asInt()).isEqualTo(i);
            assertThat(data.get("status").asString()).isEqualTo(i == 4 ? "error" : "ok");
            for (String field : List.of("timestamp", "session_id", "status")) {
                assertThat(data.get(field).isString()).as(field).isTrue();
            }
            assertThat(data.get("violations").isArray()).isTrue();
            assertThat(data.get("alerts").isArray()).isTrue();
            for (String field : List.of("face_detection", "eye_tracking", "object_detection")) {
                assertThat(data.get(field).isObject()).as(field).isTrue();
            }
        }
    }

    @Test
    void shouldSendTheSameEyeFieldsButTheTotalWhenNobodyIsThere() {
        Client.Socket socket = client.dial(client.newSession());
        assertThat(socket.frame("").result().get("eye_tracking").has("total_away_time"))
                .isTrue();
        JsonNode eyes = socket.frame("nobody").result().get("eye_tracking");
        assertThat(eyes.get("face_detected").asBoolean()).isFalse();
        assertThat(eyes.get("duration").isNumber()).isTrue();
        assertThat(eyes.has("total_away_time")).isFalse();
    }

    @Test
    void shouldTellEachAlertOnceInsideDataAndNeverAtTopLevel() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        List<String> told = new ArrayList<>();
        List<String> updates = new ArrayList<>();
        JsonNode last = null;
        for (String words : List.of("open:no_face", "", "open:black_screen close:no_face", "")) {
            last = socket.frame(words).next();
            assertThat(last.has("alerts")).isFalse();
            last.get("data")
                    .get("alerts")
                    .forEach(alert -> told.add(alert.get("type").asString()));
            last.get("data")
                    .get("alert_updates")
                    .forEach(alert -> updates.add(alert.get("type").asString() + " "
                            + alert.get("phase").asString()));
        }
        assertThat(told).containsExactly("no_face", "black_screen");
        assertThat(updates).containsExactly("no_face open", "black_screen open", "no_face closed");
        assertThat(last.get("data").get("violations").get(0).get("type").asString())
                .isEqualTo("black_screen");
    }

    @Test
    void shouldGiveAlertsTheSixFieldsWithZonedTimesAndIdsOfTheirOwn() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String id = client.newSession();
            JsonNode alert = client.dial(id)
                    .frame("open:prohibited_object")
                    .result()
                    .get("alerts")
                    .get(0);
            ids.add(alert.get("alert_id").asString());
            assertThat(alert.get("type").asString()).isEqualTo("prohibited_object");
            assertThat(alert.get("severity").asString()).isEqualTo("critical");
            assertThat(alert.get("message").asString()).isNotEmpty();
            assertThat(alert.get("requires_attention").asBoolean()).isTrue();
            String timestamp = alert.get("timestamp").asString();
            assertThat(timestamp).endsWith("Z");
            assertThat(Instant.parse(timestamp)).isBetween(Instant.now().minusSeconds(60), Instant.now());
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void shouldAnswerEmptyAndUndecodableMessagesAndLiveOn() {
        Client.Socket socket = client.dial(client.newSession());
        assertThat(socket.frame(new byte[0]).result().get("status").asString()).isEqualTo("error");
        assertThat(socket.frame(new byte[] {1, 2, 3}).result().get("error").asString())
                .contains("JPEG");
        assertThat(socket.say("hello").result().get("error").asString())
                .isEqualTo("the text message cannot be used: JSON decode error");
        assertThat(socket.say("").result().get("error").asString()).isEqualTo("the message is empty");
        assertThat(socket.say("{\"type\":\"event\"}").result().get("error").asString())
                .isEqualTo("the text message cannot be used: name: Field required");
        assertThat(socket.say("{\"type\":\"dance\"}").result().get("error").asString())
                .contains("ping, event");
        assertThat(socket.say("{}").result().get("status").asString()).isEqualTo("error");
        assertThat(socket.say("{\"type\":\"ping\"}").next().get("type").asString())
                .isEqualTo("pong");
        assertThat(socket.frame("").result().get("status").asString()).isEqualTo("ok");
    }

    @Test
    void shouldTakeHostEventsOverTheSocket() {
        Client.Socket socket = client.dial(client.newSession());
        JsonNode answer = socket.say("{\"type\":\"event\",\"name\":\"paste\",\"note\":\"twelve lines\"}")
                .next();
        assertThat(answer.get("type").asString()).isEqualTo("event_result");
        assertThat(answer.get("status").asString()).isEqualTo("success");
        assertThat(answer.has("alerts")).isFalse();
        JsonNode alert = socket.frame("").result().get("alerts").get(0);
        assertThat(alert.get("alert_id")).isEqualTo(answer.get("alert_id"));
        assertThat(alert.get("type").asString()).isEqualTo("paste");
        assertThat(socket.say("{\"type\":\"event\",\"name\":\"No Name\"}")
                        .result()
                        .get("status")
                        .asString())
                .isEqualTo("error");
    }

    @Test
    void shouldRefuseUnknownAndEndedSessionsInTheHandshake() {
        String id = client.newSession();
        assertThat(client.dialStatus("unknown")).isEqualTo(404);
        client.postEmpty("/api/v1/session/" + id + "/end");
        assertThat(client.dialStatus(id)).isEqualTo(410);
        assertThat(client.get("/ws/" + id).statusCode()).isEqualTo(426);
    }

    @Test
    void shouldSayWhichWebSocketIsSpokenWhenAnotherIsAskedFor() throws IOException {
        String path = "/ws/" + client.newSession();
        String newer = handshake(path, "HTTP/1.1", "14");
        assertThat(newer).startsWith("HTTP/1.1 426").contains("Sec-WebSocket-Version: 13");
        assertThat(handshake(path, "HTTP/1.0", "13")).startsWith("HTTP/1.1 426");
        assertThat(handshake(path, "HTTP/1.1", "13")).startsWith("HTTP/1.1 101");
    }

    /** The head of what a handshake is answered with. */
    private String handshake(String path, String http, String version) throws IOException {
        try (Socket socket = new Socket("localhost", client.port())) {
            socket.setSoTimeout(30_000);
            String request = "GET " + path + " " + http + "\r\nHost: localhost:" + client.port()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: " + version
                    + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return answer.lines().takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
        }
    }

    @Test
    void shouldTellTheSocketAndCloseItWhenTheSessionEnds() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        socket.frame("").result();
        client.postEmpty("/api/v1/session/" + id + "/end");
        JsonNode message = socket.next();
        assertThat(message.get("type").asString()).isEqualTo("session");
        assertThat(message.get("state").asString()).isEqualTo("ended");
        assertThat(socket.closeCode()).isEqualTo(1000);
    }

    @Test
    void shouldGoOnWithASessionThatIsDialledAgain() {
        String id = client.newSession();
        Client.Socket first = client.dial(id);
        first.frame("open:no_face").result();
        first.frame("").result(); // Goes only once the server knows that the one before went.
        first.drop();
        Client.Socket second = client.dial(id);
        JsonNode result = second.frame("").result();
        assertThat(result.get("alerts")).isEmpty();
        assertThat(result.get("violations")).hasSize(1);
        assertThat(result.get("frame_index").asInt()).isEqualTo(2);
    }

    @Test
    void shouldLetANewSocketTakeOverBeforeTheOldOneIsGone() {
        String id = client.newSession();
        Client.Socket old = client.dial(id);
        old.frame("").result();
        Client.Socket young = client.dial(id);
        assertThat(old.closeCode()).isEqualTo(1000);
        assertThat(young.frame("").result().get("frame_index").asInt()).isEqualTo(1);
        assertThat(client.status(id).get("connected").asBoolean()).isTrue();
        assertThat(old.heard()).isEmpty();
    }

    @Test
    void shouldTellASilentSocketTooThatAnotherOneTookOver() throws InterruptedException {
        String id = client.newSession();
        Client.Socket old = client.dial(id);
        Thread.sleep(2500); // Longer than an answer to a close is waited for.
        client.dial(id);
        assertThat(old.closeCode()).isEqualTo(1000);
    }

    @Test
    void shouldTellAlertsThatOpenedWithoutASocketOnTheNextOne() {
        String id = client.newSession();
        client.dial(id).close();
        JsonNode answer = Client.body(
                client.post("/api/v1/proctoring/alerts/" + id, "{\"type\":\"tab_switch\",\"message\":\"\"}"), 200);
        JsonNode alerts = client.dial(id).frame("").result().get("alerts");
        assertThat(alerts.get(0).get("alert_id")).isEqualTo(answer.get("alert").get("alert_id"));
    }

    @Test
    void shouldSupersedeFramesUnderLoadAndStayInOrder() {
        Client.Socket socket = client.dial(client.newSession());
        for (int i = 0; i < 30; i++) {
            socket.frame(i == 20 ? new byte[] {9} : FakeEngine.picture("slow:30"));
        }
        List<Integer> order = new ArrayList<>();
        while (order.isEmpty() || order.get(order.size() - 1) < 29) {
            order.add(socket.result().get("frame_index").asInt());
        }
        assertThat(order).isSorted().doesNotHaveDuplicates().contains(20).hasSizeLessThan(30);
    }

    @Test
    void shouldCheckTheOriginOfSocketsAndIgnoreLeftOverTokens() {
        String id = client.newSession();
        assertThat(client.dialStatus(id, "Origin", "http://evil.example")).isEqualTo(403);
        assertThat(client.dialStatus(id, "Origin", "http://localhost:3000")).isEqualTo(101);
        assertThat(client.dialStatus(id, "Origin", "http://localhost:" + client.port()))
                .isEqualTo(101);
        HttpResponse<String> withToken =
                client.send(client.to("/api/v1/session/" + id).header("Authorization", "Bearer left-over"));
        assertThat(withToken.statusCode()).isEqualTo(200);
    }
}
