package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a server on a real port. */
final class Client {
    static final long WAIT_S = 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(WAIT_S))
            .build();

    Client(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(WAIT_S));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError("no answer", failure);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    byte[] bytes(String path) {
        try {
            return http.send(to(path).build(), BodyHandlers.ofByteArray()).body();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError("no answer", failure);
        }
    }

    HttpClient http() {
        return http;
    }

    HttpResponse<String> get(String path) {
        return send(to(path));
    }

    HttpResponse<String> post(String path, String json) {
        return send(json(to(path), "POST", json));
    }

    static HttpRequest.Builder json(HttpRequest.Builder request, String method, String json) {
        return request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
    }

    HttpResponse<String> postEmpty(String path) {
        return send(to(path).POST(BodyPublishers.noBody()));
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** The body of an answer that must have this status. */
    static JsonNode body(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json(answer.body());
    }

    JsonNode create() {
        return create("{\"candidate_name\":\"Ada\",\"interview_type\":\"technical\",\"duration_minutes\":60}");
    }

    JsonNode create(String json) {
        return body(post("/api/v1/session/create", json), 200);
    }

    String newSession() {
        return create().get("session_id").asString();
    }

    JsonNode status(String id) {
        return body(get("/api/v1/proctoring/status/" + id), 200);
    }

    Socket dial(String id) {
        return dial(id, List.of(), List.of());
    }

    /** Opens a socket; header names and values alternate. */
    Socket dial(String idAndQuery, List<String> headers, List<String> protocols) {
        try {
            return tryDial(idAndQuery, headers, protocols).get(WAIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("not connected", failure);
        }
    }

    CompletableFuture<Socket> tryDial(String idAndQuery, List<String> headers, List<String> protocols) {
        java.net.http.WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(WAIT_S));
        for (int i = 0; i < headers.size(); i += 2) {
            builder.header(headers.get(i), headers.get(i + 1));
        }
        if (!protocols.isEmpty()) {
            builder.subprotocols(
                    protocols.get(0), protocols.subList(1, protocols.size()).toArray(String[]::new));
        }
        Socket socket = new Socket();
        return builder.buildAsync(URI.create("ws://localhost:" + port + "/ws/" + idAndQuery), socket)
                .thenApply(opened -> {
                    socket.socket = opened;
                    return socket;
                });
    }

    /** The HTTP status a dial is refused with; 101 when it is not. */
    int dialStatus(String idAndQuery, String... headers) {
        try {
            tryDial(idAndQuery, List.of(headers), List.of())
                    .get(WAIT_S, TimeUnit.SECONDS)
                    .drop();
            return 101;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof java.net.http.WebSocketHandshakeException handshake) {
                return handshake.getResponse().statusCode();
            }
            throw new AssertionError(refused);
        } catch (InterruptedException | TimeoutException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A socket that keeps what it hears. */
    static final class Socket implements java.net.http.WebSocket.Listener {
        private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private volatile java.net.http.WebSocket socket;

        @Override
        public java.util.concurrent.CompletionStage<?> onText(
                java.net.http.WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(json(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public java.util.concurrent.CompletionStage<?> onClose(java.net.http.WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(java.net.http.WebSocket from, Throwable failure) {
            closed.complete(-1);
        }

        java.net.http.WebSocket raw() {
            return socket;
        }

        Socket frame(byte[] picture) {
            socket.sendBinary(ByteBuffer.wrap(picture), true)
                    .orTimeout(WAIT_S, TimeUnit.SECONDS)
                    .join();
            return this;
        }

        Socket frame(String words) {
            return frame(FakeEngine.picture(words));
        }

        Socket say(String message) {
            socket.sendText(message, true).orTimeout(WAIT_S, TimeUnit.SECONDS).join();
            return this;
        }

        /** The next message. */
        JsonNode next() {
            try {
                JsonNode message = heard.poll(WAIT_S, TimeUnit.SECONDS);
                assertThat(message).as("a message in time").isNotNull();
                return message;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** The data of the next message, which must be a result. */
        JsonNode result() {
            JsonNode message = next();
            assertThat(message.get("type").asString()).as(message.toString()).isEqualTo("proctoring_result");
            return message.get("data");
        }

        /** Everything heard so far. */
        List<JsonNode> heard() {
            List<JsonNode> all = new ArrayList<>();
            heard.drainTo(all);
            return all;
        }

        int closeCode() {
            try {
                return closed.get(WAIT_S, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException failure) {
                throw new AssertionError("not closed", failure);
            }
        }

        boolean isClosed() {
            return closed.isDone();
        }

        /** Closes as a browser does whose page calls close() without a code. */
        void close() {
            socket.sendClose(java.net.http.WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(WAIT_S, TimeUnit.SECONDS)
                    .join();
        }

        /** Goes without a word. */
        void drop() {
            socket.abort();
        }
    }
}
