package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Pause;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.server.live.LiveSettings;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session ends, or is kept, while somebody pauses it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PauseTest {
    private volatile Runnable meanwhile = () -> {};
    private volatile Runnable afterwards = () -> {};

    /** The same with something that happens while a pause is on its way to the session. */
    private <T> T watched(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean pauses = method.getName().equals("report") && arguments[0] instanceof Pause;
                    if (pauses) {
                        meanwhile.run();
                    }
                    try {
                        Object answer = method.invoke(inner, arguments);
                        if (pauses) {
                            afterwards.run();
                        }
                        return method.getName().equals("openSession")
                                ? watched(ProctoringSession.class, (ProctoringSession) answer)
                                : answer;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    @Test
    void shouldStayEndedWhenAPauseComesAtTheSameMoment() {
        MemoryStore store = new MemoryStore();
        try (FakeEngine engine = new FakeEngine();
                InvigilServer server = InvigilServer.builder(watched(ProctoringEngine.class, engine), store)
                        .port(0)
                        .start()) {
            Client client = new Client(server.port());
            String id = client.newSession();
            meanwhile = () -> Client.body(client.postEmpty("/api/v1/session/" + id + "/end"), 200);

            assertThat(client.postEmpty("/api/v1/session/" + id + "/pause").statusCode())
                    .isEqualTo(410);
            assertThat(client.status(id).get("state").asString()).isEqualTo("ended");
            assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.ENDED);
        }
    }

    @Test
    void shouldKeepThatItIsPausedWheneverItsEngineIs() {
        List<SessionProgress> kept = new CopyOnWriteArrayList<>();
        Semaphore saves = new Semaphore(0);
        MemoryStore store = new MemoryStore();
        RecordStore heard = (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("save")) {
                        kept.add((SessionProgress) arguments[0]);
                        saves.release();
                    }
                    return method.invoke(store, arguments);
                });
        try (FakeEngine engine = new FakeEngine();
                InvigilServer server = InvigilServer.builder(watched(ProctoringEngine.class, engine), heard)
                        .port(0)
                        .start()) {
            Client client = new Client(server.port());
            String id = client.newSession();
            List<CompletableFuture<?>> asked = new ArrayList<>();
            afterwards = () -> {
                saves.drainPermits();
                asked.add(CompletableFuture.runAsync(() -> client.get("/api/v1/proctoring/alerts/" + id)));
                await(saves); // A save comes between, if it can.
            };
            client.postEmpty("/api/v1/session/" + id + "/pause");
            client.postEmpty("/api/v1/session/" + id + "/resume");
            asked.forEach(CompletableFuture::join);
        }
        assertThat(kept)
                .extracting(progress -> FakeEngine.isPaused(progress.snapshot().orElseThrow()))
                .contains(true, false);
        assertThat(kept)
                .allSatisfy(progress -> assertThat(
                                FakeEngine.isPaused(progress.snapshot().orElseThrow()))
                        .isEqualTo(progress.state() == SessionRecord.State.PAUSED));
    }

    @Test
    void shouldSayWhatIsMissingWhenNoPictureCameForADay() {
        TestClock clock = new TestClock();
        Duration days = Duration.ofDays(3);
        try (FakeEngine engine = new FakeEngine();
                InvigilServer server = InvigilServer.builder(engine, new MemoryStore())
                        .port(0)
                        .clock(clock)
                        .live(LiveSettings.builder().idle(days).grace(days).build())
                        .start()) {
            Client client = new Client(server.port());
            String id = client.newSession();
            Client.Socket socket = client.dial(id);
            socket.frame("").result();
            clock.forward(Duration.ofHours(25));

            String session = "/api/v1/session/" + id;
            for (HttpResponse<String> answer : List.of(
                    client.postEmpty(session + "/pause"),
                    client.post(session + "/calibration", "{\"x\":0.5,\"y\":0.5}"))) {
                assertThat(Client.body(answer, 409).get("detail").asString())
                        .contains("a picture has to come first", "timestampNs is ", "must be at most ");
            }
            assertThat(client.status(id).get("state").asString()).isEqualTo("active");

            socket.frame("").result();
            Client.body(client.postEmpty(session + "/pause"), 200);
            assertThat(client.status(id).get("state").asString()).isEqualTo("paused");
        }
    }

    private static void await(Semaphore saves) {
        try {
            saves.tryAcquire(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
