package io.invigil.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of the wire: views out, trees in. Thread-safe. */
public final class WireJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 1 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private WireJson() {}

    /** A view as JSON text on one line. */
    public static String write(Object view) {
        return MAPPER.writeValueAsString(view);
    }

    /** A view as JSON in UTF-8. */
    public static byte[] writeBytes(Object view) {
        return MAPPER.writeValueAsBytes(view);
    }

    static JsonNode readTree(byte[] json) {
        return MAPPER.readTree(json);
    }

    /** The message that carries a frame's result. */
    public static String resultMessage(FrameResultView result) {
        return write(new ResultMessage("proctoring_result", result.sessionId(), result));
    }

    private record ResultMessage(String type, String sessionId, FrameResultView data) {}

    /** The message that tells a session's new state. */
    public static String sessionMessage(String sessionId, String state) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "session");
        message.put("session_id", sessionId);
        message.put("state", state);
        return write(message);
    }

    /**
     * The message that answers a host event.
     *
     * @param alertId the alert it became or went into, or null
     */
    public static String eventMessage(String sessionId, String name, String status, String alertId) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "event_result");
        message.put("session_id", sessionId);
        message.put("name", name);
        message.put("status", status);
        message.put("alert_id", alertId);
        return write(message);
    }

    /** The message that answers a ping. */
    public static String pongMessage() {
        return "{\"type\":\"pong\"}";
    }

    /** The OpenAPI 3.1 document of the REST calls, as JSON in UTF-8. */
    public static byte[] openApi() {
        return resource("openapi.json");
    }

    /** The written page about the WebSocket, as HTML in UTF-8. */
    public static byte[] webSocketPage() {
        return resource("websocket.html");
    }

    /** The JSON Schema of the WebSocket's messages, as JSON in UTF-8. */
    public static byte[] webSocketSchema() {
        return resource("websocket.schema.json");
    }

    private static byte[] resource(String name) {
        try (InputStream in = WireJson.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be read", failure);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
