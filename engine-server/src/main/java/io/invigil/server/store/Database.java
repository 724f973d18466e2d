package io.invigil.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnreadableException;
import io.invigil.server.record.UnsettledException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * A database with this program's tables, open for one server: one thread writes ({@link CommitQueue}), reading uses
 * connections of its own and never waits for writing. Knows nothing of what is kept. Thread-safe.
 */
final class Database {
    /** What a write without pictures counts as, in bytes. */
    static final long SMALL = 1024;

    private final StoreSettings settings;
    private final Dialect dialect;
    private final FileLease lease;
    private final CommitQueue writes;
    private final HikariDataSource readers;
    private final AtomicLong numbers;

    private Database(
            StoreSettings settings,
            Dialect dialect,
            FileLease lease,
            CommitQueue writes,
            HikariDataSource readers,
            long highestNumber) {
        this.settings = settings;
        this.dialect = dialect;
        this.lease = lease;
        this.writes = writes;
        this.readers = readers;
        this.numbers = new AtomicLong(highestNumber);
    }

    /**
     * Opens a database, makes its tables or brings them up to date.
     *
     * @param through what becomes of the source of its connections
     * @throws StoreException when it cannot be opened, is newer than this program, or another server has it
     */
    static Database open(StoreSettings settings, StoreMeter meter, UnaryOperator<DataSource> through) {
        Dialect dialect = Dialect.of(settings.url());
        FileLease lease = FileLease.of(settings.url());
        CommitQueue writes = null;
        try {
            DataSource source = through.apply(dialect.dataSource(settings));
            // The writer has the lock: a second server must not change the tables of one that runs.
            writes = new CommitQueue(
                    () -> writer(dialect, source), settings.maxWaitingWrites(), settings.maxWaitingBytes(), meter);
            migrate(dialect, source);
            long highestNumber =
                    writes.look(SMALL, LogRows::highestNumber).outcome().join();
            return new Database(settings, dialect, lease, writes, pool(settings, dialect, source), highestNumber);
        } catch (StoreException failure) {
            throw failed(lease, writes, failure);
        } catch (SQLException | RuntimeException failure) { // The libraries below throw kinds of their own.
            throw failed(lease, writes, new StoreException("the store cannot be opened: " + reason(failure), failure));
        }
    }

    private static StoreException failed(FileLease lease, CommitQueue writes, StoreException why) {
        if (writes != null) {
            writes.close(Duration.ZERO);
        }
        lease.close();
        return why;
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("no reason given");
    }

    static void migrate(Dialect dialect, DataSource source) {
        Flyway flyway = Flyway.configure(JdbcStore.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:io/invigil/server/store/migration")
                .placeholders(Map.of("bytes", dialect.bytesType()))
                .load();
        for (MigrationInfo step : flyway.info().all()) {
            if (step.getState() == MigrationState.FUTURE_SUCCESS || step.getState() == MigrationState.FUTURE_FAILED) {
                throw new StoreException(
                        "the store was made by a newer version of this program: it has migration " + step.getVersion(),
                        null);
            }
        }
        flyway.migrate();
    }

    private static Connection writer(Dialect dialect, DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            dialect.prepareWriter(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | StoreException failure) {
            connection.close();
            throw failure;
        }
    }

    private static HikariDataSource pool(StoreSettings settings, Dialect dialect, DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("invigil-store-readers");
        config.setDataSource(source);
        config.setMaximumPoolSize(settings.readers());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setConnectionInitSql(dialect.readerSql());
        return new HikariDataSource(config);
    }

    /** {@code embedded} or {@code postgresql}. */
    String kind() {
        return dialect.kind();
    }

    /** Whether it answers; quick. */
    boolean isHealthy() {
        Pending<Boolean> answer = writes.look(SMALL, connection -> true);
        try {
            return answer.outcome().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            return false;
        } catch (TimeoutException slow) {
            writes.abandon(answer);
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The next number for a row; later rows have higher ones. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Writes something small, and waits until it is kept. */
    <T> T write(Pending.Work<T> work) {
        return write(SMALL, work);
    }

    /** Writes so many bytes, and waits until they are kept. */
    <T> T write(long bytes, Pending.Work<T> work) {
        return await(submit(bytes, work));
    }

    /** Hands a small write over. Never blocks. */
    <T> Pending<T> submit(Pending.Work<T> work) {
        return submit(SMALL, work);
    }

    /** Hands a write of so many bytes over. Never blocks. */
    <T> Pending<T> submit(long bytes, Pending.Work<T> work) {
        return writes.submit(bytes, work);
    }

    /** Writes that wait to be kept. */
    int waitingWrites() {
        return writes.size();
    }

    /** How long the oldest write has been waiting, in nanoseconds; 0 when none does. */
    long oldestWriteAgeNs() {
        return writes.oldestAgeNs();
    }

    /** After the database server went, as many pooled connections as there are may be dead; the pool drops each one met. */
    <T> T read(Pending.Work<T> query) {
        for (int dead = 0; ; dead++) {
            try (Connection connection = readers.getConnection()) {
                return query.on(connection);
            } catch (SQLException failure) {
                if (dead == settings.readers() || !isLostConnection(failure)) {
                    throw new StoreException("the store could not be read", failure);
                }
            }
        }
    }

    /** SQL's class of connection errors, and PostgreSQL's of a server that goes. */
    private static boolean isLostConnection(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith("08") || state.startsWith("57P"))
                && !(failure instanceof SQLTransientConnectionException); // The pool had none to give.
    }

    /** Waits for work to be kept. Work that did not begin in time never will; of work that did, nothing is known yet. */
    <T> T await(Pending<T> pending) {
        try {
            return pending.outcome().get(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw notKept(failure.getCause());
        } catch (TimeoutException slow) {
            return givenUp(
                    pending,
                    "the store did not answer within "
                            + settings.answerTimeout().toMillis() + " ms");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return givenUp(pending, "interrupted while a change was being kept");
        }
    }

    private <T> T givenUp(Pending<T> pending, String why) {
        if (writes.abandon(pending)) {
            throw new StoreException(why + "; the change is not kept", null);
        }
        if (!pending.outcome().isDone()) {
            throw new UnsettledException(why + "; the change is under way and may be kept", pending.outcome());
        }
        try {
            return pending.outcome().join(); // It was settled just now.
        } catch (CompletionException failure) {
            throw notKept(failure.getCause());
        }
    }

    private static StoreException notKept(Throwable why) {
        if (why instanceof UnreadableException) {
            return new UnreadableException(why.getMessage());
        }
        return why instanceof StoreException known
                ? new StoreException(known.getMessage(), known)
                : new StoreException("the store could not keep a change", why);
    }

    /**
     * Takes no more, writes what waits, and closes. A database that does not answer is waited for no longer than the settings
     * say. While a write hangs, an embedded database stays locked.
     */
    CommitQueue.Left close() {
        CommitQueue.Left left = writes.close(settings.closeTimeout());
        readers.close();
        writes.ended().thenRun(lease::close);
        return left;
    }
}
