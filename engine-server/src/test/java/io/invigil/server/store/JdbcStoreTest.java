package io.invigil.server.store;

import static io.invigil.server.store.Samples.SECOND;
import static io.invigil.server.store.Samples.START_NS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.invigil.api.AlertPhase;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnsettledException;
import io.invigil.server.webhook.Announcer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the databases add to the port. */
@ExtendWith(Databases.class)
class JdbcStoreTest {
    @TempDir
    Path folder;

    private static JdbcStore open(String url) {
        return JdbcStore.open(StoreSettings.at(url), Announcer.SILENT, StoreMeter.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseASecondServerWhileTheFirstRuns(Databases.Kind kind, Databases.Maker databases) {
        String url = databases.url(kind, folder);
        try (JdbcStore first = open(url)) {
            first.insert(Samples.session("s1"));
            assertThatThrownBy(() -> open(url))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use");
            assertThat(first.isHealthy()).isTrue();
        }
        try (JdbcStore next = open(url)) {
            assertThat(next.session("s1")).isPresent();
        }
    }

    @Test
    void shouldWaitAMomentForTheServerBeforeToBeGone(Databases.Maker databases) throws SQLException {
        String url = databases.url(Databases.Kind.POSTGRESQL, folder);
        JdbcStore first = open(url);
        CompletableFuture<JdbcStore> next;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            next = CompletableFuture.supplyAsync(() -> open(url));
            while (!next.isDone() && !isLockWaitedFor(statement)) {
                Thread.onSpinWait();
            }
            assertThat(next).isNotDone();
        } finally {
            first.close();
        }
        try (JdbcStore second = next.join()) {
            assertThat(second.isHealthy()).isTrue();
        }
    }

    private static boolean isLockWaitedFor(Statement statement) throws SQLException {
        try (ResultSet waiting =
                statement.executeQuery("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) {
            return waiting.next() && waiting.getInt(1) > 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldUndoAFailingChangeAloneAndKeepItsNeighbours(Databases.Kind kind, Databases.Maker databases) {
        String url = databases.url(kind, folder);
        try (JdbcStore store = open(url)) {
            store.insert(Samples.session("s1"));
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int step = 1; step <= 9; step++) {
                // An alert of a session that is not there breaks its change after the event before it was written.
                String owner = step == 5 ? "nobody" : "s1";
                all.add(store.submit(Samples.progress(
                        "s1", step, null, Samples.alert(owner, step, AlertPhase.OPENED, START_NS + 20 * SECOND))));
            }
            assertThatThrownBy(() -> all.get(4).join()).hasRootCauseInstanceOf(SQLException.class);
            all.remove(4);
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        }
        try (JdbcStore store = open(url)) {
            assertThat(store.alerts("s1", AlertFilter.ALL)).hasSize(8);
            assertThat(store.events("s1")).hasSize(8);
            assertThat(store.trace("s1")).hasSize(8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeleteWhatEndedLongAgoButNotItsAudit(Databases.Kind kind, Databases.Maker databases) {
        try (JdbcStore store = open(databases.url(kind, folder))) {
            AuditEntry created = new AuditEntry(Instant.ofEpochSecond(7), "host", "create", "old", "");
            for (String id : List.of("old", "new", "live")) {
                store.insert(Samples.session(id));
                store.save(
                        Samples.progress(id, 1, new byte[] {1}, Samples.alert(id, 1, AlertPhase.OPENED, START_NS * 2)));
                store.saveEvidence(id, "no_face-1", new byte[] {1});
            }
            store.audit(created);
            store.save(Samples.ended("old", 10));
            store.save(Samples.ended("new", 20));

            assertThat(store.deleteEndedBefore(START_NS + 15 * SECOND)).isEqualTo(1);
            assertThat(store.session("old")).isEmpty();
            assertThat(store.alerts("old", AlertFilter.ALL)).isEmpty();
            assertThat(store.evidence("old", "no_face-1")).isEmpty();
            assertThat(store.session("new")).isPresent();
            assertThat(store.session("live")).isPresent();
            assertThat(store.auditLog("old")).containsExactly(created);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveTheTablesAloneWhenTheServerThatHasThemIsOlder(Databases.Kind kind, Databases.Maker databases)
            throws SQLException {
        String url = databases.url(kind, folder);
        try (JdbcStore older = open(url);
                Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM flyway_schema_history WHERE version = '3'");

            assertThatThrownBy(() -> open(url)).hasMessageContaining("in use");

            try (ResultSet versions = statement.executeQuery("SELECT MAX(version) FROM flyway_schema_history")) {
                assertThat(versions.next()).isTrue();
                assertThat(versions.getString(1)).isEqualTo("2");
            }
            assertThat(older.isHealthy()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseADatabaseMadeByANewerProgram(Databases.Kind kind, Databases.Maker databases) throws SQLException {
        String url = databases.url(kind, folder);
        open(url).close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success) SELECT 99, '99', 'later', type, 'V99__later.sql',"
                    + " 1, installed_by, 1, success FROM flyway_schema_history WHERE version = '1'");
        }
        assertThatThrownBy(() -> open(url)).isInstanceOf(StoreException.class).hasMessageContaining("newer");
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWithAStoreOfAnEarlierProgram(Databases.Kind kind, Databases.Maker databases) throws SQLException {
        String url = databases.url(kind, folder);
        open(url).close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            // As the first version left it; what is kept of a session is read and written below.
            statement.execute("DROP TABLE last_commit");
            statement.execute("ALTER TABLE session DROP COLUMN score");
            statement.execute("DELETE FROM flyway_schema_history WHERE version <> '1'");
            statement.execute("INSERT INTO session VALUES ('s1', 'a', 'b', 60, '{}', '[]', 0, '{}', 'host', " + START_NS
                    + ", 'active', NULL, " + START_NS + ", 0, 0, 0, 0, 0, 0, 0, 7)");
        }
        try (JdbcStore store = open(url)) {
            assertThat(store.liveSessions()).extracting(SessionRecord::id).containsExactly("s1");
            store.save(Samples.progress("s1", 1, null));
            assertThat(store.events("s1")).hasSize(1);
        }
    }

    @Test
    void shouldGoOnAfterTheDatabaseServerCrashed(Databases.Maker databases) throws IOException {
        PostgresServer server = databases.postgres();
        Logger log = (Logger) LoggerFactory.getLogger(Outage.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        log.addAppender(told);
        log.setLevel(Level.WARN);
        try (JdbcStore store = open(server.newDatabase())) {
            store.insert(Samples.session("before"));
            server.crash();
            try {
                for (int i = 0; i < 3; i++) {
                    String id = "meanwhile" + i;
                    assertThatThrownBy(() -> store.insert(Samples.session(id))).isInstanceOf(StoreException.class);
                }
                assertThat(store.isHealthy()).isFalse();
            } finally {
                server.startAgain();
            }
            store.insert(Samples.session("after"));
            assertThat(store.session("before")).isPresent();
            assertThat(store.session("after")).isPresent();
            assertThat(store.isHealthy()).isTrue();
        } finally {
            log.setLevel(null); // As its parent's again.
            log.detachAppender(told);
        }
        assertThat(told.list)
                .as("an outage is told of when it begins and when it ends")
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.ERROR, Level.WARN);
        assertThat(told.list.get(1).getFormattedMessage())
                .containsPattern("kept again; \\d+ commits with \\d+ writes failed");
    }

    @Test
    void shouldLetTheDatabaseServerNoticeSoonThatAWriterIsGone(Databases.Maker databases) {
        try (JdbcStore store = open(databases.url(Databases.Kind.POSTGRESQL, folder))) {
            assertThat(store.database()
                            .submit(connection -> {
                                List<String> set = new ArrayList<>();
                                for (String name : List.of("tcp_keepalives_idle", "tcp_user_timeout")) {
                                    try (Statement show = connection.createStatement();
                                            ResultSet found = show.executeQuery("SHOW " + name)) {
                                        found.next();
                                        set.add(found.getString(1));
                                    }
                                }
                                return set;
                            })
                            .outcome()
                            .join())
                    .containsExactly("10", "30000");
        }
    }

    @Test
    void shouldRefuseAtOnceWhatTheQueueCannotHold() throws SQLException {
        CountDownLatch held = new CountDownLatch(1);
        String url = "jdbc:sqlite:" + folder.resolve("queue.db");
        StoreSettings settings = StoreSettings.at(url);
        Database.migrate(Dialect.SQLITE, Dialect.SQLITE.dataSource(settings));
        CommitQueue queue = new CommitQueue(
                () -> {
                    Connection connection = Dialect.SQLITE.dataSource(settings).getConnection();
                    connection.setAutoCommit(false);
                    return connection;
                },
                4,
                10_000,
                StoreMeter.NONE);
        try {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Boolean> blocking = queue.submit(10, connection -> {
                        begun.countDown();
                        awaitQuietly(held);
                        return true;
                    })
                    .outcome();
            awaitQuietly(begun); // What is handed over from here on waits.
            List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
            while (queue.size() < 4) {
                waiting.add(queue.submit(10, connection -> true).outcome());
            }
            CompletableFuture<Boolean> tooMany =
                    queue.submit(10, connection -> true).outcome();
            assertThat(tooMany).isCompletedExceptionally();
            assertThat(blocking).isNotDone();

            held.countDown();
            assertThat(blocking.join()).isTrue();
            assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isTrue());
            CompletableFuture<Boolean> tooLarge =
                    queue.submit(20_000, connection -> true).outcome();
            assertThat(tooLarge).isCompletedExceptionally();
            assertThat(queue.submit(9_000, connection -> true).outcome().join()).isTrue();
        } finally {
            held.countDown();
            assertThat(queue.close(Duration.ofMinutes(1)).all()).isZero();
        }
    }

    @Test
    void shouldGoOnWritingAfterAnError() {
        try (JdbcStore store = JdbcStore.open(
                StoreSettings.at("jdbc:sqlite:" + folder.resolve("error.db")), Announcer.SILENT, StoreMeter.NONE)) {
            CompletableFuture<Object> failing = store.database()
                    .submit(connection -> {
                        throw new StackOverflowError("thrown by this test");
                    })
                    .outcome();

            assertThat(failing)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(StackOverflowError.class);
            store.insert(Samples.session("s1"));
            assertThat(store.session("s1")).isPresent();
        }
    }

    @Test
    void shouldNeverRunWhatSomebodyGaveUpOn() {
        CountDownLatch held = new CountDownLatch(1);
        try (JdbcStore store = impatient()) {
            store.insert(Samples.session("s1"));
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Boolean> blocking = store.database()
                    .submit(connection -> {
                        begun.countDown();
                        awaitQuietly(held);
                        return true;
                    })
                    .outcome();
            awaitQuietly(begun);

            assertThatThrownBy(() -> store.save(Samples.progress("s1", 1, null)))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("not kept");
            assertThat(store.isHealthy()).isFalse();
            assertThat(store.waitingWrites()).isZero();
            held.countDown();
            blocking.join();

            store.save(Samples.progress("s1", 2, null));
            assertThat(store.events("s1")).containsExactly(Samples.event(2));
        }
    }

    @Test
    void shouldTellLaterWhatBecameOfWorkThatTookTooLong() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        try (JdbcStore store = impatient()) {
            CountDownLatch begun = new CountDownLatch(1);
            Pending<Boolean> slow = store.database().submit(connection -> {
                begun.countDown();
                awaitQuietly(held);
                return true;
            });
            begun.await();
            UnsettledException open = catchThrowableOfType(
                    UnsettledException.class, () -> store.database().await(slow));
            assertThat(open.outcome()).isNotDone();

            held.countDown();
            assertThat(open.outcome().join()).isEqualTo(true);
        }
    }

    private JdbcStore impatient() {
        StoreSettings usual = StoreSettings.at("jdbc:sqlite:" + folder.resolve("invigil.db"));
        return JdbcStore.open(
                new StoreSettings(
                        usual.url(),
                        "",
                        "",
                        usual.readers(),
                        usual.maxWaitingWrites(),
                        usual.maxWaitingBytes(),
                        Duration.ofMillis(500),
                        usual.closeTimeout()),
                Announcer.SILENT,
                StoreMeter.NONE);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldKeepTheFolderToItsOwner(Databases.Maker databases) throws IOException {
        open(databases.url(Databases.Kind.SQLITE, folder)).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//host/db?password=hunter2%zz", "/db?password=hunter2", "//u:hunter2@host/db", "//hunter2@h/db"
            })
    void shouldNotShowThePasswordOfAnAddressThatCannotBeUsed(String rest) {
        assertThatThrownBy(() -> open("jdbc:postgresql:" + rest))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the store's url")
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void shouldNameWhatIsWrongWithAnAddress() {
        assertThatThrownBy(() -> open("jdbc:mysql://localhost/x"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("jdbc:sqlite:");
        assertThatThrownBy(() -> open("jdbc:sqlite::memory:")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/none"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be opened");
    }
}
