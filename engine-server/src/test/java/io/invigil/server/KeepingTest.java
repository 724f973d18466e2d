package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.SessionEvent;
import io.invigil.server.live.LossMeter;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnsettledException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a session keeps when the store fails in part, answers late, or is away. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeepingTest {
    private final TroubledServer at = new TroubledServer();
    private final MemoryStore store = at.store;
    private final AtomicReference<TroubledServer.Trouble> trouble = at.trouble;
    private final TestClock clock = at.clock;
    private final Map<LossMeter.What, Integer> lost = at.lost;
    private final Client client = at.client;

    @AfterEach
    void stop() {
        at.close();
    }

    @Test
    void shouldKeepNothingTwiceWhenOnlyThePictureFails() {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
        trouble.set(call -> {
            if (call.is("saveEvidence")) {
                throw new StoreException("the disk is full", null);
            }
            return call.make();
        });
        client.dial(id).frame("open:no_face").result();
        assertThat(store.alerts(id, AlertFilter.ALL)).hasSize(1);
        assertThat(store.evidence(id, "no_face-1")).isEmpty();

        trouble.set(TroubledServer.Call::make);
        while (store.evidence(id, "no_face-1").isEmpty()) {
            Thread.onSpinWait();
        }
        client.postEmpty("/api/v1/session/" + id + "/end");
        assertThat(store.trace(id)).hasSize(1);
    }

    @Test
    void shouldKeepNothingTwiceWhenTheStoreAnswersLate() {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        trouble.set(call -> {
            Object answer = call.make();
            if (call.is("save")
                    && ((SessionProgress) call.arguments()[0]).trace().size() == 1) {
                throw new UnsettledException("it takes long", outcome);
            }
            return answer;
        });
        Client.Socket socket = client.dial(id);
        socket.frame("open:no_face").result();
        assertThat(Client.body(client.get("/health"), 200).get("status").asString())
                .isEqualTo("degraded");
        trouble.set(TroubledServer.Call::make);
        socket.frame("").result();
        client.postEmpty("/api/v1/session/" + id + "/end");
        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.ACTIVE);

        outcome.complete(null);
        while (store.session(id).orElseThrow().state() != SessionRecord.State.ENDED) {
            Thread.onSpinWait();
        }
        assertThat(store.trace(id)).hasSize(2);
    }

    @Test
    void shouldHandOverAnewWhatTheStoreLateSaysIsNotKept() {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
        trouble.set(call -> {
            if (call.is("save")) {
                throw new UnsettledException(
                        "it takes long", CompletableFuture.failedFuture(new StoreException("", null)));
            }
            return call.make();
        });
        client.dial(id).frame("open:no_face").result();
        assertThat(store.alerts(id, AlertFilter.ALL)).isEmpty();
        trouble.set(TroubledServer.Call::make);
        while (store.alerts(id, AlertFilter.ALL).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(store.trace(id)).hasSize(1);
    }

    @Test
    void shouldKeepACalibrationPointOrSayThatItIsNotKept() {
        String calibration = "/api/v1/session/" + client.newSession() + "/calibration";
        AtomicInteger saves = new AtomicInteger();
        trouble.set(call -> {
            saves.addAndGet(call.is("save") ? 1 : 0);
            return call.make();
        });
        Client.body(client.post(calibration, "{\"x\":0.5,\"y\":0.5}"), 200);
        assertThat(saves.get())
                .as("the keeper takes no turn within the interval, ten minutes")
                .isPositive();

        trouble.set(TroubledServer::failingSave);
        Client.body(client.post(calibration, "{\"x\":0.5,\"y\":0.5}"), 202);
    }

    @Test
    void shouldNotHoldUpResultsWhileTheStoreIsKnownToFail() {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        trouble.set(call -> {
            if (call.is("save")) {
                threads.add(Thread.currentThread().getName().replaceAll("[-0-9]+$", ""));
                throw new StoreException("it does not answer", null);
            }
            return call.make();
        });
        Client.Socket socket = client.dial(id);
        socket.frame("open:no_face").result(); // Where it is found out.
        threads.clear();
        while (threads.isEmpty()) {
            clock.forward(Duration.ofSeconds(3)); // A new attempt is due with every result.
            socket.frame("").result();
            TroubledServer.pause();
        }
        assertThat(threads).containsExactly("invigil-keeper-worker");
    }

    @Test
    void shouldLoseNoAlertAndSayWhatElseGaveWayWhenTheStoreIsAwayForLong() {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
        trouble.set(call -> {
            if (call.is("save")) {
                throw new StoreException("it does not answer", null);
            }
            return call.make();
        });
        Client.Socket socket = client.dial(id);
        socket.frame("events:" + (TroubledServer.MOST_UNKEPT + 30)).result();
        for (int i = 0; i < TroubledServer.MOST_UNKEPT + 10; i++) {
            socket.frame("open:no_face").result();
            socket.frame("close:no_face").result();
        }
        JsonNode unkept = client.status(id).get("unkept");
        assertThat(unkept.get("failing").asBoolean()).isTrue();
        assertThat(unkept.get("waiting").asInt())
                .isEqualTo(TroubledServer.MOST_UNKEPT + TroubledServer.MOST_UNKEPT + 10);
        assertThat(unkept.get("lost_events").asInt()).isEqualTo(30);
        assertThat(unkept.get("lost_trace_points").asInt())
                .isEqualTo(1 + 2 * (TroubledServer.MOST_UNKEPT + 10) - TroubledServer.MOST_UNKEPT);
        assertThat(lost).containsEntry(LossMeter.What.EVENT, 30);

        trouble.set(TroubledServer.Call::make);
        clock.forward(Duration.ofSeconds(3));
        while (client.status(id).get("unkept").get("waiting").asInt() > 0) {
            TroubledServer.pause();
        }
        while (client.status(id).get("unkept").get("failing").asBoolean()) {
            TroubledServer.pause(); // The pictures come last.
        }
        assertThat(store.alerts(id, AlertFilter.ALL)).hasSize(TroubledServer.MOST_UNKEPT + 10);
        List<SessionEvent> events = store.events(id);
        assertThat(events).hasSize(TroubledServer.MOST_UNKEPT + 1);
        assertThat(events.get(0).message()).isEqualTo("event 30");
        SessionEvent told = events.get(TroubledServer.MOST_UNKEPT);
        assertThat(told.kind()).isEqualTo(SessionEvent.Kind.NOT_KEPT);
        assertThat(told.message()).contains("30 events").contains("121 points of the trace");
        assertThat(store.trace(id)).hasSize(TroubledServer.MOST_UNKEPT);
        assertThat(client.get("/api/v1/session/" + id + "/report.html").body()).contains("Not kept");
    }

    @Test
    void shouldHoldNoMorePicturesInAllThanThereIsRoomForWhenTheStoreIsAway() {
        trouble.set(call -> {
            if (call.is("saveEvidence")) {
                throw new StoreException("the disk is full", null);
            }
            return call.make();
        });
        int given = 0;
        for (int i = 0; i < TroubledServer.MOST; i++) {
            String id = client.create(TroubledServer.BODY).get("session_id").asString();
            client.dial(id).frame(TroubledServer.PICTURE).result();
            given += client.status(id).get("unkept").get("lost_pictures").asInt();
        }
        assertThat(given).isEqualTo(TroubledServer.MOST - TroubledServer.ROOM);
        assertThat(lost).containsExactly(Map.entry(LossMeter.What.PICTURE, TroubledServer.MOST - TroubledServer.ROOM));
    }

    @Test
    void shouldKeepATraceBeforeItIsTooMuchToWait() throws InterruptedException {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
        Client.Socket socket = client.dial(id);
        for (int i = 0; i < TroubledServer.MOST_UNKEPT / 2; i++) {
            socket.frame("").result();
        }
        while (store.trace(id).isEmpty()) { // The interval is ten minutes.
            Thread.sleep(10);
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void shouldRefuseWhatTheHostTellsOnceTooMuchWaits() {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
        trouble.set(call -> {
            if (call.is("save")) {
                throw new StoreException("it does not answer", null);
            }
            return call.make();
        });
        client.dial(id).frame("events:" + TroubledServer.MOST_UNKEPT).result();
        while (client.status(id).get("unkept").get("waiting").asInt() < TroubledServer.MOST_UNKEPT) {
            TroubledServer.pause();
        }
        String report = "{\"type\":\"paste\",\"message\":\"\"}";
        assertThat(client.post("/api/v1/proctoring/alerts/" + id, report).statusCode())
                .isEqualTo(503);
        assertThat(client.postEmpty("/api/v1/session/" + id + "/pause").statusCode())
                .isEqualTo(503);
        JsonNode status = client.status(id);
        assertThat(status.get("alerts"))
                .as("a report that is refused is no alert")
                .isEmpty();
        assertThat(status.get("state").asString()).isEqualTo("active");
        assertThat(status.get("unkept").get("waiting").asInt()).isEqualTo(TroubledServer.MOST_UNKEPT);

        trouble.set(TroubledServer.Call::make);
        clock.forward(Duration.ofSeconds(3));
        while (client.status(id).get("unkept").get("waiting").asInt() > 0) {
            TroubledServer.pause();
        }
        while (client.status(id).get("unkept").get("failing").asBoolean()) {
            TroubledServer.pause(); // What waited was taken, and that is about to be known.
        }
        assertThat(client.post("/api/v1/proctoring/alerts/" + id, report).statusCode())
                .isEqualTo(200);
        assertThat(store.alerts(id, AlertFilter.ALL)).hasSize(1);
    }

    @Test
    void shouldSayThatAPauseHoldsAndIsNotKeptWhenTheStoreDoesNotTakeIt() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        trouble.set(TroubledServer::failingSave);
        assertThat(pause(id, true, 202)).isEqualTo("paused");
        assertThat(pause(id, true, 202)).as("asked again").isEqualTo("paused");
        assertThat(socket.next().get("state").asString()).isEqualTo("paused");
        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.ACTIVE);
        assertThat(pause(id, false, 202)).isEqualTo("active");
        assertThat(socket.next().get("state").asString()).isEqualTo("active");
        assertThat(pause(id, true, 202)).isEqualTo("paused");

        trouble.set(TroubledServer.Call::make);
        awaitAudit(5);
        assertThat(store.auditLog())
                .extracting(AuditEntry::action)
                .as("each of them, in order, once the store answers")
                .containsExactly("create", "pause", "pause", "resume", "pause");
        while (client.postEmpty("/api/v1/session/" + id + "/pause").statusCode() == 202) {
            TroubledServer.pause(); // The last entry is in the store, and about to be taken off what waits.
        }
        assertThat(pause(id, true, 200)).isEqualTo("paused");
        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.PAUSED);
    }

    @Test
    void shouldNotMakeAHostReportAgainWhatIsNotedAndNotKeptYet() {
        String id = client.newSession();
        trouble.set(TroubledServer::failingSave);
        String path = "/api/v1/proctoring/alerts/{session_id}";
        HttpResponse<String> report =
                client.post(path.replace("{session_id}", id), "{\"type\":\"paste\",\"message\":\"\"}");
        JsonNode answer = answered(report, 202, path, "AlertReportAnswer");
        assertThat(answer.get("status").asString()).isEqualTo("success");
        assertThat(store.alerts(id, AlertFilter.ALL)).isEmpty();

        trouble.set(TroubledServer.Call::make);
        clock.forward(Duration.ofSeconds(3));
        while (store.alerts(id, AlertFilter.ALL).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(answer.get("alert").get("alert_id").asString())
                .endsWith(store.alerts(id, AlertFilter.ALL).get(0).alert().id());
    }

    @Test
    void shouldEndASessionThatTurnsOutToBeKeptWhenItsCallerWasToldOtherwise() {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        trouble.set(call -> {
            Object answer = call.make();
            if (call.is("insert")) {
                throw new UnsettledException("it takes long", outcome);
            }
            return answer;
        });
        assertThat(client.post("/api/v1/session/create", TroubledServer.BODY).statusCode())
                .isEqualTo(503);
        assertThat(store.liveSessions()).hasSize(1);
        outcome.complete(null);
        while (!store.liveSessions().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** What is answered with a status that the document names, as it says. */
    private JsonNode answered(HttpResponse<String> answer, int status, String path, String view) {
        String document = client.get("/openapi.json").body();
        JsonNode responses =
                Client.json(document).get("paths").get(path).get("post").get("responses");
        assertThat(responses.has(Integer.toString(status))).isTrue();
        JsonNode body = Client.body(answer, status);
        WireSchemas.ofOpenApi(document).check(view, body);
        return body;
    }

    private String pause(String id, boolean paused, int status) {
        String path = "/api/v1/session/{session_id}/" + (paused ? "pause" : "resume");
        return answered(client.postEmpty(path.replace("{session_id}", id)), status, path, "Session")
                .get("state")
                .asString();
    }

    private void awaitAudit(int entries) {
        while (store.auditLog().size() < entries) {
            Thread.onSpinWait();
        }
    }
}
