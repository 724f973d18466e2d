package io.invigil.server.webhook;

import io.invigil.server.live.Deliveries;
import io.invigil.wire.DeliveryView;
import io.invigil.wire.WireTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The outbox as a host sees it over REST. */
public final class OutboxDeliveries implements Deliveries {
    private static final Pattern ID = Pattern.compile("msg_(\\d{1,18})");

    private final Outbox outbox;

    /** The deliveries of an outbox. */
    public OutboxDeliveries(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public List<DeliveryView> of(String sessionId, Optional<String> state, int limit) {
        return outbox.of(sessionId, state, limit).stream()
                .map(OutboxDeliveries::view)
                .toList();
    }

    @Override
    public Optional<DeliveryView> redeliver(String sessionId, String deliveryId) {
        Matcher id = ID.matcher(deliveryId);
        return id.matches()
                ? outbox.redeliver(sessionId, Long.parseLong(id.group(1)), System.currentTimeMillis())
                        .map(OutboxDeliveries::view)
                : Optional.empty();
    }

    private static DeliveryView view(Outbox.Delivery delivery) {
        boolean later = delivery.state().equals("waiting") && delivery.message().dueMs() > 0;
        return new DeliveryView(
                delivery.message().wireId(),
                delivery.message().topic(),
                delivery.state(),
                delivery.message().attempts(),
                delivery.lastOutcome(),
                later ? WireTime.iso(Instant.ofEpochMilli(delivery.message().dueMs())) : null);
    }
}
