package io.invigil.server.store;

import io.invigil.server.webhook.Announcement;
import io.invigil.server.webhook.Outbox;
import io.invigil.server.webhook.WebhookMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages to the host as rows. */
final class WebhookRows {
    static final String WAITING = "waiting";
    static final String DELIVERED = "delivered";
    static final String GIVEN_UP = "given_up";

    private static final String DELIVERY =
            "SELECT id, session_id, topic, body, attempts, due_ms, state, last_outcome FROM webhook";

    private WebhookRows() {}

    static void add(Connection connection, long id, String sessionId, Announcement announcement) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO webhook"
                        + " (id, session_id, topic, body, state, attempts, due_ms, last_outcome) VALUES (?, ?, ?, ?, ?, 0, 0, '')")) {
            new Row(insert)
                    .number(id)
                    .text(sessionId)
                    .text(announcement.topic())
                    .text(announcement.body())
                    .text(WAITING);
            insert.executeUpdate();
        }
    }

    static List<WebhookMessage> due(Connection connection, long nowMs, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, session_id, topic, body, attempts, due_ms"
                        + " FROM webhook WHERE state = ? AND due_ms <= ? ORDER BY due_ms, id LIMIT ?")) {
            new Row(select).text(WAITING).number(nowMs).number(limit);
            try (ResultSet found = select.executeQuery()) {
                List<WebhookMessage> all = new ArrayList<>();
                while (found.next()) {
                    all.add(message(found));
                }
                return all;
            }
        }
    }

    /** Writes what became of an attempt, unless the message is not due any more as it was then. */
    static int settle(Connection connection, WebhookMessage sent, String state, long dueMs, String outcome)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE webhook SET state = ?, attempts = ?, due_ms = ?, last_outcome = ?"
                        + " WHERE id = ? AND state = ? AND due_ms = ?")) {
            new Row(update)
                    .text(state)
                    .number(sent.attempts() + 1)
                    .number(dueMs)
                    .text(outcome)
                    .number(sent.id())
                    .text(WAITING)
                    .number(sent.dueMs());
            return update.executeUpdate();
        }
    }

    static Optional<Outbox.Delivery> redeliver(Connection connection, String sessionId, long id, long nowMs)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE webhook SET state = ?, attempts = 0, due_ms = CASE WHEN due_ms = ? THEN due_ms + 1 ELSE ? END"
                        + " WHERE session_id = ? AND id = ?")) {
            new Row(update)
                    .text(WAITING)
                    .number(nowMs)
                    .number(nowMs)
                    .text(sessionId)
                    .number(id);
            if (update.executeUpdate() == 0) {
                return Optional.empty();
            }
        }
        try (PreparedStatement select = connection.prepareStatement(DELIVERY + " WHERE session_id = ? AND id = ?")) {
            new Row(select).text(sessionId).number(id);
            return deliveries(select).stream().findFirst();
        }
    }

    static List<Outbox.Delivery> ofSession(Connection connection, String sessionId, Optional<String> state, int limit)
            throws SQLException {
        String sql = DELIVERY + " WHERE session_id = ?" + (state.isPresent() ? " AND state = ?" : "")
                + " ORDER BY id DESC LIMIT ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Row row = new Row(select).text(sessionId);
            if (state.isPresent()) {
                row.text(state.get());
            }
            row.number(limit);
            return deliveries(select);
        }
    }

    private static List<Outbox.Delivery> deliveries(PreparedStatement select) throws SQLException {
        try (ResultSet found = select.executeQuery()) {
            List<Outbox.Delivery> all = new ArrayList<>();
            while (found.next()) {
                all.add(new Outbox.Delivery(message(found), found.getString(7), found.getString(8)));
            }
            return all;
        }
    }

    private static WebhookMessage message(ResultSet found) throws SQLException {
        return new WebhookMessage(
                found.getLong(1),
                found.getString(2),
                found.getString(3),
                found.getString(4),
                found.getInt(5),
                found.getLong(6));
    }

    static Outbox.Counts counts(Connection connection) throws SQLException {
        long waiting = 0;
        long delivered = 0;
        long givenUp = 0;
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT state, COUNT(*) FROM webhook GROUP BY state");
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                switch (found.getString(1)) {
                    case WAITING -> waiting = found.getLong(2);
                    case DELIVERED -> delivered = found.getLong(2);
                    default -> givenUp = found.getLong(2);
                }
            }
        }
        return new Outbox.Counts(waiting, delivered, givenUp);
    }
}
