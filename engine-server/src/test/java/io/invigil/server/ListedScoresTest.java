package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.StoreException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a list of sessions reads and keeps when the store has no scores or takes none. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListedScoresTest {
    private final TroubledServer at = new TroubledServer();
    private final MemoryStore store = at.store;
    private final AtomicReference<TroubledServer.Trouble> trouble = at.trouble;
    private final Client client = at.client;

    @AfterEach
    void stop() {
        at.close();
    }

    @Test
    void shouldListSessionsWithoutReadingTheirTraces() {
        String id = client.create(TroubledServer.BODY).get("session_id").asString();
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

    @Test
    void shouldTryToKeepOneCountedScoreAListWhenTheStoreTakesNone() {
        trouble.set(call -> {
            if (call.is("save")) {
                store.save(withoutScore((SessionProgress) call.arguments()[0]));
                return null;
            }
            return call.make();
        });
        for (int i = 0; i < TroubledServer.MOST; i++) {
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
                    .hasSize(TroubledServer.MOST);
            assertThat(tries).hasValue(lists);
        }

        trouble.set(TroubledServer.Call::make);
        client.get("/api/v1/sessions");
        assertThat(store.sessions(Optional.empty(), TroubledServer.MOST, Optional.empty()))
                .allMatch(session -> session.score().isPresent());
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
}
