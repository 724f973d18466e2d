package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.AlertPhase;
import io.invigil.api.SessionEvent;
import io.invigil.server.live.LiveSettings;
import io.invigil.server.live.LossMeter;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnsettledException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a session keeps when the store fails in part, answers late, or does not answer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeepingTest {
    private static final String BODY =
            "{\"candidate_name\":\"a\",\"interview_type\":\"b\",\"keep_evidence\":true,\"duration_minutes\":60}";

    private static final int MOST = 5;
    private static final int MOST_UNKEPT = 100;
    private static final String PICTURE = "open:no_face";
    private static final int ROOM = 3;

    private final FakeEngine engine = new FakeEngine();
    private final MemoryStore store = new MemoryStore();
    private final AtomicReference<Trouble> trouble = new AtomicReference<>(Call::make);
    private final TestClock clock = new TestClock();
    private final Map<LossMeter.What, Integer> lost = new ConcurrentHashMap<>();
    private final InvigilServer server = InvigilServer.builder(engine, troubled())
            .port(0)
            .clock(clock)
            .live(LiveSettings.builder()
                    .maxSessions(MOST)
                    .maxUnkept(MOST_UNKEPT)
                    .maxUnkeptPictureBytes(ROOM * FakeEngine.picture(PICTURE).length)
                    .saveInterval(Duration.ofMinutes(10))
                    .lossMeter((what, count) -> lost.merge(what, count, Integer::sum))
                    .build())
            .start();
    private final Client client = new Client(server.port());

    /** A quick machine would come to the limit of calls, or to the session's end, before the server's keeper takes its turn. */
    private static void pause() {
        LockSupport.parkNanos(20_000_000);
    }

    /** Stands between the server and its store. */
    private interface Trouble {
        Object on(Call call) throws Throwable;
    }

    private record Call(RecordStore store, Method method, Object[] arguments) {
        boolean is(String name) {
            return method.getName().equals(name);
        }

        Object make() throws Throwable {
            try {
                return method.invoke(store, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }
    }

    private RecordStore troubled() {
        return (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(),
                new Class<?>[] {RecordStore.class},
                (proxy, method, arguments) -> trouble.get().on(new Call(store, method, arguments)));
    }

    @AfterEach
    void stop() {
        trouble.set(Call::make);
        server.close();
        engine.close();
    }

    @Test
    void shouldKeepNothingTwiceWhenOnlyThePictureFails() {
        String id = client.create(BODY).get("session_id").asString();
        trouble.set(call -> {
            if (call.is("saveEvidence")) {
                throw new StoreException("the disk is full", null);
            }
            return call.make();
        });
        client.dial(id).frame("open:no_face").result();
        assertThat(store.alerts(id, AlertFilter.ALL)).hasSize(1);
        assertThat(store.evidence(id, "no_face-1")).isEmpty();

        trouble.set(Call::make);
        while (store.evidence(id, "no_face-1").isEmpty()) {
            Thread.onSpinWait();
        }
        client.postEmpty("/api/v1/session/" + id + "/end");
        assertThat(store.trace(id)).hasSize(1);
    }

    @Test
    void shouldKeepNothingTwiceWhenTheStoreAnswersLate() {
        String id = client.create(BODY).get("session_id").asString();
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
        trouble.set(Call::make);
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
    void shouldNotForgetAnEndWhileTheStoreIsStillAtItAndThenRefusesIt() throws InterruptedException {
        String id = client.create(BODY).get("session_id").asString();
        client.dial(id).frame("open:no_face").result();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        trouble.set(call -> {
            if (call.is("save")) {
                begun.countDown();
                held.await();
                throw new StoreException("it did not answer in time", null);
            }
            return call.make();
        });
        CompletableFuture<HttpResponse<String>> end =
                CompletableFuture.supplyAsync(() -> client.postEmpty("/api/v1/session/" + id + "/end"));
        begun.await();
        Thread.sleep(1200); // Two looks of the keeper.
        held.countDown();
        assertThat(end.join().statusCode()).isEqualTo(200);
        assertThat(client.status(id).get("state").asString()).isEqualTo("ended");

        trouble.set(Call::make);
        clock.forward(Duration.ofSeconds(3));
        while (store.session(id).orElseThrow().state() != SessionRecord.State.ENDED) {
            Thread.onSpinWait();
        }
        assertThat(store.alerts(id, AlertFilter.ALL).get(0).alert().phase()).isEqualTo(AlertPhase.CLOSED);
    }

    @Test
    void shouldHandOverAnewWhatTheStoreLateSaysIsNotKept() {
        String id = client.create(BODY).get("session_id").asString();
        trouble.set(call -> {
            if (call.is("save")) {
                throw new UnsettledException(
                        "it takes long", CompletableFuture.failedFuture(new StoreException("", null)));
            }
            return call.make();
        });
        client.dial(id).frame("open:no_face").result();
        assertThat(store.alerts(id, AlertFilter.ALL)).isEmpty();
        trouble.set(Call::make);
        while (store.alerts(id, AlertFilter.ALL).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(store.trace(id)).hasSize(1);
    }

    @Test
    void shouldNotHoldUpResultsWhileTheStoreIsKnownToFail() {
        String id = client.create(BODY).get("session_id").asString();
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
            pause();
        }
        assertThat(threads).containsExactly("invigil-keeper-worker");
    }

    @Test
    void shouldLoseNoAlertAndSayWhatElseGaveWayWhenTheStoreIsAwayForLong() {
        String id = client.create(BODY).get("session_id").asString();
        trouble.set(call -> {
            if (call.is("save")) {
                throw new StoreException("it does not answer", null);
            }
            return call.make();
        });
        Client.Socket socket = client.dial(id);
        socket.frame("events:" + (MOST_UNKEPT + 30)).result();
        for (int i = 0; i < MOST_UNKEPT + 10; i++) {
            socket.frame("open:no_face").result();
            socket.frame("close:no_face").result();
        }
        JsonNode unkept = client.status(id).get("unkept");
        assertThat(unkept.get("failing").asBoolean()).isTrue();
        assertThat(unkept.get("waiting").asInt()).isEqualTo(MOST_UNKEPT + MOST_UNKEPT + 10);
        assertThat(unkept.get("lost_events").asInt()).isEqualTo(30);
        assertThat(unkept.get("lost_trace_points").asInt()).isEqualTo(1 + 2 * (MOST_UNKEPT + 10) - MOST_UNKEPT);
        assertThat(lost).containsEntry(LossMeter.What.EVENT, 30);

        trouble.set(Call::make);
        clock.forward(Duration.ofSeconds(3));
        while (client.status(id).get("unkept").get("waiting").asInt() > 0) {
            pause();
        }
        while (client.status(id).get("unkept").get("failing").asBoolean()) {
            pause(); // The pictures come last.
        }
        assertThat(store.alerts(id, AlertFilter.ALL)).hasSize(MOST_UNKEPT + 10);
        List<SessionEvent> events = store.events(id);
        assertThat(events).hasSize(MOST_UNKEPT + 1);
        assertThat(events.get(0).message()).isEqualTo("event 30");
        SessionEvent told = events.get(MOST_UNKEPT);
        assertThat(told.kind()).isEqualTo(SessionEvent.Kind.NOT_KEPT);
        assertThat(told.message()).contains("30 events").contains("121 points of the trace");
        assertThat(store.trace(id)).hasSize(MOST_UNKEPT);
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
        for (int i = 0; i < MOST; i++) {
            String id = client.create(BODY).get("session_id").asString();
            client.dial(id).frame(PICTURE).result();
            given += client.status(id).get("unkept").get("lost_pictures").asInt();
        }
        assertThat(given).isEqualTo(MOST - ROOM);
        assertThat(lost).containsExactly(Map.entry(LossMeter.What.PICTURE, MOST - ROOM));
    }

    @Test
    void shouldKeepATraceBeforeItIsTooMuchToWait() throws InterruptedException {
        String id = client.create(BODY).get("session_id").asString();
        Client.Socket socket = client.dial(id);
        for (int i = 0; i < MOST_UNKEPT / 2; i++) {
            socket.frame("").result();
        }
        while (store.trace(id).isEmpty()) { // The interval is ten minutes.
            Thread.sleep(10);
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void shouldRefuseWhatTheHostTellsOnceTooMuchWaits() {
        String id = client.create(BODY).get("session_id").asString();
        trouble.set(call -> {
            if (call.is("save")) {
                throw new StoreException("it does not answer", null);
            }
            return call.make();
        });
        client.dial(id).frame("events:" + MOST_UNKEPT).result();
        while (client.status(id).get("unkept").get("waiting").asInt() < MOST_UNKEPT) {
            pause();
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
        assertThat(status.get("unkept").get("waiting").asInt()).isEqualTo(MOST_UNKEPT);

        trouble.set(Call::make);
        clock.forward(Duration.ofSeconds(3));
        while (client.status(id).get("unkept").get("waiting").asInt() > 0) {
            pause();
        }
        while (client.status(id).get("unkept").get("failing").asBoolean()) {
            pause(); // What waited was taken, and that is about to be known.
        }
        assertThat(client.post("/api/v1/proctoring/alerts/" + id, report).statusCode())
                .isEqualTo(200);
        assertThat(store.alerts(id, AlertFilter.ALL)).hasSize(1);
    }

    @Test
    void shouldAskAStoreOnceWhateverManyCallersWaitForWhileItHangs() throws InterruptedException {
        String id = client.newSession();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        trouble.set(call -> {
            if (call.is("save") && Thread.currentThread().getName().startsWith("invigil-http")) {
                asked.incrementAndGet();
                begun.countDown();
                held.await();
                throw new StoreException("it did not answer in time", null);
            }
            return call.is("save") ? failingSave(call) : call.make();
        });
        List<Supplier<HttpResponse<String>>> calls = List.of(
                () -> client.post("/api/v1/proctoring/alerts/" + id, "{\"type\":\"paste\",\"message\":\"\"}"),
                () -> client.postEmpty("/api/v1/session/" + id + "/pause"),
                () -> client.postEmpty("/api/v1/session/" + id + "/resume"),
                () -> client.get("/api/v1/proctoring/alerts/" + id));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(CompletableFuture.supplyAsync(calls.get(0)));
        begun.await();
        for (int i = 0; i < 3; i++) {
            answers.add(CompletableFuture.supplyAsync(calls.get(0)));
        }
        Thread.sleep(300); // They come to wait for the first.
        held.countDown();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isEqualTo(202);
        }
        assertThat(calls).extracting(call -> call.get().statusCode()).containsExactly(202, 202, 202, 200);
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldTellOfAnAlertOnlyOnceItIsKeptWhoeverHandsItOver() throws InterruptedException {
        String id = client.newSession();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        trouble.set(call -> {
            if (call.is("save")
                    && !((SessionProgress) call.arguments()[0]).alerts().isEmpty()) {
                begun.countDown();
                held.await();
                kept.set(true);
            }
            return call.make();
        });
        Client.Socket socket = client.dial(id);
        CompletableFuture<Boolean> told = CompletableFuture.supplyAsync(() -> {
            assertThat(socket.frame("open:no_face slow:1500").result().get("alerts"))
                    .hasSize(1);
            return kept.get();
        });
        begun.await(); // The keeper has the alert before the frame that opened it is through.
        while (client.status(id).get("frames").get("analysed").asInt() == 0) {
            pause();
        }
        Thread.sleep(300); // Its result is on its way.
        held.countDown();
        assertThat(told.join()).isTrue();
    }

    private static Object failingSave(Call call) throws Throwable {
        if (call.is("save")) {
            throw new StoreException("it does not answer", null);
        }
        return call.make();
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

    @Test
    void shouldSayThatAPauseHoldsAndIsNotKeptWhenTheStoreDoesNotTakeIt() {
        String id = client.newSession();
        Client.Socket socket = client.dial(id);
        trouble.set(KeepingTest::failingSave);
        assertThat(pause(id, true, 202)).isEqualTo("paused");
        assertThat(pause(id, true, 202)).as("asked again").isEqualTo("paused");
        assertThat(socket.next().get("state").asString()).isEqualTo("paused");
        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.ACTIVE);
        assertThat(pause(id, false, 202)).isEqualTo("active");
        assertThat(socket.next().get("state").asString()).isEqualTo("active");
        assertThat(pause(id, true, 202)).isEqualTo("paused");

        trouble.set(Call::make);
        awaitAudit(5);
        assertThat(store.auditLog())
                .extracting(AuditEntry::action)
                .as("each of them, in order, once the store answers")
                .containsExactly("create", "pause", "pause", "resume", "pause");
        while (client.postEmpty("/api/v1/session/" + id + "/pause").statusCode() == 202) {
            pause(); // The last entry is in the store, and about to be taken off what waits.
        }
        assertThat(pause(id, true, 200)).isEqualTo("paused");
        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.PAUSED);
    }

    private void awaitAudit(int entries) {
        while (store.auditLog().size() < entries) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldNotMakeAHostReportAgainWhatIsNotedAndNotKeptYet() {
        String id = client.newSession();
        trouble.set(KeepingTest::failingSave);
        String path = "/api/v1/proctoring/alerts/{session_id}";
        HttpResponse<String> report =
                client.post(path.replace("{session_id}", id), "{\"type\":\"paste\",\"message\":\"\"}");
        JsonNode answer = answered(report, 202, path, "AlertReportAnswer");
        assertThat(answer.get("status").asString()).isEqualTo("success");
        assertThat(store.alerts(id, AlertFilter.ALL)).isEmpty();

        trouble.set(Call::make);
        clock.forward(Duration.ofSeconds(3));
        while (store.alerts(id, AlertFilter.ALL).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(answer.get("alert").get("alert_id").asString())
                .endsWith(store.alerts(id, AlertFilter.ALL).get(0).alert().id());
    }

    @Test
    void shouldOpenOthersWhileTheStoreTakesLongOverOneSession() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        trouble.set(call -> {
            if (call.is("insert") && begun.getCount() > 0) {
                begun.countDown();
                held.await();
            }
            return call.make();
        });
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(client::newSession);
        begun.await();
        for (int i = 1; i < MOST; i++) {
            client.newSession();
        }
        assertThat(client.post("/api/v1/session/create", BODY).statusCode()).isEqualTo(503);
        held.countDown();
        client.status(slow.join());
        assertThat(client.post("/api/v1/session/create", BODY).statusCode()).isEqualTo(503);
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
        assertThat(client.post("/api/v1/session/create", BODY).statusCode()).isEqualTo(503);
        assertThat(store.liveSessions()).hasSize(1);
        outcome.complete(null);
        while (!store.liveSessions().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldWaitOnceForAStoreThatHangsWhenItStops() {
        for (int i = 0; i < MOST; i++) {
            client.newSession();
        }
        AtomicInteger saves = new AtomicInteger();
        trouble.set(call -> {
            if (call.is("save")) {
                saves.incrementAndGet();
                throw new StoreException("it did not answer in time", null);
            }
            return call.is("isHealthy") ? (Object) false : call.make();
        });
        server.close();
        assertThat(saves).hasValue(1);
        assertThat(engine.statistics().openSessions()).isZero();
    }

    @Test
    void shouldKeepTheOtherSessionsWhenOneFailsAtTheStop() {
        for (int i = 0; i < MOST; i++) {
            client.newSession();
        }
        AtomicInteger saves = new AtomicInteger();
        trouble.set(call -> {
            if (call.is("save") && saves.incrementAndGet() == 2) {
                throw new StoreException("there is no such session", null);
            }
            return call.make();
        });
        server.close();
        assertThat(saves).hasValue(MOST);
    }

    @Test
    void shouldListSessionsWithoutReadingTheirTraces() {
        String id = client.create(BODY).get("session_id").asString();
        client.dial(id).frame("open:no_face").result();
        client.postEmpty("/api/v1/session/" + id + "/end");
        AtomicInteger traces = new AtomicInteger();
        trouble.set(call -> {
            traces.addAndGet(call.is("trace") ? 1 : 0);
            return call.make();
        });
        assertThat(Client.body(client.get("/api/v1/sessions"), 200).get("sessions"))
                .hasSize(1);
        assertThat(traces).hasValue(0);
    }

    private static SessionProgress withoutScore(SessionProgress progress) {
        return new SessionProgress(
                progress.sessionId(),
                progress.state(),
                progress.endNs(),
                progress.lastMediaNs(),
                progress.frames(),
                Optional.empty(),
                progress.snapshot(),
                progress.alerts(),
                progress.events(),
                progress.trace());
    }

    @Test
    void shouldTryToKeepOneCountedScoreAListWhenTheStoreTakesNone() {
        trouble.set(call -> {
            if (call.is("save")) {
                store.save(withoutScore((SessionProgress) call.arguments()[0]));
                return null;
            }
            return call.make();
        });
        for (int i = 0; i < MOST; i++) {
            client.postEmpty("/api/v1/session/" + client.newSession() + "/end");
        }
        AtomicInteger tries = new AtomicInteger();
        trouble.set(call -> {
            if (call.is("saveScore")) {
                tries.incrementAndGet();
                throw new StoreException("it did not answer in time", null);
            }
            return call.make();
        });
        for (int lists = 1; lists <= 2; lists++) {
            assertThat(Client.body(client.get("/api/v1/sessions"), 200).get("sessions"))
                    .hasSize(MOST);
            assertThat(tries).hasValue(lists);
        }

        trouble.set(Call::make);
        client.get("/api/v1/sessions");
        assertThat(store.sessions(Optional.empty(), MOST, Optional.empty()))
                .allMatch(session -> session.score().isPresent());
    }
}
