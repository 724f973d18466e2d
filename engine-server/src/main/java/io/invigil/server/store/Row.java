package io.invigil.server.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.OptionalLong;

/** Fills a statement's places from left to right. */
final class Row {
    private final PreparedStatement statement;
    private int place;

    Row(PreparedStatement statement) {
        this.statement = statement;
    }

    /** PostgreSQL's text holds no NUL; for both alike it becomes the sign for what cannot be shown. */
    Row text(String value) throws SQLException {
        statement.setString(++place, value == null ? null : value.replace('\0', '\ufffd'));
        return this;
    }

    Row number(long value) throws SQLException {
        statement.setLong(++place, value);
        return this;
    }

    Row number(OptionalLong value) throws SQLException {
        if (value.isPresent()) {
            return number(value.getAsLong());
        }
        statement.setNull(++place, Types.BIGINT);
        return this;
    }

    Row real(double value) throws SQLException {
        statement.setDouble(++place, value);
        return this;
    }

    Row bytes(byte[] value) throws SQLException {
        statement.setBytes(++place, value);
        return this;
    }
}
