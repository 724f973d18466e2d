package io.invigil.server.webhook;

import io.invigil.server.record.StoreException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the outbox holds, on one thread of its own, a few messages at once. A message is delivered once the receiver
 * answers 2xx; anything else, or no answer in time, is tried again after a growing pause. A receiver may see a message twice:
 * the same {@code webhook-id} then.
 */
public final class WebhookSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int AT_ONCE = 8;
    private static final long LOOK_MS = 500;
    private static final int MOST_DOUBLINGS = 4;

    private final Outbox outbox;
    private final WebhookSettings settings;
    private final WebhookSignature signature;
    private final HttpClient http;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    /** What became of attempts and is not in the outbox yet; of the sending thread alone. */
    private final Deque<Runnable> outcomes = new ArrayDeque<>();

    private volatile boolean closing;

    /** Starts sending. */
    public WebhookSender(Outbox outbox, WebhookSettings settings) {
        this.outbox = outbox;
        this.settings = settings;
        this.signature = new WebhookSignature(settings.secret());
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.thread = new Thread(this::send, "invigil-webhooks");
        thread.setDaemon(true);
        thread.start();
    }

    private void send() {
        int failures = 0;
        while (!closing || failures == 0 && !outcomes.isEmpty()) {
            try {
                writeOutcomes(); // Until then nothing is sent: the outbox would hand out again what was sent already.
                List<WebhookMessage> due = closing ? List.of() : outbox.due(System.currentTimeMillis(), AT_ONCE);
                if (due.isEmpty()) {
                    pause(LOOK_MS);
                } else {
                    attempt(due);
                }
                failures = 0;
            } catch (StoreException failure) {
                LOG.warn("the webhook outbox does not answer: {}", failure.getMessage());
                pause(LOOK_MS << Math.min(failures++, MOST_DOUBLINGS));
            }
        }
    }

    private void writeOutcomes() {
        while (!outcomes.isEmpty()) {
            outcomes.peek().run();
            outcomes.remove();
        }
    }

    private void pause(long ms) {
        lock.lock();
        try {
            if (!closing) {
                woken.await(ms, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stop) {
            closing = true;
        } finally {
            lock.unlock();
        }
    }

    private void attempt(List<WebhookMessage> due) {
        long deadlineNs = System.nanoTime() + settings.timeout().toNanos();
        List<Attempt> attempts = due.stream()
                .map(message -> Attempt.begin(http, request(message), message))
                .toList();
        for (Attempt one : attempts) {
            outcomes.add(settlement(one.message(), one.outcome(deadlineNs)));
        }
    }

    /**
     * One message on its way.
     *
     * @param status of the answer's head; 0 before it came
     */
    private record Attempt(WebhookMessage message, AtomicInteger status, CompletableFuture<HttpResponse<Void>> answer) {
        static Attempt begin(HttpClient http, HttpRequest request, WebhookMessage message) {
            AtomicInteger status = new AtomicInteger();
            return new Attempt(message, status, http.sendAsync(request, head -> {
                status.set(head.statusCode());
                return HttpResponse.BodySubscribers.discarding();
            }));
        }

        /** Waits for the answer's end no longer than this: the request's own timeout ends with the answer's head. */
        String outcome(long deadlineNs) {
            try {
                answer.get(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
                return known();
            } catch (TimeoutException stalled) {
                answer.cancel(true);
                return status.get() == 0 ? HttpTimeoutException.class.getSimpleName() : known();
            } catch (ExecutionException failure) {
                return failure.getCause() instanceof IOException cause
                        ? cause.getClass().getSimpleName()
                        : "failed";
            } catch (InterruptedException stop) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                return "failed";
            }
        }

        private String known() {
            return "status " + status.get();
        }
    }

    private HttpRequest request(WebhookMessage message) {
        long second = System.currentTimeMillis() / 1000;
        return HttpRequest.newBuilder(settings.receiver())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "invigil")
                .header("webhook-id", message.wireId())
                .header("webhook-timestamp", Long.toString(second))
                .header("webhook-signature", signature.sign(message.wireId(), second, message.body()))
                .POST(HttpRequest.BodyPublishers.ofString(message.body()))
                .build();
    }

    /** What an attempt's outcome changes in the outbox; the same however often it is tried. */
    private Runnable settlement(WebhookMessage message, String outcome) {
        int attempts = message.attempts() + 1;
        if (outcome.matches("status 2\\d\\d")) {
            return () -> outbox.delivered(message, outcome);
        }
        if (attempts >= settings.attempts()) {
            LOG.warn("message {} was given up after {} attempts: {}", message.wireId(), attempts, outcome);
            return () -> outbox.giveUp(message, outcome);
        }
        long pauseMs = settings.pauseMs(attempts, ThreadLocalRandom.current().nextDouble());
        long dueMs = System.currentTimeMillis() + pauseMs;
        return () -> outbox.retry(message, dueMs, outcome);
    }

    /** Stops after the messages under way. What is left is sent after the next start. */
    @Override
    public void close() {
        closing = true;
        lock.lock();
        try {
            woken.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(settings.timeout().toMillis() + 1_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
