package io.invigil.server.store;

import io.invigil.server.webhook.Outbox;
import io.invigil.server.webhook.WebhookMessage;
import java.util.List;
import java.util.Optional;

/** The outbox in the store's database. */
final class JdbcOutbox implements Outbox {
    private final Database database;

    JdbcOutbox(Database database) {
        this.database = database;
    }

    @Override
    public List<WebhookMessage> due(long nowMs, int limit) {
        return database.read(connection -> WebhookRows.due(connection, nowMs, limit));
    }

    @Override
    public void delivered(WebhookMessage sent, String outcome) {
        settle(sent, WebhookRows.DELIVERED, 0, outcome);
    }

    @Override
    public void retry(WebhookMessage sent, long dueMs, String outcome) {
        settle(sent, WebhookRows.WAITING, dueMs, outcome);
    }

    @Override
    public void giveUp(WebhookMessage sent, String outcome) {
        settle(sent, WebhookRows.GIVEN_UP, 0, outcome);
    }

    private void settle(WebhookMessage sent, String state, long dueMs, String outcome) {
        database.write(connection -> WebhookRows.settle(connection, sent, state, dueMs, outcome));
    }

    @Override
    public List<Delivery> of(String sessionId, Optional<String> state, int limit) {
        return database.read(connection -> WebhookRows.ofSession(connection, sessionId, state, limit));
    }

    @Override
    public Optional<Delivery> redeliver(String sessionId, long id, long nowMs) {
        return database.write(connection -> WebhookRows.redeliver(connection, sessionId, id, nowMs));
    }

    @Override
    public Counts counts() {
        return database.read(WebhookRows::counts);
    }
}
