package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.record.MemoryStore;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Walks the contract's calls over a real port: what the public client asks, and what its Python server got wrong. */
class CallContractTest {
    private static final String ORIGIN = "http://localhost:3000";

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
    void shouldAnswerAtTheRootAndAsHealth() {
        JsonNode root = Client.body(client.get("/"), 200);
        assertThat(root.propertyNames()).contains("status", "message", "version");
        JsonNode health = Client.body(client.get("/health"), 200);
        assertThat(health.get("status").asString()).isEqualTo("ok");
        assertThat(health.get("environment").isString()).isTrue();
        assertThat(health.get("debug").isBoolean()).isTrue();
    }

    @Test
    void shouldCreateASessionWithTheFiveFields() {
        JsonNode session = client.create();

        for (String field : List.of("session_id", "candidate_name", "interview_type", "start_time", "status")) {
            assertThat(session.get(field).isString()).as(field).isTrue();
        }
        assertThat(session.get("session_id").asString()).matches("[A-Za-z0-9-]+");
        assertThat(session.get("candidate_name").asString()).isEqualTo("Ada");
        assertThat(session.get("status").asString()).isEqualTo("active");
        assertThat(Instant.parse(session.get("start_time").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(session.get("ws_url").asString())
                .isEqualTo("/ws/" + session.get("session_id").asString());
        assertThat(session.has("token")).isFalse();
    }

    @Test
    void shouldTakeUnknownFieldsEmptyNamesAndNoDurationWhenCreating() {
        JsonNode session = client.create(
                "{\"candidate_name\":\"\",\"interview_type\":\"\",\"duration_minutes\":null,\"colour\":[1,{}]}");
        assertThat(session.get("duration_minutes").asInt()).isEqualTo(60);
    }

    @Test
    void shouldCreateAnotherSessionWhenCreateIsRetried() {
        assertThat(client.newSession()).isNotEqualTo(client.newSession());
    }

    @Test
    void shouldNameEveryFaultWhenABodyCannotBeUsed() {
        HttpResponse<String> answer =
                client.post("/api/v1/session/create", "{\"interview_type\":5,\"duration_minutes\":\"x\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Client.json(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(422);
        assertThat(problem.get("title").asString()).isNotEmpty();
        List<String> faults = new ArrayList<>();
        problem.get("detail").forEach(fault -> {
            assertThat(fault.propertyNames()).contains("type", "loc", "msg", "input");
            faults.add(fault.get("type").asString() + " " + fault.get("loc"));
        });
        assertThat(faults)
                .containsExactly(
                        "missing [\"body\",\"candidate_name\"]",
                        "string_type [\"body\",\"interview_type\"]",
                        "int_type [\"body\",\"duration_minutes\"]");
    }

    @Test
    void shouldRefuseMalformedJsonNoJsonAndAnotherMediaType() {
        JsonNode malformed = Client.body(client.post("/api/v1/session/create", "{\"candidate_name\":"), 422);
        assertThat(malformed.get("detail").get(0).get("type").asString()).isEqualTo("json_invalid");
        Client.body(client.post("/api/v1/session/create", "[]"), 422);
        Client.body(client.post("/api/v1/session/create", "{\"candidate_name\":NaN,\"interview_type\":\"a\"}"), 422);
        HttpResponse<String> text = client.send(client.to("/api/v1/session/create")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(text.statusCode()).isEqualTo(415);
    }

    @Test
    void shouldTellASessionJustCreated() {
        JsonNode created = client.create();
        JsonNode session = Client.body(
                client.get("/api/v1/session/" + created.get("session_id").asString()), 200);
        for (String field : List.of("session_id", "candidate_name", "interview_type", "start_time", "status")) {
            assertThat(session.get(field)).as(field).isEqualTo(created.get(field));
        }
        assertThat(session.has("ws_url")).isFalse();
    }

    @Test
    void shouldAnswerNotFoundWithDetail() {
        JsonNode session = Client.body(client.get("/api/v1/session/nobody"), 404);
        assertThat(session.get("detail").asString()).isEqualTo("Session not found");
        assertThat(Client.body(client.get("/nowhere"), 404).get("detail").asString())
                .isEqualTo("Not Found");
        Client.body(client.get("/api/v1/proctoring/status/nobody"), 404);
        Client.body(client.get("/api/v1/proctoring/alerts/nobody"), 404);
    }

    @Test
    void shouldSayThatAQueryIsDamaged() throws IOException {
        for (String target : List.of("/api/v1/events?session=%zz", "/api/v1/sessions?state=%zz")) {
            try (Socket socket = new Socket("localhost", client.port())) { // A proper client sends no such thing.
                socket.setSoTimeout(30_000);
                String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 400")
                        .contains("the query cannot be decoded");
            }
        }
    }

    @Test
    void shouldNameTheMethodsWhenAnotherIsUsed() {
        HttpResponse<String> answer =
                client.get("/api/v1/session/create/"); // Not the create call: a path that is none.
        assertThat(answer.statusCode()).isEqualTo(404);
        HttpResponse<String> wrong = client.postEmpty("/health");
        JsonNode problem = Client.body(wrong, 405);
        assertThat(problem.get("detail").asString()).isEqualTo("Method Not Allowed");
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void shouldEndAnySessionAnyNumberOfTimes() {
        String id = client.newSession();
        for (String ended : List.of(id, id, "unknown", "never-there")) {
            JsonNode answer = Client.body(client.postEmpty("/api/v1/session/" + ended + "/end"), 200);
            assertThat(answer.get("status").asString()).isEqualTo("success");
            assertThat(answer.get("message").asString()).isEqualTo("Session ended");
        }
        JsonNode status = client.status(id);
        assertThat(status.get("is_active").asBoolean()).isFalse();
        assertThat(status.get("state").asString()).isEqualTo("ended");
        assertThat(status.get("current_violations").isArray()).isTrue();
        assertThat(Client.body(client.get("/api/v1/session/" + id), 200)
                        .get("end_time")
                        .asString())
                .isNotEmpty();
    }

    @Test
    void shouldTellCurrentViolationsWhileTheyLast() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        assertThat(client.status(id).get("current_violations")).isEmpty();

        socket.frame("open:no_face").result();
        JsonNode during = client.status(id);
        assertThat(during.get("is_active").asBoolean()).isTrue();
        assertThat(during.get("current_violations").get(0).asString()).isEqualTo("no_face");
        assertThat(during.get("open_alerts")).hasSize(1);
        assertThat(during.get("alerts")).hasSize(1);
        assertThat(during.get("connected").asBoolean()).isTrue();

        socket.frame("close:no_face").result();
        JsonNode after = client.status(id);
        assertThat(after.get("current_violations")).isEmpty();
        assertThat(after.get("alerts").get(0).get("phase").asString()).isEqualTo("closed");
    }

    @Test
    void shouldPutTheClientsOwnAlertOnTheTimeline() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        String body = "{\"type\":\"tab_switch\",\"severity\":\"medium\",\"message\":\"Tab left\",\"timestamp\":\""
                + Instant.now() + "\",\"requires_attention\":false}";

        JsonNode answer = Client.body(client.post("/api/v1/proctoring/alerts/" + id, body), 200);

        assertThat(answer.get("status").asString()).isEqualTo("success");
        String alertId = answer.get("alert").get("alert_id").asString();
        JsonNode listed = Client.body(client.get("/api/v1/proctoring/alerts/" + id + "?limit=10"), 200);
        assertThat(listed.get("session_id").asString()).isEqualTo(id);
        assertThat(listed.get("alerts").get(0).get("alert_id").asString()).isEqualTo(alertId);
        // The client hears of it with the next frame.
        assertThat(socket.frame("")
                        .result()
                        .get("alerts")
                        .get(0)
                        .get("alert_id")
                        .asString())
                .isEqualTo(alertId);
        assertThat(socket.frame("").result().get("alerts")).isEmpty();
    }

    @Test
    void shouldRefuseReportsThatCannotBeUsed() {
        String id = client.newSession();
        String path = "/api/v1/proctoring/alerts/" + id;
        Client.body(client.post(path, "{\"type\":\"Tab Switch\",\"message\":\"\"}"), 422);
        Client.body(
                client.post(path, "{\"type\":\"tab_switch\",\"message\":\"\",\"timestamp\":\"2026-11-25T10:00:00\"}"),
                422);
        Client.body(client.post(path, "{\"type\":\"tab_switch\",\"message\":\"\",\"severity\":\"HIGH\"}"), 422);
        client.postEmpty("/api/v1/session/" + id + "/end");
        Client.body(client.post(path, "{\"type\":\"tab_switch\",\"message\":\"\"}"), 410);
    }

    @Test
    void shouldPageAndFilterAlerts() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        socket.frame("open:no_face").result();
        socket.frame("close:no_face open:prohibited_object").result();
        socket.frame("close:prohibited_object open:no_face").result();
        String path = "/api/v1/proctoring/alerts/" + id;

        // A client that polls for a few wants the newest: what came first it has seen.
        JsonNode first = Client.body(client.get(path + "?limit=2"), 200);
        assertThat(first.get("alerts"))
                .extracting(alert -> alert.get("type").asString())
                .containsExactly("no_face", "prohibited_object");
        assertThat(first.get("alerts").get(0).get("phase").asString()).isEqualTo("open");
        JsonNode second = Client.body(
                client.get(path + "?limit=2&cursor=" + first.get("next_cursor").asString()), 200);
        assertThat(second.get("alerts"))
                .extracting(alert -> alert.get("type").asString())
                .containsExactly("no_face");
        assertThat(second.get("alerts").get(0).get("phase").asString()).isEqualTo("closed");
        assertThat(second.get("next_cursor").isNull()).isTrue();
        assertThat(Client.body(client.get(path + "?kind=no_face"), 200).get("alerts"))
                .hasSize(2);
        assertThat(Client.body(client.get(path + "?severity=critical"), 200).get("alerts"))
                .hasSize(1);
        assertThat(Client.body(client.get(path + "?since=2100-01-01T00:00:00Z"), 200)
                        .get("alerts"))
                .isEmpty();
        for (String query :
                List.of("limit=abc", "limit=0", "limit=1001", "kind=x", "severity=x", "since=x", "cursor=x")) {
            JsonNode problem = Client.body(client.get(path + "?" + query), 422);
            assertThat(problem.get("detail").get(0).get("loc").get(0).asString())
                    .isEqualTo("query");
        }
    }

    @Test
    void shouldEchoAllowedOriginsOnEveryAnswerAndAnswerPreflights() {
        HttpResponse<String> created = client.send(Client.json(
                client.to("/api/v1/session/create").header("Origin", ORIGIN),
                "POST",
                "{\"candidate_name\":\"a\",\"interview_type\":\"b\"}"));
        assertThat(created.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
        assertThat(created.headers().allValues("Vary")).contains("Origin");
        HttpResponse<String> missing = client.send(client.to("/nowhere").header("Origin", ORIGIN));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
        HttpResponse<String> foreign = client.send(client.to("/health").header("Origin", "http://evil.example"));
        assertThat(foreign.statusCode()).isEqualTo(200);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();

        HttpResponse<String> preflight = preflight(ORIGIN);
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("authorization,content-type");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElse(""))
                .contains("POST", "PATCH");
        assertThat(preflight.headers().firstValue("Access-Control-Max-Age")).hasValue("600");
        assertThat(preflight("http://evil.example").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> preflight(String origin) {
        return client.send(client.to("/api/v1/session/create")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type"));
    }
}
