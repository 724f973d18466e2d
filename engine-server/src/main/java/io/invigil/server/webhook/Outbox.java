package io.invigil.server.webhook;

import java.util.List;
import java.util.Optional;

/** Port: messages to the host that wait to be sent, and what became of them. Thread-safe. Times are milliseconds since 1970. */
public interface Outbox {
    /** Messages due by now, longest due first. */
    List<WebhookMessage> due(long nowMs, int limit);

    /**
     * The receiver took it. As the two below, this changes nothing where the message is no longer due as it was handed out:
     * what became of it was written before, or {@link #redeliver} asked for it since, and it is sent once more.
     */
    void delivered(WebhookMessage sent, String outcome);

    /** The receiver did not take it; it is due again later. */
    void retry(WebhookMessage sent, long dueMs, String outcome);

    /** It is not tried any more until {@link #redeliver} asks for it. */
    void giveUp(WebhookMessage sent, String outcome);

    /**
     * A session's messages, newest first.
     *
     * @param state those that stand there only
     */
    List<Delivery> of(String sessionId, Optional<String> state, int limit);

    /**
     * Makes one message due anew, delivered or not, or under way just now.
     *
     * @return the message as it stands; empty when the session has none with this number
     */
    Optional<Delivery> redeliver(String sessionId, long id, long nowMs);

    /**
     * A message and what became of it.
     *
     * @param state {@code waiting}, {@code delivered} or {@code given_up}
     * @param lastOutcome what the last attempt ended with; empty before the first
     */
    record Delivery(WebhookMessage message, String state, String lastOutcome) {}

    /** How many messages stand where. */
    Counts counts();

    /**
     * How many messages stand where.
     *
     * @param waiting due now or later
     * @param delivered taken by the receiver
     * @param givenUp not tried any more
     */
    record Counts(long waiting, long delivered, long givenUp) {}
}
