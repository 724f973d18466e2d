package io.invigil.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * What a commit is called. The name is chosen before and written with what the commit holds, so that after a connection was
 * lost between COMMIT and its answer the database itself tells whether the commit took effect. One row is enough, because a
 * store has one writer, who commits nothing else before it knows.
 */
record CommitName(String text) {
    private static final int PLACE = 1;

    static CommitName unused() {
        return new CommitName(UUID.randomUUID().toString());
    }

    /** Writes the name inside the transaction it names. */
    void put(Connection connection) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO last_commit (place, name) VALUES (?, ?)"
                        + " ON CONFLICT (place) DO UPDATE SET name = excluded.name")) {
            new Row(upsert).number(PLACE).text(text);
            upsert.executeUpdate();
        }
    }

    /** Whether this is the latest commit that took effect. */
    boolean isLatest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT name FROM last_commit WHERE place = ?")) {
            new Row(select).number(PLACE);
            try (ResultSet found = select.executeQuery()) {
                return found.next() && found.getString(1).equals(text);
            }
        }
    }
}
