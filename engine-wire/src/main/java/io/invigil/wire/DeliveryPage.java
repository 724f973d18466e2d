package io.invigil.wire;

import java.util.List;

/**
 * Messages to the host about a session, newest first.
 *
 * @param sessionId the session's id
 * @param deliveries at most as many as asked for
 */
public record DeliveryPage(String sessionId, List<DeliveryView> deliveries) {
    /** Copies the list. */
    public DeliveryPage {
        deliveries = List.copyOf(deliveries);
    }
}
