package io.invigil.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.invigil.server.record.StoreException;
import io.invigil.server.store.StoreFixture;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages reach a real receiver that often fails. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebhookSenderTest {
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private record Call(String id, String timestamp, String signature, String body, int answer) {}

    @TempDir
    Path folder;

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads); // One that stalls must not hold up the others.
        receiver.createContext("/hook", this::answer);
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : 204;
        var headers = exchange.getRequestHeaders();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
        calls.add(new Call(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body,
                status));
    }

    private WebhookSettings settings(int attempts) {
        URI address = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
        return new WebhookSettings(
                address, SECRET, attempts, Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(100));
    }

    /** As {@link #answer} once it was asked, but at first a head with this status, one byte of its body and then silence. */
    private void stall(HttpExchange exchange, int status, AtomicBoolean stalled, CountDownLatch over)
            throws IOException {
        if (!stalled.compareAndSet(false, true)) {
            answer(exchange);
            return;
        }
        exchange.sendResponseHeaders(status, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @ParameterizedTest
    @CsvSource({"503, 4", "200, 3"})
    @SuppressWarnings("try")
    void shouldGoOnSendingWhenTheReceiverStallsInsideAnAnswer(int status, int answered) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean stalled = new AtomicBoolean();
        receiver.createContext("/stall", exchange -> stall(exchange, status, stalled, over));
        URI address = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/stall");
        WebhookSettings impatient = new WebhookSettings(
                address, SECRET, 50, Duration.ofMillis(500), Duration.ofMillis(20), Duration.ofMillis(100));
        try (StoreFixture fixture = StoreFixture.sqlite(folder, new WireAnnouncer())) {
            fixture.writeSession("s1", 1);
            try (WebhookSender sender = new WebhookSender(fixture.outbox(), impatient)) {
                awaitCounts(fixture.outbox(), new Outbox.Counts(0, 4, 0));
                // By its status the stalled answer is a receipt or a refusal, which is tried again.
                assertThat(take(answered).stream().map(Call::id)).doesNotHaveDuplicates();
            }
        } finally {
            over.countDown();
        }
        assertThat(calls).isEmpty();
    }

    private List<Call> take(int count) throws InterruptedException {
        List<Call> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(calls.take());
        }
        return taken;
    }

    private static void awaitCounts(Outbox outbox, Outbox.Counts expected) throws InterruptedException {
        while (!outbox.counts().equals(expected)) {
            Thread.sleep(20);
        }
    }

    @Test
    @SuppressWarnings("try")
    void shouldDeliverEveryMessageSignedWhenTheReceiverOftenFails() throws InterruptedException {
        failuresLeft.set(7);
        try (StoreFixture fixture = StoreFixture.sqlite(folder, new WireAnnouncer())) {
            fixture.writeSession("s1", 2);
            try (WebhookSender sender = new WebhookSender(fixture.outbox(), settings(50))) {
                awaitCounts(fixture.outbox(), new Outbox.Counts(0, 6, 0));
            }
        }
        List<Call> all = take(6 + 7);
        WebhookSignature signature = new WebhookSignature(SECRET);
        assertThat(all)
                .allSatisfy(call -> assertThat(signature.isRight(
                                call.signature(), call.id(), Long.parseLong(call.timestamp()), call.body()))
                        .isTrue());
        assertThat(all.stream().filter(call -> call.answer() == 204).map(Call::id))
                .doesNotHaveDuplicates()
                .hasSize(6);
        assertThat(all.stream().map(WebhookSenderTest::topic).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("session.started", "alert.opened", "alert.closed", "session.ended");
        assertThat(all).allSatisfy(call -> assertThat(call.body()).doesNotContain("O'Neil"));
    }

    private static String topic(Call call) {
        return call.body().replaceFirst(".*?\"type\":\"([a-z.]+)\".*", "$1");
    }

    @Test
    @SuppressWarnings("try")
    void shouldGiveUpAfterTheLastAttemptAndDeliverWhenAsked() throws InterruptedException {
        failuresLeft.set(Integer.MAX_VALUE);
        try (StoreFixture fixture = StoreFixture.sqlite(folder, new WireAnnouncer())) {
            fixture.writeSession("s1", 1);
            try (WebhookSender sender = new WebhookSender(fixture.outbox(), settings(3))) {
                awaitCounts(fixture.outbox(), new Outbox.Counts(0, 0, 4));
                assertThat(take(12).stream().map(Call::id).distinct()).hasSize(4);
                failuresLeft.set(0);

                redeliver(fixture.outbox(), "given_up");
                awaitCounts(fixture.outbox(), new Outbox.Counts(0, 4, 0));
                redeliver(fixture.outbox(), "delivered");
                assertThat(take(8)).allSatisfy(call -> assertThat(call.answer()).isEqualTo(204));
            }
        }
    }

    private static void redeliver(Outbox outbox, String state) {
        List<Outbox.Delivery> all = outbox.of("s1", Optional.of(state), 100);
        assertThat(all).hasSize(4);
        all.forEach(one -> outbox.redeliver("s1", one.message().id(), System.currentTimeMillis()));
    }

    @Test
    @SuppressWarnings("try")
    void shouldSendAfterARestartWhatWasNotSentBefore() throws InterruptedException {
        try (StoreFixture fixture = StoreFixture.sqlite(folder, new WireAnnouncer())) {
            fixture.writeSession("s1", 1);
        }
        try (StoreFixture fixture = StoreFixture.sqlite(folder, new WireAnnouncer())) {
            try (WebhookSender sender = new WebhookSender(fixture.outbox(), settings(3))) {
                awaitCounts(fixture.outbox(), new Outbox.Counts(0, 4, 0));
            }
        }
        assertThat(calls).hasSize(4);
    }

    /** The outbox while what changes it fails as long as {@code failing} says. */
    private static Outbox reading(Outbox outbox, AtomicBoolean failing, AtomicInteger failures) {
        return (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, method, arguments) -> {
                    if (failing.get() && method.getReturnType() == void.class) {
                        failures.incrementAndGet();
                        throw new StoreException("the disk is full", null);
                    }
                    return method.invoke(outbox, arguments);
                });
    }

    @Test
    @SuppressWarnings("try")
    void shouldSendNothingAnewWhileTheStoreDoesNotTakeWhatBecameOfIt() throws InterruptedException {
        AtomicBoolean failing = new AtomicBoolean(true);
        AtomicInteger failures = new AtomicInteger();
        try (StoreFixture fixture = StoreFixture.sqlite(folder, new WireAnnouncer())) {
            fixture.writeSession("s1", 1);
            Outbox outbox = reading(fixture.outbox(), failing, failures);
            try (WebhookSender sender = new WebhookSender(outbox, settings(3))) {
                while (failures.get() < 3) {
                    Thread.sleep(20);
                }
                failing.set(false);
                awaitCounts(fixture.outbox(), new Outbox.Counts(0, 4, 0));
            }
        }
        assertThat(calls.stream().map(Call::id)).hasSize(4).doesNotHaveDuplicates();
    }

    /** When the host asks for a message anew, as seen from the writing of what became of it. */
    private enum Asked {
        BEFORE_THE_OUTCOME_IS_WRITTEN,
        AFTER_IT_WAS_WRITTEN_AND_BEFORE_IT_IS_WRITTEN_AGAIN
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("try")
    void shouldSendOnceMoreWhatTheHostAskedForWhileItWasUnderWay(Asked asked) throws InterruptedException {
        try (StoreFixture fixture = StoreFixture.sqlite(folder, new WireAnnouncer())) {
            fixture.writeSession("s1", 1);
            Outbox real = fixture.outbox();
            AtomicReference<String> askedFor = new AtomicReference<>();
            Outbox outbox = (Outbox) Proxy.newProxyInstance(
                    Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, method, arguments) -> {
                        if (method.getReturnType() != void.class || askedFor.get() != null) {
                            return method.invoke(real, arguments);
                        }
                        boolean lost = asked == Asked.AFTER_IT_WAS_WRITTEN_AND_BEFORE_IT_IS_WRITTEN_AGAIN;
                        if (lost) {
                            method.invoke(real, arguments);
                        }
                        WebhookMessage sent = (WebhookMessage) arguments[0];
                        askedFor.set(sent.wireId());
                        assertThat(real.redeliver("s1", sent.id(), System.currentTimeMillis()))
                                .isPresent();
                        if (lost) {
                            throw new StoreException("the connection broke before the answer came", null);
                        }
                        return method.invoke(real, arguments);
                    });
            try (WebhookSender sender = new WebhookSender(outbox, settings(3))) {
                List<String> ids = take(5).stream().map(Call::id).toList();
                assertThat(ids.subList(0, 4)).doesNotHaveDuplicates();
                assertThat(ids.get(4)).isEqualTo(askedFor.get());
                awaitCounts(real, new Outbox.Counts(0, 4, 0));
            }
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void shouldPauseLongerWithEachFailureUpToTheLongest() {
        WebhookSettings settings =
                WebhookSettings.of(URI.create("http://localhost/"), SECRET, 12, Duration.ofSeconds(1));
        assertThat(settings.pauseMs(1, 0)).isEqualTo(500);
        assertThat(settings.pauseMs(1, 1)).isEqualTo(1_000);
        assertThat(settings.pauseMs(4, 1)).isEqualTo(8_000);
        assertThat(settings.pauseMs(100, 1)).isEqualTo(3_600_000);
    }

    /** The example of the Standard Webhooks specification. */
    @Test
    void shouldSignAsTheSpecificationsExample() {
        assertThat(new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
