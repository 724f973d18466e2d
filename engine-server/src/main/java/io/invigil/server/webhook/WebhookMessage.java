package io.invigil.server.webhook;

import java.util.Objects;

/**
 * A message in the outbox.
 *
 * @param id its number, the same at every attempt: a receiver that saw it before may leave it
 * @param sessionId the session it is about
 * @param topic what it tells of
 * @param body the call's body, JSON
 * @param attempts attempts made so far
 * @param dueMs since when it is due, or from when on, in milliseconds since 1970; another value each time it becomes due anew
 */
public record WebhookMessage(long id, String sessionId, String topic, String body, int attempts, long dueMs) {
    /** Checks that everything is there. */
    public WebhookMessage {
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(body, "body");
    }

    /** The id a receiver sees. */
    public String wireId() {
        return "msg_" + id;
    }
}
