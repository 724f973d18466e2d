package io.invigil.wire;

import java.util.Objects;

/**
 * A message to the host and what became of it.
 *
 * @param deliveryId the {@code webhook-id} its receiver sees
 * @param topic what it tells of
 * @param state {@code waiting}, {@code delivered} or {@code given_up}
 * @param attempts attempts made so far
 * @param lastOutcome what the last attempt ended with; empty before the first
 * @param nextAttempt when it is tried next; null unless it waits for a later time
 */
public record DeliveryView(
        String deliveryId, String topic, String state, int attempts, String lastOutcome, String nextAttempt) {
    /** Checks that everything is there. */
    public DeliveryView {
        Objects.requireNonNull(deliveryId, "deliveryId");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(lastOutcome, "lastOutcome");
    }
}
