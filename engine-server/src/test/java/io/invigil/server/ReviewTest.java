package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.MemoryStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What reviewers see: lists, the event stream, reviews, downloads and evidence. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReviewTest {
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

    /** An open event stream. */
    private final class Events implements AutoCloseable {
        private final InputStream in;
        private final BufferedReader lines;

        private Events(String query, String lastEventId) {
            HttpRequest.Builder request = client.to("/api/v1/events" + query);
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            try {
                HttpResponse<InputStream> answer = client.http().send(request.build(), BodyHandlers.ofInputStream());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/event-stream");
                in = answer.body();
                lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** The next event with this name: its fields. */
        private Map<String, String> next(String name) {
            while (true) {
                Map<String, String> fields = next();
                if (name.equals(fields.get("event"))) {
                    return fields;
                }
            }
        }

        private Map<String, String> next() {
            Map<String, String> fields = new LinkedHashMap<>();
            try {
                String line;
                while ((line = lines.readLine()) != null) {
                    if (line.isEmpty() && fields.containsKey("event")) {
                        return fields;
                    }
                    int colon = line.indexOf(':');
                    if (colon > 0) {
                        fields.put(
                                line.substring(0, colon),
                                line.substring(colon + 1).trim());
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            throw new AssertionError("the stream ended");
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Test
    void shouldFollowAlertsLiveAndComeBackWhereTheStreamBroke() throws IOException {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        String last;
        try (Events events = new Events("", null)) {
            socket.frame("open:no_face").result();
            Map<String, String> opened = events.next("alert");
            JsonNode data = Client.json(opened.get("data"));
            assertThat(data.get("session_id").asString()).isEqualTo(id);
            assertThat(data.get("alert").get("phase").asString()).isEqualTo("open");
            last = opened.get("id");
        }
        socket.frame("close:no_face").result();
        try (Events events = new Events("?session=" + id, last)) {
            Map<String, String> closed = events.next("alert");
            assertThat(Client.json(closed.get("data")).get("alert").get("phase").asString())
                    .isEqualTo("closed");
            client.postEmpty("/api/v1/session/" + id + "/end");
            assertThat(Client.json(events.next("session").get("data"))
                            .get("state")
                            .asString())
                    .isEqualTo("ended");
        }
    }

    /** A server that waited for its followers, and then cut them off, would leave the answer without its end. */
    @Test
    void shouldEndTheStreamsOfFollowersInOrderWhenItStops() throws IOException {
        try (Events events = new Events("", null)) {
            server.close();
            assertThat(new String(events.in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("retry: ");
        }
    }

    @Test
    void shouldSayThatEverythingMustBeAskedAnewWhenTooMuchWasMissed() throws IOException {
        try (Events events = new Events("", "12")) {
            assertThat(events.next().get("event")).isEqualTo("reset");
        }
        assertThat(client.send(client.to("/api/v1/events").header("Last-Event-ID", "x"))
                        .statusCode())
                .isEqualTo(422);
    }

    /** Messages are remembered by the process alone: after a restart nobody may go on as if nothing had been missed. */
    @Test
    void shouldSayThatEverythingMustBeAskedAnewAfterARestartAndThenGoOn() throws IOException {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        String last;
        try (Events events = new Events("", null)) {
            socket.frame("open:no_face").result();
            last = events.next("alert").get("id");
        }
        server.close();
        server = InvigilServer.builder(engine, store).port(0).start();
        client = new Client(server.port());
        try (Events events = new Events("?session=" + id, last)) {
            Map<String, String> reset = events.next();
            assertThat(reset.get("event")).isEqualTo("reset");
            assertThat(Long.parseLong(reset.get("id"))).isGreaterThan(Long.parseLong(last));
            client.dial(id).frame("open:black_screen").result();
            // The engine of words goes on with no alert, so the first one's end may be told before.
            String type = "no_face";
            while (type.equals("no_face")) {
                type = Client.json(events.next("alert").get("data"))
                        .get("alert")
                        .get("type")
                        .asString();
            }
            assertThat(type).isEqualTo("black_screen");
            assertThat(Client.body(client.get("/api/v1/proctoring/alerts/" + id), 200)
                            .get("alerts"))
                    .hasSize(2);
        }
    }

    @Test
    void shouldTellAboutOneSessionOnlyWhenAsked() throws IOException {
        String mine = client.newSession();
        String other = client.newSession();
        try (Events events = new Events("?session=" + mine, null)) {
            client.dial(other).frame("open:no_face").result();
            client.dial(mine).frame("open:black_screen").result();
            assertThat(Client.json(events.next("alert").get("data"))
                            .get("session_id")
                            .asString())
                    .isEqualTo(mine);
        }
    }

    @Test
    void shouldKeepReviewsWhileTheAlertGoesOn() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        String alertId = socket.frame("open:no_face")
                .result()
                .get("alerts")
                .get(0)
                .get("alert_id")
                .asString();
        String path = "/api/v1/proctoring/alerts/" + id + "/" + alertId;
        JsonNode reviewed = Client.body(
                client.send(Client.json(client.to(path), "PATCH", "{\"review_state\":\"dismissed\",\"note\":\"cat\"}")),
                200);
        assertThat(reviewed.get("review").get("state").asString()).isEqualTo("dismissed");
        assertThat(reviewed.get("review").get("by").asString()).isEqualTo("anybody");

        socket.frame("close:no_face").result();
        JsonNode listed = Client.body(client.get("/api/v1/proctoring/alerts/" + id), 200)
                .get("alerts")
                .get(0);
        assertThat(listed.get("phase").asString()).isEqualTo("closed");
        assertThat(listed.get("review").get("note").asString()).isEqualTo("cat");
        assertThat(client.status(id)
                        .get("alerts")
                        .get(0)
                        .get("review")
                        .get("note")
                        .asString())
                .isEqualTo("cat");
        assertThat(store.auditLog()).extracting(AuditEntry::action).contains("review");
        assertThat(client.send(Client.json(client.to(path + "0"), "PATCH", "{\"review_state\":\"open\"}"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.send(Client.json(client.to(path), "PATCH", "{\"review_state\":\"guilty\"}"))
                        .statusCode())
                .isEqualTo(422);
    }

    private String note(String path, String body) {
        return Client.body(client.send(Client.json(client.to(path), "PATCH", body)), 200)
                .get("review")
                .get("note")
                .asString();
    }

    @Test
    void shouldKeepTheNoteWhenAReviewSaysNothingOfOneAndClearItWhenItIsEmpty() {
        String id = client.newSession();
        JsonNode alert =
                client.dial(id).frame("open:no_face").result().get("alerts").get(0);
        String path =
                "/api/v1/proctoring/alerts/" + id + "/" + alert.get("alert_id").asString();
        assertThat(note(path, "{\"review_state\":\"reviewed\",\"note\":\"cat\"}"))
                .isEqualTo("cat");
        assertThat(note(path, "{\"review_state\":\"dismissed\"}")).isEqualTo("cat");
        assertThat(note(path, "{\"review_state\":\"open\",\"note\":null}")).isEqualTo("cat");
        assertThat(client.status(id)
                        .get("alerts")
                        .get(0)
                        .get("review")
                        .get("note")
                        .asString())
                .isEqualTo("cat");
        assertThat(note(path, "{\"review_state\":\"open\",\"note\":\"\"}")).isEmpty();
    }

    @Test
    void shouldListSessionsNewestFirstInPages() {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(0, client.newSession());
        }
        client.postEmpty("/api/v1/session/" + created.get(0) + "/end");
        List<String> listed = new ArrayList<>();
        String query = "?limit=2";
        while (query != null) {
            JsonNode page = Client.body(client.get("/api/v1/sessions" + query), 200);
            page.get("sessions")
                    .forEach(session -> listed.add(session.get("session_id").asString()));
            query = page.get("next_cursor").isNull()
                    ? null
                    : "?limit=2&cursor=" + page.get("next_cursor").asString();
        }
        assertThat(listed).containsExactlyElementsOf(created);
        assertThat(Client.body(client.get("/api/v1/sessions?state=ended"), 200).get("sessions"))
                .hasSize(1);
        assertThat(client.get("/api/v1/sessions?state=gone").statusCode()).isEqualTo(422);
    }

    @Test
    void shouldTellInTheListHowEachLiveSessionStands() {
        String over = client.newSession();
        String quiet = client.newSession();
        String watched = client.newSession();
        client.dial(over).frame("open:no_face").result();
        client.postEmpty("/api/v1/session/" + over + "/end");
        client.dial(watched).frame("open:no_face").result();
        Map<String, JsonNode> listed = new HashMap<>();
        Client.body(client.get("/api/v1/sessions"), 200)
                .get("sessions")
                .forEach(session -> listed.put(session.get("session_id").asString(), session));

        JsonNode current = listed.get(watched).get("current");
        JsonNode status = client.status(watched);
        for (String field : List.of("connected", "open_alerts", "unkept")) {
            assertThat(current.get(field)).as(field).isEqualTo(status.get(field));
        }
        assertThat(current.get("connected").asBoolean()).isTrue();
        assertThat(current.get("open_alerts")).hasSize(1);
        assertThat(listed.get(quiet).get("current").get("connected").asBoolean())
                .isFalse();
        assertThat(listed.get(quiet).get("current").get("open_alerts")).isEmpty();
        assertThat(listed.get(over).has("current")).isFalse();
    }

    @Test
    void shouldKeepEvidenceOnlyWhenAskedTo() {
        for (boolean keep : new boolean[] {true, false}) {
            String id = client.create(
                            "{\"candidate_name\":\"a\",\"interview_type\":\"b\",\"keep_evidence\":" + keep + "}")
                    .get("session_id")
                    .asString();
            JsonNode alert =
                    client.dial(id).frame("open:no_face").result().get("alerts").get(0);
            String path = "/api/v1/session/" + id + "/evidence/"
                    + alert.get("alert_id").asString() + ".jpg";
            assertThat(client.get(path).statusCode()).isEqualTo(keep ? 200 : 404);
            assertThat(alert.get("evidence_url").isNull()).isEqualTo(!keep);
            if (keep) {
                assertThat(alert.get("evidence_url").asString()).isEqualTo(path);
                assertThat(client.bytes(path)).isEqualTo(FakeEngine.picture("open:no_face"));
            }
        }
    }

    @Test
    void shouldOfferTheReportAndTheAlertsForDownload() {
        String id = client.newSession();
        client.dial(id).frame("open:no_face").result();
        client.post("/api/v1/proctoring/alerts/" + id, "{\"type\":\"own_thing\",\"message\":\"=1+1,\\\"x\\\"\"}");
        String base = "/api/v1/session/" + id;

        HttpResponse<String> report = client.get(base + "/report.html");
        assertThat(report.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(report.body())
                .contains(
                        "Session report",
                        "640 \u00d7 480",
                        "a live session",
                        "Session " + id,
                        "Every frame accounted for")
                .doesNotContain("Ada", "Recording report", "Read from the recording");
        String[] lines = client.get(base + "/alerts.jsonl").body().split("\n");
        assertThat(lines).hasSize(2);
        assertThat(Client.json(lines[0]).get("type").asString()).isEqualTo("no_face");
        String[] rows = client.get(base + "/alerts.csv").body().split("\r\n");
        assertThat(rows).hasSize(3);
        assertThat(rows[0]).startsWith("alert_id,type,severity");
        assertThat(client.get("/api/v1/session/nobody/alerts.csv").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTakeACalibrationPointAndRefuseOneOffTheScreen() {
        String path = "/api/v1/session/" + client.newSession() + "/calibration";

        assertThat(client.post(path, "{\"x\": 0.1, \"y\": 0.9, \"duration_s\": 2}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.post(path, "{\"x\": 1.5, \"y\": 0.9}").statusCode()).isEqualTo(422);
    }

    @Test
    void shouldPauseAndGoOn() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        assertThat(Client.body(client.postEmpty("/api/v1/session/" + id + "/pause"), 200)
                        .get("state")
                        .asString())
                .isEqualTo("paused");
        assertThat(socket.next().get("state").asString()).isEqualTo("paused");
        assertThat(socket.frame("open:no_face").result().get("status").asString())
                .isEqualTo("skipped");
        assertThat(client.status(id).get("is_active").asBoolean()).isTrue();
        assertThat(Client.body(client.postEmpty("/api/v1/session/" + id + "/resume"), 200)
                        .get("state")
                        .asString())
                .isEqualTo("active");
        assertThat(socket.next().get("state").asString()).isEqualTo("active");
        assertThat(socket.frame("").result().get("status").asString()).isEqualTo("ok");
    }

    @Test
    void shouldJudgeByThePolicyAndAccommodationsAskedFor() {
        String id = client.create("{\"candidate_name\":\"a\",\"interview_type\":\"b\",\"policy\":\"closed-book\","
                        + "\"accommodations\":[{\"kind\":\"paste\",\"granted_by\":\"office\",\"reason\":\"on file\"}]}")
                .get("session_id")
                .asString();
        JsonNode session = Client.body(client.get("/api/v1/session/" + id), 200);
        assertThat(session.get("policy").asString()).isEqualTo("closed-book");
        assertThat(session.get("accommodations").get(0).get("relief").asString())
                .isEqualTo("silence");
        for (String bad : List.of(
                "\"policy\":\"none-such\"",
                "\"policy\":{\"x\":1}",
                "\"policy\":5",
                "\"accommodations\":[{\"kind\":\"mood\",\"granted_by\":\"a\",\"reason\":\"b\"}]",
                "\"accommodations\":[{\"kind\":\"paste\",\"granted_by\":\"a\"}]",
                "\"metadata\":{\"a\":1}")) {
            assertThat(client.post(
                                    "/api/v1/session/create",
                                    "{\"candidate_name\":\"a\",\"interview_type\":\"b\"," + bad + "}")
                            .statusCode())
                    .as(bad)
                    .isEqualTo(422);
        }
    }
}
