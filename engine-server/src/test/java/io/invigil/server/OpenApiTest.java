package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.live.Deliveries;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.StoreException;
import io.invigil.wire.DeliveryView;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Holds the served documents against what the server really sends: every operation, and every kind of socket message. */
class OpenApiTest {
    private final FakeEngine engine = new FakeEngine();
    private InvigilServer server;
    private Client client;

    @BeforeEach
    void start() {
        server = InvigilServer.builder(engine, new MemoryStore())
                .deliveries(new OneDelivery())
                .port(0)
                .start();
        client = new Client(server.port());
    }

    /** Every session has one message to the host. */
    private static final class OneDelivery implements Deliveries {
        private static final DeliveryView GIVEN_UP =
                new DeliveryView("msg_1", "session.started", "given_up", 8, "status 503", null);

        @Override
        public List<DeliveryView> of(String sessionId, Optional<String> state, int limit) {
            return List.of(GIVEN_UP);
        }

        @Override
        public Optional<DeliveryView> redeliver(String sessionId, String deliveryId) {
            return Optional.of(GIVEN_UP).filter(one -> one.deliveryId().equals(deliveryId));
        }
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    @Test
    void shouldAnswerEveryOperationAsTheDocumentSays() {
        String document = client.get("/openapi.json").body();
        JsonNode openApi = Client.json(document);
        assertThat(openApi.get("openapi").asString()).startsWith("3.1");
        WireSchemas schemas = WireSchemas.ofOpenApi(document);
        JsonNode created = client.create("{\"candidate_name\":\"Ada\",\"interview_type\":\"t\",\"keep_evidence\":true,"
                + "\"metadata\":{\"room\":\"12\"},\"accommodations\":[{\"kind\":\"eyes_looking_away\","
                + "\"relief\":\"silence\",\"granted_by\":\"office\",\"reason\":\"on file\"}]}");
        schemas.check("Session", created);
        String id = created.get("session_id").asString();
        Client.Socket socket = client.dial(id);
        JsonNode alert = socket.frame("open:no_face").result().get("alerts").get(0);
        socket.frame("").result();
        socket.close();
        Map<String, String> parts = new HashMap<>(
                Map.of("session_id", id, "alert_id", alert.get("alert_id").asString(), "delivery_id", "msg_1"));

        Map<String, HttpResponse<String>> answers = new HashMap<>();
        TreeSet<String> left = new TreeSet<>();
        openApi.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String name = operation.getValue().get("operationId").asString();
                    // What the server does not mount here, what never ends, and what must come last.
                    if (name.equals("getMetrics")
                            || name.equals("followEvents")
                            || name.equals("endSession")
                            || name.equals("precheck")
                            || name.equals("calibrateSession")) {
                        left.add(name);
                        return;
                    }
                    HttpResponse<String> answer = call(operation.getKey(), filled(path.getKey(), parts), name);
                    answers.put(name, answer);
                    check(schemas, operation.getValue(), answer, 200);
                }));
        assertThat(left).hasSize(5);
        assertThat(answers).hasSizeGreaterThanOrEqualTo(20);
        JsonNode end =
                openApi.get("paths").get("/api/v1/session/{session_id}/end").get("post");
        check(schemas, end, client.postEmpty("/api/v1/session/" + id + "/end"), 200);
        check(
                schemas,
                openApi.get("paths").get("/api/v1/session/{session_id}/pause").get("post"),
                client.postEmpty("/api/v1/session/" + id + "/pause"),
                410);
        check(
                schemas,
                openApi.get("paths").get("/api/v1/session/create").get("post"),
                client.post("/api/v1/session/create", "{}"),
                422);
        schemas.check("Status", client.status(id));
    }

    @Test
    void shouldDocumentHowAnyBodyMayBeRefused() {
        Client.json(client.get("/openapi.json").body())
                .get("paths")
                .forEach(path -> path.properties().forEach(operation -> {
                    if (operation.getValue().has("requestBody")) {
                        assertThat(operation.getValue().get("responses").propertyNames())
                                .as(operation.getValue().get("operationId").asString())
                                .contains("400", "408", "413", "415");
                    }
                }));
    }

    @Test
    void shouldDocumentThatAQuestionToTheStoreMayNotBeAnswered() {
        try (TroubledServer at = new TroubledServer()) {
            at.trouble.set(call -> {
                throw new StoreException("it is away", null);
            });
            String document = at.client.get("/openapi.json").body();
            WireSchemas schemas = WireSchemas.ofOpenApi(document);
            Map<String, String> parts = Map.of("session_id", "s1", "alert_id", "s1.no_face-1");
            TreeSet<String> asked = new TreeSet<>();
            Client.json(document).get("paths").properties().forEach(path -> {
                JsonNode operation = path.getValue().get("get");
                if (path.getKey().startsWith("/api/v1/session") || path.getKey().startsWith("/api/v1/proctoring")) {
                    if (operation != null) {
                        asked.add(operation.get("operationId").asString());
                        check(schemas, operation, at.client.get(filled(path.getKey(), parts)), 503);
                    }
                }
            });
            assertThat(asked).hasSize(10);
        }
    }

    private static String filled(String template, Map<String, String> parts) {
        String path = template;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            path = path.replace("{" + part.getKey() + "}", part.getValue());
        }
        return path;
    }

    private HttpResponse<String> call(String method, String path, String name) {
        String body = switch (name) {
            case "createSession" -> "{\"candidate_name\":\"Ada\",\"interview_type\":\"t\"}";
            case "reportAlert" -> "{\"type\":\"tab_switch\",\"message\":\"left\"}";
            case "reviewAlert" -> "{\"review_state\":\"reviewed\",\"note\":\"fine\"}";
            default -> "";
        };
        return body.isEmpty()
                ? client.send(
                        client.to(path).method(method.toUpperCase(java.util.Locale.ROOT), BodyPublishers.noBody()))
                : client.send(Client.json(client.to(path), method.toUpperCase(java.util.Locale.ROOT), body));
    }

    private static void check(WireSchemas schemas, JsonNode operation, HttpResponse<String> answer, int status) {
        String name = operation.get("operationId").asString();
        assertThat(answer.statusCode()).as(name + ": " + answer.body()).isEqualTo(status);
        JsonNode response = operation.get("responses").get(Integer.toString(status));
        assertThat(response).as("%s documents %d", name, status).isNotNull();
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        if (status >= 400) {
            assertThat(type).isEqualTo("application/problem+json");
            schemas.check("Problem", Client.json(answer.body()));
            return;
        }
        assertThat(response.get("content").has(type))
                .as("%s documents %s", name, type)
                .isTrue();
        JsonNode schema = response.get("content").get(type).get("schema");
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").asString();
            schemas.check(reference.substring(reference.lastIndexOf('/') + 1), Client.json(answer.body()));
        }
    }

    @Test
    void shouldSendSocketMessagesAsTheirSchemaSays() {
        WireSchemas schemas = WireSchemas.ofJsonSchema(
                client.get("/docs/websocket.schema.json").body());
        assertThat(client.get("/docs/websocket").body()).contains("proctoring_result", "websocket.schema.json");
        assertThat(client.get("/docs/websocket.css").statusCode()).isEqualTo(200);
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        List<byte[]> frames = List.of(
                FakeEngine.picture("open:prohibited_object"),
                FakeEngine.picture("open:no_face close:prohibited_object"),
                FakeEngine.picture("fail"),
                new byte[0]);
        for (byte[] frame : frames) {
            JsonNode message = socket.frame(frame).next();
            schemas.check("ProctoringResult", message);
        }
        schemas.check("Pong", socket.say("{\"type\":\"ping\"}").next());
        schemas.check(
                "EventResult",
                socket.say("{\"type\":\"event\",\"name\":\"tab_switch\"}").next());
        schemas.check("ProctoringResult", socket.say("{\"type\":\"event\"}").next());
        client.postEmpty("/api/v1/session/" + id + "/pause");
        schemas.check("SessionState", socket.next());
        JsonNode skipped = socket.frame("").next();
        schemas.check("ProctoringResult", skipped);
        assertThat(skipped.get("data").get("skip_reason").asString()).isEqualTo("paused");
        client.postEmpty("/api/v1/session/" + id + "/end");
        schemas.check("SessionState", socket.next());
    }
}
