package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.live.Deliveries;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.wire.DeliveryView;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a caller is told when all he asked for is done and kept, but the store did not take who asked for it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditOutageTest {
    private static final String SESSION = "/api/v1/session/{session_id}";
    private static final String ALERTS = "/api/v1/proctoring/alerts/{session_id}";

    private final FakeEngine engine = new FakeEngine();
    private final MemoryStore store = new MemoryStore();
    private final AtomicBoolean failing = new AtomicBoolean(true);
    private final InvigilServer server = InvigilServer.builder(engine, withoutAudit())
            .port(0)
            .deliveries(new OneDelivery())
            .start();
    private final Client client = new Client(server.port());
    private final String document = client.get("/openapi.json").body();

    private RecordStore withoutAudit() {
        return (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (failing.get() && method.getName().equals("audit")) {
                        throw new StoreException("it does not answer", null);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static final class OneDelivery implements Deliveries {
        @Override
        public List<DeliveryView> of(String sessionId, Optional<String> state, int limit) {
            return List.of();
        }

        @Override
        public Optional<DeliveryView> redeliver(String sessionId, String deliveryId) {
            return Optional.of(new DeliveryView(deliveryId, "session.started", "waiting", 0, "", null));
        }
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    /** The body of a call's answer, which must be 202 and as the document says. */
    private JsonNode done(String method, String template, String id, String json) {
        String path = template.replace("{session_id}", id)
                .replace("{alert_id}", id + ".no_face-1")
                .replace("{delivery_id}", "msg_1");
        HttpResponse<String> answer = json.isEmpty()
                ? client.send(client.to(path).method(method, BodyPublishers.noBody()))
                : client.send(Client.json(client.to(path), method, json));
        JsonNode body = Client.body(answer, 202);
        String schema = Client.json(document)
                .at("/paths/" + template.replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT)
                        + "/responses/202/content/application~1json/schema/$ref")
                .asString();
        WireSchemas.ofOpenApi(document).check(schema.substring(schema.lastIndexOf('/') + 1), body);
        return body;
    }

    @Test
    void shouldDoWhatIsAskedForAndNoteItLaterWhenTheAuditLogTakesNothing() {
        JsonNode created =
                done("POST", "/api/v1/session/create", "", "{\"candidate_name\":\"a\",\"interview_type\":\"b\"}");
        String id = created.get("session_id").asString();
        client.dial(id).frame("open:no_face").result();
        done("POST", SESSION + "/calibration", id, "{\"x\":0.5,\"y\":0.5}");
        done("POST", ALERTS, id, "{\"type\":\"paste\",\"message\":\"\"}");
        done("PATCH", ALERTS + "/{alert_id}", id, "{\"review_state\":\"reviewed\",\"note\":\"seen\"}");
        done("POST", SESSION + "/webhooks/{delivery_id}/redeliver", id, "");
        done("POST", SESSION + "/pause", id, "");
        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.PAUSED);
        done("POST", SESSION + "/resume", id, "");
        // The client that ends a session goes on streaming unless it is told that all is well.
        Client.body(client.postEmpty("/api/v1/session/" + id + "/end"), 200);

        assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.ENDED);
        assertThat(store.alert(id, "no_face-1").orElseThrow().review().note()).isEqualTo("seen");
        assertThat(store.auditLog()).isEmpty();

        failing.set(false);
        while (store.auditLog().size() < 8) {
            Thread.onSpinWait();
        }
        assertThat(store.auditLog())
                .extracting(AuditEntry::action)
                .containsExactly("create", "calibrate", "report", "review", "redeliver", "pause", "resume", "end");
        assertThat(store.auditLog()).extracting(AuditEntry::sessionId).containsOnly(id);
        assertThat(store.auditLog())
                .extracting(AuditEntry::who)
                .containsOnly(store.session(id).orElseThrow().owner());
    }
}
