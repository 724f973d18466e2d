package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.AlertPhase;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a session, of those who ask and of a stop while the store does not answer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingStoreTest {
    private final TroubledServer at = new TroubledServer();
    private final FakeEngine engine = at.engine;
    private final MemoryStore store = at.store;
    private final AtomicReference<TroubledServer.Trouble> trouble = at.trouble;
    private final TestClock clock = at.clock;
    private final InvigilServer server = at.server;
    private final Client client = at.client;

    @AfterEach
    void stop() {
        at.close();
    }

    @Test
    void shouldNotForgetAnEndWhileTheStoreIsStillAtItAndThenRefusesIt() throws InterruptedException {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
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

        trouble.set(TroubledServer.Call::make);
        clock.forward(Duration.ofSeconds(3));
        while (store.session(id).orElseThrow().state() != SessionRecord.State.ENDED) {
            Thread.onSpinWait();
        }
        assertThat(store.alerts(id, AlertFilter.ALL).get(0).alert().phase()).isEqualTo(AlertPhase.CLOSED);
    }

    @Test
    void shouldNotAskTheStoreOnceMoreForTheAuditLogWhenItDidNotTakeAnEnd() {
        String id = client.newSession();
        AtomicInteger asked = new AtomicInteger();
        trouble.set(call -> {
            if (call.is("audit") && Thread.currentThread().getName().startsWith("invigil-http")) {
                asked.incrementAndGet();
            }
            return TroubledServer.failingSave(call);
        });
        Client.body(client.postEmpty("/api/v1/session/" + id + "/end"), 200);
        Client.body(client.postEmpty("/api/v1/session/" + id + "/end"), 200); // The client asks twice.
        assertThat(asked).hasValue(0);

        trouble.set(TroubledServer.Call::make);
        while (store.auditLog().stream().noneMatch(entry -> entry.action().equals("end"))) {
            Thread.onSpinWait();
        }
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
            return call.is("save") ? TroubledServer.failingSave(call) : call.make();
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
            TroubledServer.pause();
        }
        Thread.sleep(300); // Its result is on its way.
        held.countDown();
        assertThat(told.join()).isTrue();
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
        for (int i = 1; i < TroubledServer.MOST; i++) {
            client.newSession();
        }
        assertThat(client.post("/api/v1/session/create", TroubledServer.BODY).statusCode())
                .isEqualTo(503);
        held.countDown();
        client.status(slow.join());
        assertThat(client.post("/api/v1/session/create", TroubledServer.BODY).statusCode())
                .isEqualTo(503);
    }

    @Test
    void shouldWaitOnceForAStoreThatHangsWhenItStops() {
        for (int i = 0; i < TroubledServer.MOST; i++) {
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
        for (int i = 0; i < TroubledServer.MOST; i++) {
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
        assertThat(saves).hasValue(TroubledServer.MOST);
    }
}
