package io.invigil.server.store;

import io.invigil.api.SessionEvent;
import io.invigil.report.log.TracePoint;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.TraceSpan;
import io.invigil.wire.WireTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is only ever added to: events, traces and the audit log. */
final class LogRows {
    private LogRows() {}

    static void addEvent(Connection connection, long id, String sessionId, SessionEvent event) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO event (id, session_id, kind, start_ns, end_ns, message) VALUES (?, ?, ?, ?, ?, ?)")) {
            new Row(insert)
                    .number(id)
                    .text(sessionId)
                    .text(event.kind().wireName())
                    .number(event.startNs())
                    .number(event.endNs())
                    .text(event.message());
            insert.executeUpdate();
        }
    }

    static List<SessionEvent> events(Connection connection, String sessionId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT kind, start_ns, end_ns, message FROM event WHERE session_id = ? ORDER BY id")) {
            new Row(select).text(sessionId);
            try (ResultSet found = select.executeQuery()) {
                List<SessionEvent> all = new ArrayList<>();
                while (found.next()) {
                    all.add(new SessionEvent(
                            SessionEvent.Kind.valueOf(found.getString(1).toUpperCase(Locale.ROOT)),
                            found.getLong(2),
                            found.getLong(3),
                            found.getString(4)));
                }
                return all;
            }
        }
    }

    static void addTrace(Connection connection, long id, String sessionId, List<TracePoint> points)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO trace (id, session_id, first_ns, points) VALUES (?, ?, ?, ?)")) {
            new Row(insert)
                    .number(id)
                    .text(sessionId)
                    .number(points.get(0).timestampNs())
                    .text(TraceText.write(points));
            insert.executeUpdate();
        }
    }

    static List<TracePoint> trace(Connection connection, String sessionId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT points FROM trace WHERE session_id = ? ORDER BY first_ns, id")) {
            new Row(select).text(sessionId);
            try (ResultSet found = select.executeQuery()) {
                List<TracePoint> all = new ArrayList<>();
                while (found.next()) {
                    all.addAll(TraceText.read(found.getString(1)));
                }
                return all;
            }
        }
    }

    /** Reads the last row's points alone: the first row's time stands beside its points. */
    static Optional<TraceSpan> traceSpan(Connection connection, String sessionId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT points,"
                + " (SELECT MIN(first_ns) FROM trace WHERE session_id = ?) AS begun_ns"
                + " FROM trace WHERE session_id = ? ORDER BY first_ns DESC, id DESC LIMIT 1")) {
            new Row(select).text(sessionId).text(sessionId);
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    return Optional.empty();
                }
                List<TracePoint> last = TraceText.read(found.getString(1));
                return Optional.of(new TraceSpan(
                        found.getLong(2), last.get(last.size() - 1).timestampNs()));
            }
        }
    }

    static void addAudit(Connection connection, long id, AuditEntry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO audit (id, at_ns, who, action, session_id, subject) VALUES (?, ?, ?, ?, ?, ?)")) {
            new Row(insert)
                    .number(id)
                    .number(WireTime.epochNs(entry.at()))
                    .text(entry.who())
                    .text(entry.action())
                    .text(entry.sessionId())
                    .text(entry.subject());
            insert.executeUpdate();
        }
    }

    static List<AuditEntry> audit(Connection connection, String sessionId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT at_ns, who, action, session_id, subject FROM audit WHERE session_id = ? ORDER BY id")) {
            new Row(select).text(sessionId);
            try (ResultSet found = select.executeQuery()) {
                List<AuditEntry> all = new ArrayList<>();
                while (found.next()) {
                    all.add(new AuditEntry(
                            WireTime.instant(found.getLong(1)),
                            found.getString(2),
                            found.getString(3),
                            found.getString(4),
                            found.getString(5)));
                }
                return all;
            }
        }
    }

    /** The highest number any row carries; 0 in an empty store. */
    static long highestNumber(Connection connection) throws SQLException {
        long highest = 0;
        for (String place : List.of(
                "change_no FROM session",
                "change_no FROM alert",
                "id FROM event",
                "id FROM trace",
                "id FROM audit",
                "id FROM webhook")) {
            String[] parts = place.split(" ", 2);
            try (PreparedStatement select = connection.prepareStatement("SELECT MAX(" + parts[0] + ") " + parts[1]);
                    ResultSet found = select.executeQuery()) {
                if (found.next()) {
                    highest = Math.max(highest, found.getLong(1));
                }
            }
        }
        return highest;
    }
}
