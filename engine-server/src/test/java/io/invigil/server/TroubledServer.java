package io.invigil.server;

import io.invigil.server.live.LiveSettings;
import io.invigil.server.live.LossMeter;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A server whose store can be made to fail, to hang or to be watched. */
final class TroubledServer implements AutoCloseable {
    static final String BODY =
            "{\"candidate_name\":\"a\",\"interview_type\":\"b\",\"keep_evidence\":true,\"duration_minutes\":60}";
    static final int MOST = 5;
    static final int MOST_UNKEPT = 100;
    static final String PICTURE = "open:no_face";
    static final int ROOM = 3;

    final FakeEngine engine = new FakeEngine();
    final MemoryStore store = new MemoryStore();
    final AtomicReference<Trouble> trouble = new AtomicReference<>(Call::make);
    final TestClock clock = new TestClock();
    final Map<LossMeter.What, Integer> lost = new ConcurrentHashMap<>();
    final InvigilServer server = InvigilServer.builder(engine, troubled())
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
    final Client client = new Client(server.port());

    /** A quick machine would come to the limit of calls, or to the session's end, before the server's keeper takes its turn. */
    static void pause() {
        LockSupport.parkNanos(20_000_000);
    }

    /** Stands between the server and its store. */
    interface Trouble {
        Object on(Call call) throws Throwable;
    }

    record Call(RecordStore store, Method method, Object[] arguments) {
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

    static Object failingSave(Call call) throws Throwable {
        if (call.is("save")) {
            throw new StoreException("it does not answer", null);
        }
        return call.make();
    }

    @Override
    public void close() {
        trouble.set(Call::make);
        server.close();
        engine.close();
    }
}
