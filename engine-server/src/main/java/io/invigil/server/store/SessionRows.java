package io.invigil.server.store;

import io.invigil.api.FrameCounts;
import io.invigil.api.SessionScore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Sessions and their snapshots as rows. */
final class SessionRows {
    private static final String COLUMNS = "id, candidate_name, interview_type, duration_minutes, policy_document,"
            + " accommodations, keep_evidence, metadata, owner, start_ns, state, end_ns, last_media_ns, frames_offered,"
            + " frames_analysed, frames_sampled_out, frames_superseded, frames_rejected, frames_failed,"
            + " frames_in_flight, score";

    private SessionRows() {}

    /** Answers whether there was none with this id. */
    static boolean insert(Connection connection, SessionRecord session, long changeNo) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO session (" + COLUMNS
                + ", change_no) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (id) DO NOTHING")) {
            Row row = new Row(insert)
                    .text(session.id())
                    .text(session.candidateName())
                    .text(session.interviewType())
                    .number(session.durationMinutes())
                    .text(session.policyDocument())
                    .text(RecordJson.write(session.accommodations()))
                    .number(session.keepEvidence() ? 1 : 0)
                    .text(RecordJson.write(session.metadata()))
                    .text(session.owner())
                    .number(session.startNs())
                    .text(session.state().wireName())
                    .number(session.endNs())
                    .number(session.lastMediaNs());
            counts(row, session.frames())
                    .text(session.score().map(ScoreText::write).orElse(null))
                    .number(changeNo);
            return insert.executeUpdate() == 1;
        }
    }

    private static Row counts(Row row, FrameCounts frames) throws SQLException {
        return row.number(frames.offered())
                .number(frames.analysed())
                .number(frames.sampledOut())
                .number(frames.superseded())
                .number(frames.rejected())
                .number(frames.failed())
                .number(frames.inFlight());
    }

    /** Answers whether there is such a session. */
    static boolean update(Connection connection, SessionProgress progress, long changeNo) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE session SET state = ?, end_ns = ?,"
                + " last_media_ns = ?, frames_offered = ?, frames_analysed = ?, frames_sampled_out = ?,"
                + " frames_superseded = ?, frames_rejected = ?, frames_failed = ?, frames_in_flight = ?, score = ?, change_no = ?"
                + " WHERE id = ?")) {
            Row row = new Row(update)
                    .text(progress.state().wireName())
                    .number(progress.endNs())
                    .number(progress.lastMediaNs());
            counts(row, progress.frames())
                    .text(progress.score().map(ScoreText::write).orElse(null))
                    .number(changeNo)
                    .text(progress.sessionId());
            return update.executeUpdate() == 1;
        }
    }

    static void saveScore(Connection connection, String sessionId, SessionScore score, long changeNo)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE session SET score = ?, change_no = ? WHERE id = ?")) {
            new Row(update).text(ScoreText.write(score)).number(changeNo).text(sessionId);
            update.executeUpdate();
        }
    }

    static void saveSnapshot(Connection connection, String sessionId, byte[] snapshot) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO session_snapshot (session_id, state) VALUES (?, ?)"
                        + " ON CONFLICT (session_id) DO UPDATE SET state = excluded.state")) {
            new Row(upsert).text(sessionId).bytes(snapshot);
            upsert.executeUpdate();
        }
    }

    static Optional<byte[]> snapshot(Connection connection, String sessionId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT state FROM session_snapshot WHERE session_id = ?")) {
            new Row(select).text(sessionId);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
            }
        }
    }

    static Optional<SessionRecord> byId(Connection connection, String sessionId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM session WHERE id = ?")) {
            new Row(select).text(sessionId);
            return list(select).stream().findFirst();
        }
    }

    static List<SessionRecord> live(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM session WHERE state IN ('active', 'paused') ORDER BY start_ns, id DESC")) {
            return list(select);
        }
    }

    static List<SessionRecord> page(
            Connection connection, Optional<SessionRecord.State> state, int limit, Optional<SessionRecord.Key> after)
            throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM session WHERE 1 = 1"
                + (state.isPresent() ? " AND state = ?" : "")
                + (after.isPresent() ? " AND (start_ns < ? OR (start_ns = ? AND id > ?))" : "")
                + " ORDER BY start_ns DESC, id LIMIT ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Row row = new Row(select);
            if (state.isPresent()) {
                row.text(state.get().wireName());
            }
            if (after.isPresent()) {
                row.number(after.get().startNs())
                        .number(after.get().startNs())
                        .text(after.get().id());
            }
            row.number(limit);
            return list(select);
        }
    }

    private static List<SessionRecord> list(PreparedStatement select) throws SQLException {
        try (ResultSet found = select.executeQuery()) {
            List<SessionRecord> all = new ArrayList<>();
            while (found.next()) {
                all.add(read(found));
            }
            return all;
        }
    }

    private static SessionRecord read(ResultSet row) throws SQLException {
        long endNs = row.getLong("end_ns");
        OptionalLong end = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(endNs);
        return new SessionRecord(
                row.getString("id"),
                row.getString("candidate_name"),
                row.getString("interview_type"),
                row.getInt("duration_minutes"),
                row.getString("policy_document"),
                RecordJson.grants(row.getString("accommodations")),
                row.getInt("keep_evidence") == 1,
                RecordJson.facts(row.getString("metadata")),
                row.getString("owner"),
                row.getLong("start_ns"),
                SessionRecord.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                end,
                row.getLong("last_media_ns"),
                new FrameCounts(
                        row.getLong("frames_offered"),
                        row.getLong("frames_analysed"),
                        row.getLong("frames_sampled_out"),
                        row.getLong("frames_superseded"),
                        row.getLong("frames_rejected"),
                        row.getLong("frames_failed"),
                        row.getLong("frames_in_flight")),
                Optional.ofNullable(row.getString("score")).flatMap(ScoreText::read));
    }

    /** Deletes sessions that ended before a time, with everything but their audit; answers how many. */
    static int deleteEndedBefore(Connection connection, long endNs) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM session WHERE state IN ('ended', 'expired') AND end_ns < ?")) {
            new Row(delete).number(endNs);
            return delete.executeUpdate();
        }
    }
}
