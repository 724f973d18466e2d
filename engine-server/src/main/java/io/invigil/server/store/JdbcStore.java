package io.invigil.server.store;

import io.invigil.api.AlertPhase;
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
import io.invigil.server.webhook.Announcement;
import io.invigil.server.webhook.Announcer;
import io.invigil.server.webhook.Outbox;
import io.invigil.wire.ReviewView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records in SQLite or PostgreSQL: says what of a record goes into which rows of a {@link Database}. Thread-safe. All
 * writing is done by one thread that commits in groups ({@link CommitQueue}), so a call that returns costs about one forced
 * write however many callers there are. Reading uses connections of its own and never waits for writing.
 *
 * <p>One store has one server: a second one is refused while the first runs.
 */
public final class JdbcStore implements RecordStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private final Database database;
    private final Announcer announcer;
    private final JdbcOutbox outbox;
    private volatile int unkeptWrites;

    private JdbcStore(Database database, Announcer announcer) {
        this.database = database;
        this.announcer = announcer;
        this.outbox = new JdbcOutbox(database);
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
        return new JdbcStore(Database.open(settings, meter, through), announcer);
    }

    @Override
    public String kind() {
        return database.kind();
    }

    @Override
    public boolean isHealthy() {
        return database.isHealthy();
    }

    @Override
    public void insert(SessionRecord session) {
        database.write(connection -> {
            if (!SessionRows.insert(connection, session, database.nextNumber())) {
                throw new StoreException("there is a session " + session.id() + " already", null);
            }
            announce(connection, session.id(), announcer.started(session));
            return true;
        });
    }

    private void announce(Connection connection, String sessionId, List<Announcement> announcements)
            throws SQLException {
        for (Announcement announcement : announcements) {
            WebhookRows.add(connection, database.nextNumber(), sessionId, announcement);
        }
    }

    @Override
    public Optional<SessionRecord> session(String sessionId) {
        return database.read(connection -> SessionRows.byId(connection, sessionId));
    }

    @Override
    public List<SessionRecord> liveSessions() {
        return database.read(SessionRows::live);
    }

    @Override
    public List<SessionRecord> sessions(
            Optional<SessionRecord.State> state, int limit, Optional<SessionRecord.Key> after) {
        return database.read(connection -> SessionRows.page(connection, state, limit, after));
    }

    @Override
    public void save(SessionProgress progress) {
        database.await(handOver(progress));
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
        long bytes = Database.SMALL
                + progress.snapshot().map(snapshot -> (long) snapshot.length).orElse(0L)
                + Database.SMALL * (progress.alerts().size() + progress.events().size())
                + 200L * progress.trace().size();
        return database.submit(bytes, connection -> {
            keep(connection, progress);
            return null;
        });
    }

    private void keep(Connection connection, SessionProgress progress) throws SQLException {
        String id = progress.sessionId();
        SessionRecord before = SessionRows.byId(connection, id)
                .orElseThrow(() -> new StoreException("there is no session " + id, null));
        SessionRows.update(connection, progress, database.nextNumber());
        if (progress.snapshot().isPresent()) {
            SessionRows.saveSnapshot(connection, id, progress.snapshot().get());
        }
        Map<String, AlertPhase> phases = new HashMap<>();
        for (AlertRecord alert : progress.alerts()) {
            String alertId = alert.alert().id();
            AlertRows.phase(connection, id, alertId).ifPresent(phase -> phases.put(alertId, phase));
            AlertRows.upsert(connection, alert, database.nextNumber());
        }
        for (SessionEvent event : progress.events()) {
            LogRows.addEvent(connection, database.nextNumber(), id, event);
        }
        if (!progress.trace().isEmpty()) {
            LogRows.addTrace(connection, database.nextNumber(), id, progress.trace());
        }
        announce(connection, id, announcer.progressed(before, phases, progress));
    }

    @Override
    public void saveScore(String sessionId, SessionScore score) {
        database.write(connection -> {
            SessionRows.saveScore(connection, sessionId, score, database.nextNumber());
            return true;
        });
    }

    @Override
    public Optional<byte[]> snapshot(String sessionId) {
        return database.read(connection -> SessionRows.snapshot(connection, sessionId));
    }

    @Override
    public List<AlertRecord> alerts(String sessionId, AlertFilter filter) {
        return database.read(connection -> AlertRows.ofSession(connection, sessionId, filter));
    }

    @Override
    public Optional<AlertRecord> alert(String sessionId, String alertId) {
        return database.read(connection -> AlertRows.byId(connection, sessionId, alertId));
    }

    @Override
    public Optional<AlertRecord> review(String sessionId, String alertId, UnaryOperator<ReviewView> review) {
        return database.write(connection -> {
            Optional<AlertRecord> before = AlertRows.byId(connection, sessionId, alertId);
            if (before.isEmpty()) {
                return before;
            }
            ReviewView after = review.apply(before.get().review());
            AlertRows.review(connection, sessionId, alertId, after, database.nextNumber());
            return AlertRows.byId(connection, sessionId, alertId);
        });
    }

    @Override
    public List<SessionEvent> events(String sessionId) {
        return database.read(connection -> LogRows.events(connection, sessionId));
    }

    @Override
    public List<TracePoint> trace(String sessionId) {
        return database.read(connection -> LogRows.trace(connection, sessionId));
    }

    @Override
    public Optional<TraceSpan> traceSpan(String sessionId) {
        return database.read(connection -> LogRows.traceSpan(connection, sessionId));
    }

    @Override
    public void saveEvidence(String sessionId, String alertId, byte[] jpeg) {
        byte[] kept = jpeg.clone();
        database.write(Database.SMALL + kept.length, connection -> {
            AlertRows.saveEvidence(connection, sessionId, alertId, kept);
            return true;
        });
    }

    @Override
    public Optional<byte[]> evidence(String sessionId, String alertId) {
        return database.read(connection -> AlertRows.evidence(connection, sessionId, alertId));
    }

    @Override
    public void audit(AuditEntry entry) {
        database.write(connection -> {
            LogRows.addAudit(connection, database.nextNumber(), entry);
            return true;
        });
    }

    /** A session's audit log, oldest first. */
    public List<AuditEntry> auditLog(String sessionId) {
        return database.read(connection -> LogRows.audit(connection, sessionId));
    }

    /**
     * Deletes sessions that ended before a time, with all that belongs to them; their audit log stays.
     *
     * @param endNs nanoseconds since 1970
     * @return how many
     */
    public int deleteEndedBefore(long endNs) {
        return database.write(connection -> SessionRows.deleteEndedBefore(connection, endNs));
    }

    /** What the host is to be told. */
    public Outbox outbox() {
        return outbox;
    }

    /** Writes that wait to be kept. */
    public int waitingWrites() {
        return database.waitingWrites();
    }

    /** How long the oldest write has been waiting, in nanoseconds; 0 when none does. */
    public long oldestWriteAgeNs() {
        return database.oldestWriteAgeNs();
    }

    /** What it is kept in. */
    Database database() {
        return database;
    }

    /**
     * Takes no more, writes what waits, and closes the database. One that does not answer is waited for no longer than the
     * settings say; the log then tells how many changes are not kept. While a write hangs, an embedded database stays locked.
     */
    @Override
    public void close() {
        CommitQueue.Left left = database.close();
        unkeptWrites = left.all();
        if (left.all() > 0) {
            LOG.error(
                    "the store was closed while the database did not answer: {} changes are not kept, of {} it is not known",
                    left.lost(),
                    left.unknown());
        }
    }

    /** How many changes are not, or not known to be, kept because the database did not answer; known once it is closed. */
    public int unkeptWrites() {
        return unkeptWrites;
    }
}
