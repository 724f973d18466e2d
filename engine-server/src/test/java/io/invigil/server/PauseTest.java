package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Pause;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.SessionRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session ends while somebody pauses it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PauseTest {
    private volatile Runnable meanwhile = () -> {};

    /** The same with something that happens while a pause is on its way to the session. */
    private <T> T watched(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("report") && arguments[0] instanceof Pause) {
                        meanwhile.run();
                    }
                    try {
                        Object answer = method.invoke(inner, arguments);
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
}
