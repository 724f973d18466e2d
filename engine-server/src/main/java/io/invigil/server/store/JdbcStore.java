package io.invigil.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.report.log.TracePoint;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.TraceSpan;
import io.invigil.server.record.UnsettledException;
import io.invigil.server.webhook.Announcement;
import io.invigil.server.webhook.Announcer;
import io.invigil.server.webhook.Outbox;
import io.invigil.wire.ReviewView;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records in SQLite or PostgreSQL. Thread-safe. All writing is done by one thread that commits in groups
 * ({@link CommitQueue}), so a call that returns costs about one forced write however many callers there are. Reading uses
 * connections of its own and never waits for writing.
 *
 * <p>One store has one server: a second one is refused while the first runs.
 */
public final class JdbcStore implements RecordStore {
    private static final long SMALL = 1024;
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private final StoreSettings settings;
    private final Dialect dialect;
    private final FileLease lease;
    private final CommitQueue writes;
    private final HikariDataSource readers;
    private final Announcer announcer;
    private final AtomicLong numbers;
    private final JdbcOutbox outbox;
    private volatile int unkeptWrites;

    private JdbcStore(
            StoreSettings settings,
            Dialect dialect,
            FileLease lease,
            CommitQueue writes,
            HikariDataSource readers,
            Announcer announcer,
            AtomicLong numbers) {
        this.settings = settings;
        this.dialect = dialect;
        this.lease = lease;
        this.writes = writes;
        this.readers = readers;
        this.announcer = announcer;
        this.numbers = numbers;
        this.outbox = new JdbcOutbox(this);
    }

    /**
     * Opens a store, makes its tables or brings them up to date.
     *
     * @param announcer says what the host is told of; kept in the same transaction as the change
     * @throws StoreException when the database cannot be opened, is newer than this program, or another server has it
     */
    public static JdbcStore open(StoreSettings settings, Announcer announcer, StoreMeter meter) {
        return open(settings, announcer, meter, UnaryOperator.identity());
    }

