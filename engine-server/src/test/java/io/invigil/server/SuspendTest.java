package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.live.LiveSettings;
import io.invigil.server.live.ServerClock;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.RecordStore;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server stops before a session's last frame, or a report, is through. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SuspendTest {
    private final MemoryStore store = new MemoryStore();
    private final AtomicBoolean stopping = new AtomicBoolean();

    /** The store, which at the stop takes so long that the last frame comes through beside it. */
    private RecordStore slow(FakeEngine engine) {
        return (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("save") && stopping.compareAndSet(true, false)) {
                        engine.letGo();
                        while (engine.statistics().frames().analysed() == 0) {
                            Thread.onSpinWait();
                        }
                        Thread.sleep(300); // Its result is on its way.
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static InvigilServer start(FakeEngine engine, RecordStore store) {
        return start(engine, store, ServerClock.system());
    }

    private static InvigilServer start(FakeEngine engine, RecordStore store, ServerClock clock) {
        return InvigilServer.builder(engine, store)
                .port(0)
                .clock(clock)
                .live(LiveSettings.builder()
                        .endTimeout(Duration.ofMillis(50))
                        .saveInterval(Duration.ofMinutes(10))
                        .build())
                .start();
    }

    @Test
    void shouldTellOfAnAlertAfterTheNextStartWhenOneOfItsNameWasRaisedAfterTheLastSnapshot() {
        String id;
        try (FakeEngine engine = new FakeEngine();
                InvigilServer server = start(engine, slow(engine))) {
            Client client = new Client(server.port());
            id = client.newSession();
            client.dial(id).frame("held open:no_face");
            while (engine.statistics().frames().inFlight() == 0) {
                Thread.onSpinWait();
            }
            stopping.set(true);
        }
        assertThat(stopping).isFalse();

        try (FakeEngine engine = new FakeEngine();
                InvigilServer server = start(engine, store)) {
            Client client = new Client(server.port());
            assertThat(client.dial(id).frame("open:no_face").result().get("alerts"))
                    .hasSize(1);
            assertThat(store.alerts(id, AlertFilter.ALL)).hasSize(1);
        }
    }

    /** The machine's clock, at which a call waits once it knows that its session is live. */
    private record Threshold(AtomicBoolean armed, CountDownLatch come, CountDownLatch gone) implements ServerClock {
        @Override
        public long epochNs() {
            return ServerClock.system().epochNs();
        }

        @Override
        public long monotonicNs() {
            if (Thread.currentThread().getName().startsWith("invigil-http") && armed.compareAndSet(true, false)) {
                come.countDown();
                try {
                    gone.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }
            return System.nanoTime();
        }
    }

    @Test
    void shouldRefuseAReportThatComesAfterTheLastSnapshot() throws InterruptedException {
        Threshold clock = new Threshold(new AtomicBoolean(), new CountDownLatch(1), new CountDownLatch(1));
        RecordStore slow = (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("save") && stopping.compareAndSet(true, false)) {
                        clock.gone().countDown();
                        Thread.sleep(300); // The report comes to the engine, if it may.
                    }
                    return method.invoke(store, arguments);
                });
        CompletableFuture<HttpResponse<String>> answer;
        String id;
        try (FakeEngine engine = new FakeEngine();
                InvigilServer server = start(engine, slow, clock)) {
            Client client = new Client(server.port());
            id = client.newSession();
            clock.armed().set(true);
            answer = CompletableFuture.supplyAsync(
                    () -> client.post("/api/v1/proctoring/alerts/" + id, "{\"type\":\"paste\",\"message\":\"\"}"));
            clock.come().await();
            stopping.set(true);
        }
        assertThat(answer.join().statusCode()).isEqualTo(503);
        assertThat(store.alerts(id, AlertFilter.ALL)).isEmpty();
    }
}
