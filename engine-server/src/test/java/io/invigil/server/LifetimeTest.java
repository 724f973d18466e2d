package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.live.LiveSettings;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.server.store.JdbcStore;
import io.invigil.server.store.StoreMeter;
import io.invigil.server.store.StoreSettings;
import io.invigil.server.webhook.Announcer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sessions end by themselves, and go on after a restart. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LifetimeTest {
    private final FakeEngine engine = new FakeEngine();
    private final MemoryStore store = new MemoryStore();
    private final TestClock clock = new TestClock();
    private InvigilServer server = start(store);
    private Client client = new Client(server.port());

    private InvigilServer start(RecordStore on) {
        return InvigilServer.builder(engine, on)
                .port(0)
                .clock(clock)
                .live(LiveSettings.builder()
                        .unconnected(Duration.ofMinutes(10))
                        .idle(Duration.ofMinutes(5))
                        .grace(Duration.ofMinutes(1))
                        .build())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    private void awaitState(String id, String state) throws InterruptedException {
        while (!client.status(id).get("state").asString().equals(state)) {
            Thread.sleep(20);
        }
    }

    @Test
    void shouldExpireWhenNoSocketEverCame() throws InterruptedException {
        String id = client.newSession();
        clock.forward(Duration.ofMinutes(9));
        Thread.sleep(1200); // Two looks of the keeper.
        assertThat(client.status(id).get("state").asString()).isEqualTo("active");
        clock.forward(Duration.ofMinutes(2));
        awaitState(id, "expired");
        assertThat(client.dialStatus(id)).isEqualTo(410);
        assertThat(store.auditLog()).extracting(AuditEntry::action).contains("create", "expire");
    }

    @Test
    void shouldExpireWhenTheSocketSendsNothingAndCloseIt() throws InterruptedException {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        socket.frame("").result();
        clock.forward(Duration.ofMinutes(6));
        awaitState(id, "expired");
        assertThat(socket.next().get("state").asString()).isEqualTo("expired");
        assertThat(socket.closeCode()).isEqualTo(1000);
    }

    @Test
    void shouldExpireAfterDurationAndGraceHoweverBusy() throws InterruptedException {
        String id = client.create("{\"candidate_name\":\"a\",\"interview_type\":\"b\",\"duration_minutes\":3}")
                .get("session_id")
                .asString();
        Client.Socket socket = client.dial(id);
        clock.forward(Duration.ofSeconds(210));
        socket.frame("open:no_face").result();
        assertThat(client.status(id).get("is_active").asBoolean()).isTrue();
        clock.forward(Duration.ofSeconds(60));
        awaitState(id, "expired");
        assertThat(client.status(id).get("alerts").get(0).get("phase").asString())
                .isEqualTo("closed");
    }

    @Test
    void shouldKeepMediaTimeGoingForwardWhateverTheMachinesDateDoes() {
        Client.Socket socket = client.dial(client.newSession());
        Instant first = Instant.parse(socket.frame("").result().get("timestamp").asString());
        clock.setWall(Duration.ofHours(-3));
        clock.forward(Duration.ofSeconds(1));
        Instant second =
                Instant.parse(socket.frame("").result().get("timestamp").asString());
        assertThat(Duration.between(first, second)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    @Test
    void shouldGoOnAfterACleanRestart() {
        String id = client.newSession();
        client.dial(id).frame("open:no_face").result();
        server.close();
        clock.setWall(Duration.ofMinutes(-30)); // The machine comes up with a wrong date.
        server = start(store);
        client = new Client(server.port());

        JsonNode status = client.status(id);
        assertThat(status.get("is_active").asBoolean()).isTrue();
        assertThat(status.get("frames").get("offered").asInt()).isEqualTo(1);
        JsonNode before = status.get("alerts").get(0);
        JsonNode result = client.dial(id).frame("open:black_screen").result();
        JsonNode alert = result.get("alerts").get(0);
        assertThat(alert.get("alert_id")).isNotEqualTo(before.get("alert_id"));
        assertThat(Instant.parse(alert.get("timestamp").asString()))
                .isAfter(Instant.parse(before.get("timestamp").asString()));
        assertThat(result.get("frame_index").asInt()).isEqualTo(1);
    }

    @Test
    void shouldCloseWhatWasOpenWhenASessionCannotGoOn() {
        String id = client.newSession();
        client.dial(id).frame("open:no_face").result();
        // The engine has the session still, and takes it no second time.
        try (InvigilServer other = InvigilServer.builder(engine, store).port(0).start()) {
            JsonNode status = new Client(other.port()).status(id);
            assertThat(status.get("state").asString()).isEqualTo("expired");
            assertThat(status.get("alerts").get(0).get("phase").asString()).isEqualTo("closed");
        }
    }

    @Test
    void shouldHaveKeptWhatWasAcknowledgedWhenTheProcessEndsAtOnce() {
        String id = client.newSession();
        JsonNode told =
                client.dial(id).frame("open:no_face").result().get("alerts").get(0);
        JsonNode reported = Client.body(
                        client.post("/api/v1/proctoring/alerts/" + id, "{\"type\":\"paste\",\"message\":\"\"}"), 200)
                .get("alert");
        // Nothing is closed: what a second server finds is what the first had kept when it answered.
        try (FakeEngine second = new FakeEngine();
                InvigilServer other =
                        InvigilServer.builder(second, store).port(0).start()) {
            JsonNode alerts = Client.body(new Client(other.port()).get("/api/v1/proctoring/alerts/" + id), 200)
                    .get("alerts");
            assertThat(alerts).hasSize(2);
            assertThat(alerts.get(1).get("alert_id")).isEqualTo(told.get("alert_id"));
            assertThat(alerts.get(0).get("alert_id")).isEqualTo(reported.get("alert_id"));
            // The new engine does not go on with the first alert, so it ends where it was last known to hold.
            assertThat(alerts.get(1).get("phase").asString()).isEqualTo("closed");
        }
    }

    @Test
    void shouldTellAboutAFailingStoreAndKeepEverythingOnceItAnswersAgain() {
        AtomicBoolean failing = new AtomicBoolean();
        RecordStore sometimes = (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (failing.get() && method.getName().matches("save|insert|audit")) {
                        throw new StoreException("out of order", null);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
        server.close();
        server = start(sometimes);
        client = new Client(server.port());
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        socket.frame("").result();
        failing.set(true);

        assertThat(client.post("/api/v1/session/create", "{\"candidate_name\":\"a\",\"interview_type\":\"b\"}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(socket.frame("open:no_face").result().get("alerts")).hasSize(1);
        assertThat(Client.body(client.get("/health"), 200).get("status").asString())
                .isEqualTo("degraded");
        assertThat(Client.body(client.postEmpty("/api/v1/session/" + id + "/end"), 200)
                        .get("status")
                        .asString())
                .isEqualTo("success");
        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.ACTIVE);

        failing.set(false);
        while (store.session(id).orElseThrow().state() != SessionRecord.State.ENDED) {
            Thread.onSpinWait();
        }
        assertThat(store.alerts(id, AlertFilter.ALL)).hasSize(1);
    }

    @Test
    void shouldNotSayThatASessionIsOverOrEndedThatTheServersStopHolds() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        AtomicBoolean stopping = new AtomicBoolean();
        RecordStore slow = (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (stopping.get() && method.getName().equals("save")) {
                        begun.countDown();
                        held.await();
                    }
                    return method.invoke(store, arguments);
                });
        server.close();
        server = start(slow);
        client = new Client(server.port());
        String id = client.newSession();
        stopping.set(true);
        Thread stop = new Thread(server::close);
        stop.start();
        begun.await();

        String session = "/api/v1/session/" + id;
        List<HttpResponse<String>> answers = List.of(
                client.postEmpty(session + "/end"),
                client.postEmpty(session + "/pause"),
                client.post(session + "/calibration", "{\"x\":0,\"y\":0}"),
                client.post("/api/v1/proctoring/alerts/" + id, "{\"type\":\"paste\",\"message\":\"\"}"));
        held.countDown();
        stop.join();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(answer.body()).contains("the service stops");
        });
        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.ACTIVE);
        assertThat(store.auditLog()).extracting(AuditEntry::action).containsExactly("create");
    }

    @Test
    void shouldGoOnFromBeforeTheStopWhenAlertsAreReadMeanwhile() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        List<String> suspended = new CopyOnWriteArrayList<>();
        RecordStore slow = (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (Thread.currentThread().getName().equals("stop")
                            && method.getName().equals("save")) {
                        suspended.add(((SessionProgress) arguments[0]).sessionId());
                        if (suspended.size() == 2) {
                            begun.countDown();
                            held.await();
                        }
                    }
                    return method.invoke(store, arguments);
                });
        server.close();
        server = start(slow);
        client = new Client(server.port());
        List<String> ids = List.of(client.newSession(), client.newSession());
        ids.forEach(id -> client.dial(id).frame("open:no_face").result());
        ids.forEach(client::status); // Over a connection that no socket took: a server that stops takes no new one.
        Thread stop = new Thread(server::close, "stop");
        stop.start();
        begun.await();

        // The engine has closed the first, and the server waits for the store to take the second.
        int status;
        try {
            status = client.get("/api/v1/proctoring/alerts/" + suspended.get(0)).statusCode();
        } finally {
            held.countDown();
        }
        stop.join();
        assertThat(status).isEqualTo(200);
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(FakeEngine.isClosed(store.snapshot(id).orElseThrow()))
                                .isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "severity", "phase"})
    void shouldEndAKeptSessionAloneWhoseAlertsThisProgramDoesNotKnow(String column, @TempDir Path folder)
            throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("invigil.db");
        try (JdbcStore kept = JdbcStore.open(StoreSettings.at(url), Announcer.SILENT, StoreMeter.NONE)) {
            server.close();
            server = start(kept);
            client = new Client(server.port());
            String other = client.newSession();
            String id = client.newSession();
            String alertId = client.dial(id)
                    .frame("open:no_face")
                    .result()
                    .get("alerts")
                    .get(0)
                    .get("alert_id")
                    .asString();
            server.close();
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE alert SET " + column + " = 'of_the_future'");
            }
            server = start(kept);
            client = new Client(server.port());
            assertThat(kept.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.EXPIRED);
            assertThat(client.status(other).get("state").asString()).isEqualTo("active");
            checkAnswersOfUnreadable(id, alertId);
            assertThat(kept.session(id).orElseThrow().score())
                    .isEmpty(); // A program that knows the alerts counts them.
            server.close();
        }
    }

    private void checkAnswersOfUnreadable(String id, String alertId) {
        assertThat(Client.body(client.get("/api/v1/sessions"), 200).get("sessions"))
                .hasSize(2)
                .allSatisfy(session ->
                        assertThat(session.get("score").get("points").asInt()).isZero());
        assertThat(Client.body(client.get("/api/v1/session/" + id), 200)
                        .get("score")
                        .get("terms"))
                .isEmpty();
        assertThat(client.status(id).get("state").asString()).isEqualTo("expired");
        assertThat(client.status(id).get("alerts")).isEmpty();
        String alerts = "/api/v1/proctoring/alerts/" + id;
        assertThat(List.of(
                        client.get(alerts),
                        client.get("/api/v1/session/" + id + "/alerts.jsonl"),
                        client.get("/api/v1/session/" + id + "/alerts.csv"),
                        client.get("/api/v1/session/" + id + "/report.html"),
                        client.send(Client.json(
                                client.to(alerts + "/" + alertId), "PATCH", "{\"review_state\":\"reviewed\"}"))))
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(409);
                    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
                    assertThat(answer.body()).contains("another version of the program");
                });
        JsonNode documented = Client.json(client.get("/openapi.json").body()).get("paths");
        assertThat(documented.properties().stream()
                        .flatMap(path -> path.getValue().properties().stream())
                        .map(Map.Entry::getValue)
                        .filter(operation ->
                                operation.at("/responses/409/$ref").asString().endsWith("/Conflict"))
                        .map(operation -> operation.get("operationId").asString()))
                .containsExactlyInAnyOrder(
                        "listAlerts", "getAlertLines", "getAlertTable", "getReportPage", "reviewAlert");
    }

    @Test
    void shouldEndAKeptSessionWhosePolicyCannotBeReadAnyMore() {
        String id = client.newSession();
        SessionRecord record = store.session(id).orElseThrow();
        server.close();
        MemoryStore other = new MemoryStore();
        other.insert(new SessionRecord(
                record.id(),
                record.candidateName(),
                record.interviewType(),
                record.durationMinutes(),
                "{\"of\":\"the future\"}",
                record.accommodations(),
                record.keepEvidence(),
                record.metadata(),
                record.owner(),
                record.startNs(),
                record.state(),
                record.endNs(),
                record.lastMediaNs(),
                record.frames(),
                record.score()));
        server = start(other);
        client = new Client(server.port());
        assertThat(client.status(id).get("state").asString()).isEqualTo("expired");
    }
}
