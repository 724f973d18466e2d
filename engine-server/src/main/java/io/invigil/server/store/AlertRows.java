package io.invigil.server.store;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Evidence;
import io.invigil.api.Severity;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.UnreadableException;
import io.invigil.wire.ReviewView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Alerts, their reviews and their evidence as rows. */
final class AlertRows {
    private static final String SELECT = "SELECT a.*, EXISTS (SELECT 1 FROM evidence e"
            + " WHERE e.session_id = a.session_id AND e.alert_id = a.alert_id) AS has_evidence FROM alert a";

    private AlertRows() {}

    /** Keeps an alert as it stands; of one kept before, sequence, opening and review stay. */
    static void upsert(Connection connection, AlertRecord kept, long changeNo) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO alert (session_id, alert_id, sequence,"
                + " kind, phase, severity, start_ns, end_ns, message, confidence, evidence_frame, evidence_ns, details,"
                + " opened_ns, changed_ns, review_state, review_note, review_by, review_at, change_no)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (session_id, alert_id) DO UPDATE SET kind = excluded.kind, phase = excluded.phase,"
                + " severity = excluded.severity, start_ns = excluded.start_ns, end_ns = excluded.end_ns,"
                + " message = excluded.message, confidence = excluded.confidence,"
                + " evidence_frame = excluded.evidence_frame, evidence_ns = excluded.evidence_ns,"
                + " details = excluded.details, changed_ns = excluded.changed_ns, change_no = excluded.change_no")) {
            Alert alert = kept.alert();
            new Row(upsert)
                    .text(kept.sessionId())
                    .text(alert.id())
                    .number(kept.sequence())
                    .text(alert.type().wireName())
                    .text(alert.phase().name().toLowerCase(Locale.ROOT))
                    .text(alert.severity().wireName())
                    .number(alert.startNs())
                    .number(alert.endNs())
                    .text(alert.message())
                    .real(alert.confidence())
                    .number(alert.evidence().frameIndex())
                    .number(alert.evidence().timestampNs())
                    .text(RecordJson.write(alert.details()))
                    .number(kept.openedNs())
                    .number(kept.changedNs())
                    .text(kept.review().state())
                    .text(kept.review().note())
                    .text(kept.review().by())
                    .text(kept.review().at())
                    .number(changeNo);
            upsert.executeUpdate();
        }
    }

    static void review(Connection connection, String sessionId, String alertId, ReviewView review, long changeNo)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE alert SET review_state = ?,"
                        + " review_note = ?, review_by = ?, review_at = ?, change_no = ? WHERE session_id = ? AND alert_id = ?")) {
            new Row(update)
                    .text(review.state())
                    .text(review.note())
                    .text(review.by())
                    .text(review.at())
                    .number(changeNo)
                    .text(sessionId)
                    .text(alertId);
            update.executeUpdate();
        }
    }

    static Optional<AlertRecord> byId(Connection connection, String sessionId, String alertId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + " WHERE a.session_id = ? AND a.alert_id = ?")) {
            new Row(select).text(sessionId).text(alertId);
            return list(select).stream().findFirst();
        }
    }

    static List<AlertRecord> ofSession(Connection connection, String sessionId, AlertFilter filter)
            throws SQLException {
        String sql = SELECT + " WHERE a.session_id = ? AND a.sequence < ? AND a.changed_ns >= ?"
                + (filter.kind().isPresent() ? " AND a.kind = ?" : "")
                + (filter.severity().isPresent() ? " AND a.severity = ?" : "")
                + " ORDER BY a.sequence DESC LIMIT ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Row row = new Row(select)
                    .text(sessionId)
                    .number(filter.beforeSequence())
                    .number(filter.changedSinceNs());
            if (filter.kind().isPresent()) {
                row.text(filter.kind().get().wireName());
            }
            if (filter.severity().isPresent()) {
                row.text(filter.severity().get().wireName());
            }
            row.number(filter.limit());
            List<AlertRecord> newestFirst = list(select);
            Collections.reverse(newestFirst);
            return newestFirst;
        }
    }

    /** The phase in which an alert is kept. */
    static Optional<AlertPhase> phase(Connection connection, String sessionId, String alertId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT phase FROM alert WHERE session_id = ? AND alert_id = ?")) {
            new Row(select).text(sessionId).text(alertId);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(phase(found.getString(1))) : Optional.empty();
            }
        }
    }

    private static AlertPhase phase(String kept) {
        return known(AlertPhase.class, "phase", kept);
    }

    private static <E extends Enum<E>> E known(Class<E> type, String what, String kept) {
        try {
            return Enum.valueOf(type, kept.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw unreadable(what, kept);
        }
    }

    private static UnreadableException unreadable(String what, String kept) {
        return new UnreadableException(
                "the store holds an alert of " + what + ' ' + kept + ", which this program does not know");
    }

    private static List<AlertRecord> list(PreparedStatement select) throws SQLException {
        try (ResultSet found = select.executeQuery()) {
            List<AlertRecord> all = new ArrayList<>();
            while (found.next()) {
                all.add(read(found));
            }
            return all;
        }
    }

    private static AlertRecord read(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        Alert alert = new Alert(
                row.getString("alert_id"),
                AlertType.ofWireName(kind).orElseThrow(() -> unreadable("kind", kind)),
                phase(row.getString("phase")),
                known(Severity.class, "severity", row.getString("severity")),
                row.getLong("start_ns"),
                row.getLong("end_ns"),
                row.getString("message"),
                row.getDouble("confidence"),
                new Evidence(row.getLong("evidence_frame"), row.getLong("evidence_ns")),
                RecordJson.facts(row.getString("details")));
        return new AlertRecord(
                row.getString("session_id"),
                row.getLong("sequence"),
                alert,
                row.getLong("opened_ns"),
                row.getLong("changed_ns"),
                row.getBoolean("has_evidence"),
                new ReviewView(
                        row.getString("review_state"),
                        row.getString("review_note"),
                        row.getString("review_by"),
                        row.getString("review_at")));
    }

    static void saveEvidence(Connection connection, String sessionId, String alertId, byte[] jpeg) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO evidence (session_id, alert_id, jpeg) VALUES (?, ?, ?)"
                        + " ON CONFLICT (session_id, alert_id) DO UPDATE SET jpeg = excluded.jpeg")) {
            new Row(upsert).text(sessionId).text(alertId).bytes(jpeg);
            upsert.executeUpdate();
        }
    }

    static Optional<byte[]> evidence(Connection connection, String sessionId, String alertId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT jpeg FROM evidence WHERE session_id = ? AND alert_id = ?")) {
            new Row(select).text(sessionId).text(alertId);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
            }
        }
    }
}
