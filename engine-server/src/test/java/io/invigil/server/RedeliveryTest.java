package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.invigil.server.access.StaticToken;
import io.invigil.server.access.TokenAccess;
import io.invigil.server.store.JdbcStore;
import io.invigil.server.store.StoreMeter;
import io.invigil.server.store.StoreSettings;
import io.invigil.server.webhook.OutboxDeliveries;
import io.invigil.server.webhook.WebhookSender;
import io.invigil.server.webhook.WebhookSettings;
import io.invigil.server.webhook.WireAnnouncer;
import io.invigil.wire.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A host finds the messages it did not take, and has them sent anew. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedeliveryTest {
    private static final String HOST = "host-0123456789abcdef";
    private static final String PROCTOR = "proctor-0123456789abcdef";

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final AtomicInteger answer = new AtomicInteger(503);
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private HttpServer receiver;
    private JdbcStore store;
    private WebhookSender sender;
    private InvigilServer server;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
            received.add(id);
        });
        receiver.start();
        store = JdbcStore.open(
                StoreSettings.at("jdbc:sqlite:" + folder.resolve("invigil.db")), new WireAnnouncer(), StoreMeter.NONE);
        URI address = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
        sender = new WebhookSender(store.outbox(), WebhookSettings.of(address, "secret", 1, Duration.ofSeconds(5)));
        TokenAccess access = new TokenAccess(
                List.of(
                        StaticToken.of("exam", Set.of(Scope.HOST), HOST),
                        StaticToken.of("watch", Set.of(Scope.PROCTOR), PROCTOR)),
                List.of(),
                "a secret of at least thirty-two bytes".getBytes(StandardCharsets.US_ASCII));
        server = InvigilServer.builder(engine, store)
                .access(access)
                .deliveries(new OutboxDeliveries(store.outbox()))
                .port(0)
                .start();
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        sender.close();
        engine.close();
        store.close();
        receiver.stop(0);
    }

    private JsonNode get(String path) {
        return Client.body(client.send(client.to(path).header("Authorization", "Bearer " + HOST)), 200);
    }

    private int post(String path, String token) {
        return client.send(client.to(path)
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.noBody()))
                .statusCode();
    }

    private JsonNode await(String path) throws InterruptedException {
        JsonNode deliveries = get(path).get("deliveries");
        while (deliveries.isEmpty()) {
            Thread.sleep(20);
            deliveries = get(path).get("deliveries");
        }
        return deliveries.get(0);
    }

    @Test
    void shouldSendAMessageAnewThatWasGivenUp() throws InterruptedException {
        String id = Client.body(
                        client.send(Client.json(
                                client.to("/api/v1/session/create").header("Authorization", "Bearer " + HOST),
                                "POST",
                                "{\"candidate_name\":\"a\",\"interview_type\":\"b\"}")),
                        200)
                .get("session_id")
                .asString();
        String webhooks = "/api/v1/session/" + id + "/webhooks";
        JsonNode givenUp = await(webhooks + "?state=given_up");
        assertThat(givenUp.get("topic").asString()).isEqualTo("session.started");
        assertThat(givenUp.get("last_outcome").asString()).isEqualTo("status 503");
        String delivery = givenUp.get("delivery_id").asString();
        assertThat(received.poll(Client.WAIT_S, TimeUnit.SECONDS)).isEqualTo(delivery);

        answer.set(204);
        assertThat(post(webhooks + "/" + delivery + "/redeliver", PROCTOR)).isEqualTo(403);
        assertThat(post(webhooks + "/msg_999/redeliver", HOST)).isEqualTo(404);
        assertThat(post("/api/v1/session/nobody/webhooks/" + delivery + "/redeliver", HOST))
                .isEqualTo(404);
        assertThat(received).isEmpty();
        assertThat(post(webhooks + "/" + delivery + "/redeliver", HOST)).isEqualTo(200);

        assertThat(received.poll(Client.WAIT_S, TimeUnit.SECONDS)).isEqualTo(delivery);
        assertThat(await(webhooks + "?state=delivered").get("delivery_id").asString())
                .isEqualTo(delivery);
        assertThat(get(webhooks + "?state=given_up").get("deliveries")).isEmpty();
        assertThat(get(webhooks).get("deliveries")).hasSize(1);
    }
}