    /** As above, with connections from what {@code through} makes of their source. */
    static JdbcStore open(
            StoreSettings settings, Announcer announcer, StoreMeter meter, UnaryOperator<DataSource> through) {
        Dialect dialect = Dialect.of(settings.url());
        FileLease lease = FileLease.of(settings.url());
        CommitQueue writes = null;
        try {
            DataSource source = through.apply(dialect.dataSource(settings));
            // The writer has the lock: a second server must not change the tables of one that runs.
            writes = new CommitQueue(
                    () -> writer(dialect, source), settings.maxWaitingWrites(), settings.maxWaitingBytes(), meter);
            migrate(dialect, source);
            AtomicLong numbers = new AtomicLong(
                    writes.look(SMALL, LogRows::highestNumber).outcome().join());
            return new JdbcStore(settings, dialect, lease, writes, pool(settings, dialect, source), announcer, numbers);
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

    @Override
    public String kind() {
        return dialect.kind();
    }

    @Override
    public boolean isHealthy() {
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

    @Override
    public void insert(SessionRecord session) {
        await(writes.submit(SMALL, connection -> {
            if (!SessionRows.insert(connection, session, numbers.incrementAndGet())) {
                throw new StoreException("there is a session " + session.id() + " already", null);
            }
            announce(connection, session.id(), announcer.started(session));
            return true;
        }));
    }

    private void announce(Connection connection, String sessionId, List<Announcement> announcements)
            throws SQLException {
        for (Announcement announcement : announcements) {
            WebhookRows.add(connection, numbers.incrementAndGet(), sessionId, announcement);
        }
    }

    @Override
    public Optional<SessionRecord> session(String sessionId) {
        return read(connection -> SessionRows.byId(connection, sessionId));
    }

    @Override
    public List<SessionRecord> liveSessions() {
        return read(SessionRows::live);
    }

    @Override
    public List<SessionRecord> sessions(
            Optional<SessionRecord.State> state, int limit, Optional<SessionRecord.Key> after) {
        return read(connection -> SessionRows.page(connection, state, limit, after));
    }

    @Override
    public void save(SessionProgress progress) {
        await(handOver(progress));
    }

    /**
     * As {@link #save}, without waiting.
     *
     * @return completed when the change is durable, on the writing thread; completed with {@link StoreException} when it was
     *     refused or is not kept
     */
    public CompletableFuture<Void> submit(SessionProgress progress) {
        return handOver(progress).outcome();
    }

    private Pending<Void> handOver(SessionProgress progress) {
        long bytes = SMALL
                + progress.snapshot().map(snapshot -> (long) snapshot.length).orElse(0L)
                + SMALL * (progress.alerts().size() + progress.events().size())
                + 200L * progress.trace().size();
        return writes.submit(bytes, connection -> {
            keep(connection, progress);
            return null;
        });
    }

    private void keep(Connection connection, SessionProgress progress) throws SQLException {
        String id = progress.sessionId();
        SessionRecord before = SessionRows.byId(connection, id)
                .orElseThrow(() -> new StoreException("there is no session " + id, null));
        SessionRows.update(connection, progress, numbers.incrementAndGet());
        if (progress.snapshot().isPresent()) {
            SessionRows.saveSnapshot(connection, id, progress.snapshot().get());
        }
        for (AlertRecord alert : progress.alerts()) {
            AlertRows.upsert(connection, alert, numbers.incrementAndGet());
        }
        for (SessionEvent event : progress.events()) {
            LogRows.addEvent(connection, numbers.incrementAndGet(), id, event);
        }
        if (!progress.trace().isEmpty()) {
            LogRows.addTrace(connection, numbers.incrementAndGet(), id, progress.trace());
        }
        announce(connection, id, announcer.progressed(before, progress));
    }

    @Override
    public void saveScore(String sessionId, SessionScore score) {
        await(writes.submit(SMALL, connection -> {
            SessionRows.saveScore(connection, sessionId, score, numbers.incrementAndGet());
            return true;
        }));
    }

    @Override
    public Optional<byte[]> snapshot(String sessionId) {
        return read(connection -> SessionRows.snapshot(connection, sessionId));
    }

    @Override
    public List<AlertRecord> alerts(String sessionId, AlertFilter filter) {
        return read(connection -> AlertRows.ofSession(connection, sessionId, filter));
    }

    @Override
    public Optional<AlertRecord> alert(String sessionId, String alertId) {
        return read(connection -> AlertRows.byId(connection, sessionId, alertId));
    }

    @Override
    public Optional<AlertRecord> review(String sessionId, String alertId, ReviewView review) {
        return await(writes.submit(SMALL, connection -> {
            AlertRows.review(connection, sessionId, alertId, review, numbers.incrementAndGet());
            return AlertRows.byId(connection, sessionId, alertId);
        }));
    }

    @Override
    public List<SessionEvent> events(String sessionId) {
        return read(connection -> LogRows.events(connection, sessionId));
    }

    @Override
    public List<TracePoint> trace(String sessionId) {
        return read(connection -> LogRows.trace(connection, sessionId));
    }

    @Override
    public Optional<TraceSpan> traceSpan(String sessionId) {
        return read(connection -> LogRows.traceSpan(connection, sessionId));
    }

    @Override
    public void saveEvidence(String sessionId, String alertId, byte[] jpeg) {
        byte[] kept = jpeg.clone();
        await(writes.submit(SMALL + kept.length, connection -> {
            AlertRows.saveEvidence(connection, sessionId, alertId, kept);
            return true;
        }));
    }

    @Override
    public Optional<byte[]> evidence(String sessionId, String alertId) {
        return read(connection -> AlertRows.evidence(connection, sessionId, alertId));
    }

    @Override
    public void audit(AuditEntry entry) {
        await(writes.submit(SMALL, connection -> {
            LogRows.addAudit(connection, numbers.incrementAndGet(), entry);
            return true;
        }));
    }

    /** A session's audit log, oldest first. */
    public List<AuditEntry> auditLog(String sessionId) {
        return read(connection -> LogRows.audit(connection, sessionId));
    }

    /**
     * Deletes sessions that ended before a time, with all that belongs to them; their audit log stays.
     *
     * @param endNs nanoseconds since 1970
     * @return how many
     */
    public int deleteEndedBefore(long endNs) {
        return await(writes.submit(SMALL, connection -> SessionRows.deleteEndedBefore(connection, endNs)));
    }

    /** What the host is to be told. */
    public Outbox outbox() {
        return outbox;
    }

    /** Writes that wait to be kept. */
    public int waitingWrites() {
        return writes.size();
    }

    /** How long the oldest write has been waiting, in nanoseconds; 0 when none does. */
    public long oldestWriteAgeNs() {
        return writes.oldestAgeNs();
    }

    <T> Pending<T> submit(Pending.Work<T> work) {
        return writes.submit(SMALL, work);
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
        return why instanceof StoreException known
                ? new StoreException(known.getMessage(), known)
                : new StoreException("the store could not keep a change", why);
    }

    /**
     * Takes no more, writes what waits, and closes the database. One that does not answer is waited for no longer than the
     * settings say; the log then tells how many changes are not kept. While a write hangs, an embedded database stays locked.
     */
    @Override
    public void close() {
        CommitQueue.Left left = writes.close(settings.closeTimeout());
        unkeptWrites = left.all();
        if (left.all() > 0) {
            LOG.error(
                    "the store was closed while the database did not answer: {} changes are not kept, of {} it is not known",
                    left.lost(),
                    left.unknown());
        }
        readers.close();
        writes.ended().thenRun(lease::close);
    }

    /** How many changes are not, or not known to be, kept because the database did not answer; known once it is closed. */
    public int unkeptWrites() {
        return unkeptWrites;
    }
}
