package io.invigil.server.store;

import io.invigil.server.record.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What differs between the databases; all other SQL is one text for both. */
enum Dialect {
    /** In this process, one file. WAL, and every commit is forced to the disk. */
    SQLITE("embedded", "BLOB", "PRAGMA query_only = 1") {
        @Override
        DataSource dataSource(StoreSettings settings) {
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.enforceForeignKeys(true);
            config.setBusyTimeout(5_000);
            SQLiteDataSource source = new SQLiteDataSource(config);
            source.setUrl(settings.url());
            return source;
        }
    },
    /** A server. Every commit is forced to the disk there, whatever the server's own default. */
    POSTGRESQL("postgresql", "BYTEA", "SET default_transaction_read_only = on") {
        private static final int LOCK_CLASS = 0x49_4e_56_49;

        /** How PostgreSQL names a lock that was not to be had in time. */
        private static final String LOCK_NOT_AVAILABLE = "55P03";

        private static final Pattern BEFORE_HOST = Pattern.compile("^jdbc:postgresql://[^/?]*@");

        @Override
        DataSource dataSource(StoreSettings settings) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            setUrl(source, settings.url());
            if (!settings.user().isEmpty()) {
                source.setUser(settings.user());
            }
            if (!settings.password().isEmpty()) {
                source.setPassword(settings.password());
            }
            source.setApplicationName("invigil");
            source.setConnectTimeout(5);
            source.setSocketTimeout(30);
            source.setTcpKeepAlive(true);
            return source;
        }

        /** The driver's own words about an address show all of it, which may hold a password. */
        private static void setUrl(PGSimpleDataSource source, String url) {
            if (BEFORE_HOST.matcher(url).find()) {
                throw new StoreException(
                        "the store's url names somebody before the host; the user and the password are settings of their own",
                        null);
            }
            try {
                source.setUrl(url);
            } catch (IllegalArgumentException unusable) {
                throw new StoreException(
                        "the store's url must be jdbc:postgresql://HOST:PORT/DATABASE?NAME=VALUE", null);
            }
        }

        @Override
        void prepareWriter(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("SET synchronous_commit = on");
                // The server gives the lock below back once it notices that a lost client is gone: in half a minute,
                // not hours.
                statement.execute("SET tcp_keepalives_idle = 10");
                statement.execute("SET tcp_keepalives_interval = 5");
                statement.execute("SET tcp_keepalives_count = 4");
                statement.execute("SET tcp_user_timeout = 30000");
                statement.execute("SET lock_timeout = 5000");
            }
            // A server that has just gone has its lock for a moment longer, until its connection's process ends.
            try (PreparedStatement lock =
                    connection.prepareStatement("SELECT pg_advisory_lock(?, hashtext(current_schema()))")) {
                lock.setInt(1, LOCK_CLASS);
                lock.execute();
            } catch (SQLException failure) {
                if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                    throw new StoreException("the database is in use by another server of this kind", failure);
                }
                throw failure;
            }
            try (var statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = DEFAULT");
            }
        }
    };

    private final String kind;
    private final String bytesType;
    private final String readerSql;

    Dialect(String kind, String bytesType, String readerSql) {
        this.kind = kind;
        this.bytesType = bytesType;
        this.readerSql = readerSql;
    }

    static Dialect of(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            return SQLITE;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        throw new StoreException(
                "the store's url must begin with jdbc:sqlite: or jdbc:postgresql:, and this one begins with "
                        + url.substring(0, Math.min(url.length(), 12)),
                null);
    }

    abstract DataSource dataSource(StoreSettings settings);

    /** Makes a connection ready to write with, and makes sure that it is the only one. */
    void prepareWriter(Connection connection) throws SQLException {}

    /** How the port names this kind of store. */
    String kind() {
        return kind;
    }

    /** The column type of bytes. */
    String bytesType() {
        return bytesType;
    }

    /** What keeps a connection from writing. */
    String readerSql() {
        return readerSql;
    }
}
