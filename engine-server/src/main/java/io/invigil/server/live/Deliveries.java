package io.invigil.server.live;

import io.invigil.wire.DeliveryView;
import java.util.List;
import java.util.Optional;

/** Port: messages to the host about a session. Thread-safe. */
public interface Deliveries {
    /** The host is not told of anything. */
    Deliveries NONE = new Deliveries() {
        @Override
        public List<DeliveryView> of(String sessionId, Optional<String> state, int limit) {
            return List.of();
        }

        @Override
        public Optional<DeliveryView> redeliver(String sessionId, String deliveryId) {
            return Optional.empty();
        }
    };

    /**
     * A session's messages, newest first.
     *
     * @param state those that stand there only
     */
    List<DeliveryView> of(String sessionId, Optional<String> state, int limit);

    /** Sends a message anew; empty when the session has none with this id. */
    Optional<DeliveryView> redeliver(String sessionId, String deliveryId);
}
