package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.http.HttpLimits;
import io.invigil.server.live.LiveSettings;
import io.invigil.server.record.MemoryStore;
import io.invigil.ws.SocketLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every limit refuses what lies beyond it and lets the rest go on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitsTest {
    private static final String BODY = "{\"candidate_name\":\"a\",\"interview_type\":\"b\"}";

    private final FakeEngine engine = new FakeEngine();
    private InvigilServer server;
    private Client client;

    private void start(UnaryOperator<InvigilServer.Builder> settings) {
        server = settings.apply(InvigilServer.builder(engine, new MemoryStore()).port(0))
                .start();
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    private static HttpLimits http(int body, Duration timeout, double rate, int burst) {
        return new HttpLimits(body, 10 * 1024, timeout, rate, burst, 2, 2);
    }

    private static SocketLimits sockets(int message, int perClient, Duration messageTimeout) {
        return new SocketLimits(
                message,
                256,
                messageTimeout,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                100,
                perClient,
                5);
    }

    @Test
    void shouldRefuseBodiesThatAreTooLong() {
        start(builder -> builder.httpLimits(http(1024, Duration.ofSeconds(10), 1000, 1000)));
        String longBody = "{\"candidate_name\":\"" + "a".repeat(1100) + "\",\"interview_type\":\"b\"}";
        assertThat(client.post("/api/v1/session/create", longBody).statusCode()).isEqualTo(413);
        HttpResponse<String> chunked = client.send(client.to("/api/v1/session/create")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(longBody.getBytes(StandardCharsets.UTF_8)))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        HttpResponse<String> picture = client.send(client.to("/api/v1/precheck")
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(new byte[10 * 1024 + 1])));
        assertThat(picture.statusCode()).isEqualTo(413);
        assertThat(client.post("/api/v1/session/create", BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGiveUpOnABodyThatTrickles() throws Exception {
        start(builder -> builder.httpLimits(http(4096, Duration.ofSeconds(1), 1000, 1000)));
        try (Socket socket = new Socket("localhost", client.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/session/create HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 4000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = trickle(out, socket.getInputStream());
            assertThat(answer).startsWith("HTTP/1.1 408");
        }
    }

    /** More silent bodies than the server has threads; with a thread held by each, nobody else would be answered. */
    @Test
    void shouldGiveUpOnBodiesThatNeverComeAndHoldNoThreadForThem() throws Exception {
        start(builder -> builder.httpLimits(http(4096, Duration.ofSeconds(3), 1000, 1000))
                .serverLimits(new ServerLimits(8192, Duration.ofSeconds(60), 100, 10, Duration.ofSeconds(1))));
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket("localhost", client.port());
                silent.add(socket);
                socket.getOutputStream()
                        .write(("POST /api/v1/session/create HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
            assertThat(client.post("/api/v1/session/create", BODY).statusCode()).isEqualTo(200);
            for (Socket socket : silent) {
                socket.setSoTimeout(20_000); // The connection itself may be silent for longer.
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(answer).startsWith("HTTP/1.1 408").contains("longer than 3 s");
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static String trickle(OutputStream out, InputStream in) throws IOException, InterruptedException {
        for (int i = 0; i < 400; i++) {
            if (in.available() > 0) {
                byte[] answer = new byte[in.available()];
                return new String(answer, 0, in.read(answer), StandardCharsets.US_ASCII);
            }
            try {
                out.write(' ');
                out.flush();
            } catch (IOException closed) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
            Thread.sleep(25);
        }
        return "no answer";
    }

    @Test
    void shouldRefuseHeadersThatAreTooLong() {
        start(builder ->
                builder.serverLimits(new ServerLimits(2048, Duration.ofSeconds(30), 100, 32, Duration.ofSeconds(1))));
        HttpResponse<String> answer = client.send(client.to("/health").header("X-Long", "a".repeat(3000)));
        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void shouldCloseConnectionsThatAreSilent() throws IOException {
        start(builder ->
                builder.serverLimits(new ServerLimits(8192, Duration.ofSeconds(1), 100, 32, Duration.ofSeconds(1))));
        try (Socket socket = new Socket("localhost", client.port())) {
            socket.setSoTimeout(20_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldTurnAwayClientsThatCallTooOften() {
        start(builder -> builder.httpLimits(http(4096, Duration.ofSeconds(10), 0.1, 5)));
        List<Integer> statuses = new ArrayList<>();
        HttpResponse<String> last = null;
        for (int i = 0; i < 7; i++) {
            last = client.send(client.to("/health").header("Origin", "http://localhost:3000"));
            statuses.add(last.statusCode());
        }
        assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 429, 429);
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(last.headers().firstValue("Access-Control-Allow-Origin")).isPresent();
    }

    @Test
    void shouldBoundLiveSessions() {
        start(builder -> builder.live(
                LiveSettings.builder().maxSessions(3).maxSessionsPerCaller(2).build()));
        String first = client.newSession();
        client.newSession();
        assertThat(client.post("/api/v1/session/create", BODY).statusCode()).isEqualTo(429);
        client.postEmpty("/api/v1/session/" + first + "/end");
        assertThat(client.post("/api/v1/session/create", BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBoundSocketsOfAClient() {
        start(builder -> builder.socketLimits(sockets(20_000, 2, Duration.ofSeconds(10))));
        Client.Socket first = client.dial(client.newSession());
        client.dial(client.newSession());
        String third = client.newSession();
        assertThat(client.dialStatus(third)).isEqualTo(429);
        first.close();
        int status = 429;
        while (status == 429) {
            status = client.dialStatus(third);
        }
        assertThat(status).isEqualTo(101);
    }

    @Test
    void shouldAnswerMessagesThatAreTooLongAndLiveOn() {
        start(builder -> builder.socketLimits(sockets(20_000, 9, Duration.ofSeconds(10))));
        Client.Socket socket = client.dial(client.newSession());
        assertThat(socket.frame(new byte[20_001]).result().get("error").asString())
                .contains("20000 bytes");
        assertThat(socket.frame(new byte[3_000_000]).result().get("error").asString())
                .contains("20000 bytes");
        assertThat(socket.say("x".repeat(257)).result().get("error").asString()).contains("256 characters");
        assertThat(socket.frame("").result().get("status").asString()).isEqualTo("ok");
        // A picture that comes in parts.
        byte[] picture = FakeEngine.picture("open:no_face " + "x".repeat(15_000));
        socket.raw().sendBinary(ByteBuffer.wrap(picture, 0, 7000), false).join();
        socket.raw()
                .sendBinary(ByteBuffer.wrap(picture, 7000, picture.length - 7000), true)
                .join();
        assertThat(socket.result().get("alerts")).hasSize(1);
    }

    @Test
    void shouldCloseASenderThatTakesTooLongOverAMessage() {
        start(builder -> builder.socketLimits(sockets(20_000, 9, Duration.ofSeconds(1))));
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        socket.raw().sendBinary(ByteBuffer.wrap(FakeEngine.picture("")), false).join();
        assertThat(socket.closeCode()).isEqualTo(1008);
        assertThat(client.dial(id).frame("").result().get("status").asString()).isEqualTo("ok");
    }

    @Test
    void shouldBoundHostEventsOfASocket() {
        start(builder -> builder.socketLimits(sockets(20_000, 9, Duration.ofSeconds(10))));
        Client.Socket socket = client.dial(client.newSession());
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            refused +=
                    socket.say("{\"type\":\"event\",\"name\":\"paste\"}").next().has("data") ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(socket.frame("").result().get("status").asString()).isEqualTo("ok");
    }

    @Test
    void shouldKeepALivingSilentSocketAndCloseADeadOne() throws Exception {
        start(builder -> builder.socketLimits(sockets(20_000, 9, Duration.ofSeconds(10))));
        Client.Socket living = client.dial(client.newSession()); // Answers pings.
        String id = client.newSession();
        try (Socket dead = new Socket("localhost", client.port())) {
            dead.setSoTimeout(30_000);
            dead.getOutputStream()
                    .write(("GET /ws/" + id + " HTTP/1.1\r\nHost: localhost:" + client.port()
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = dead.getInputStream();
            byte[] heard = in.readAllBytes(); // Ends when the server gives up.
            assertThat(new String(heard, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 101");
            assertThat(closeCode(heard)).isEqualTo(1001);
        }
        assertThat(living.isClosed()).isFalse();
        assertThat(living.frame("").result().get("status").asString()).isEqualTo("ok");
    }

    @Test
    void shouldConflateAndThenCloseASocketThatTakesNothing() throws Exception {
        start(builder -> builder.socketLimits(sockets(20_000, 9, Duration.ofSeconds(10))));
        String id = client.newSession();
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(1024);
            slow.connect(new java.net.InetSocketAddress("localhost", client.port()));
            OutputStream out = slow.getOutputStream();
            out.write(("GET /ws/" + id + " HTTP/1.1\r\nHost: localhost:" + client.port()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (server.sockets().closedSlow() == 0 && System.nanoTime() < until) {
                try {
                    out.write(masked(FakeEngine.picture("")));
                } catch (IOException closed) {
                    break;
                }
            }
        }
        assertThat(server.sockets().closedSlow()).isEqualTo(1);
        assertThat(server.sockets().conflated()).isPositive();
        // The session does not mind.
        assertThat(client.dial(id).frame("").result().get("status").asString()).isEqualTo("ok");
    }

    /** The code of the close frame these bytes end with. */
    private static int closeCode(byte[] heard) {
        for (int at = heard.length - 4; at >= 0; at--) {
            if ((heard[at] & 0xff) == 0x88 && heard[at + 1] == heard.length - at - 2) {
                return (heard[at + 2] & 0xff) << 8 | heard[at + 3] & 0xff;
            }
        }
        return -1;
    }

    private static byte[] masked(byte[] payload) {
        ByteBuffer frame =
                ByteBuffer.allocate(6 + payload.length).put((byte) 0x82).put((byte) (0x80 | payload.length));
        return frame.put(new byte[4]).put(payload).array();
    }

    @Test
    void shouldAnswerUnderKnownHostNamesOnly() throws IOException {
        start(builder -> builder);
        try (Socket socket = new Socket("localhost", client.port())) {
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void shouldPutSecurityHeadersOnEveryAnswer() {
        start(builder -> builder);
        for (String path : List.of("/", "/nowhere", "/docs/websocket", "/openapi.json")) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
    }
}
