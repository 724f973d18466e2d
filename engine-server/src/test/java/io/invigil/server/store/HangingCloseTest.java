package io.invigil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.invigil.server.record.StoreException;
import io.invigil.server.webhook.Announcer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A store closes while its database hangs, and says what it does not have. */
@ExtendWith(Databases.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingCloseTest {
    @TempDir
    Path folder;

    private final FaultyConnections connections = new FaultyConnections();
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    private JdbcStore open(String url) {
        StoreSettings usual = StoreSettings.at(url);
        return JdbcStore.open(
                new StoreSettings(
                        url,
                        "",
                        "",
                        usual.readers(),
                        usual.maxWaitingWrites(),
                        usual.maxWaitingBytes(),
                        usual.answerTimeout(),
                        Duration.ofMillis(200)),
                Announcer.SILENT,
                StoreMeter.NONE,
                connections);
    }

    private void close(JdbcStore store) {
        Logger log = (Logger) LoggerFactory.getLogger(JdbcStore.class);
        told.start();
        log.addAppender(told);
        try {
            store.close();
        } finally {
            log.detachAppender(told);
        }
    }

    @Test
    void shouldSayWhatIsNotKeptAndStayLockedWhileAWriteHangs() throws InterruptedException {
        String url = "jdbc:sqlite:" + folder.resolve("invigil.db");
        JdbcStore store = open(url);
        store.insert(Samples.session("s1"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        connections.breakNext(real -> {
            begun.countDown();
            awaitQuietly(held);
            real.commit();
        });
        CompletableFuture<Void> hanging = store.submit(Samples.progress("s1", 1, null));
        begun.await();
        CompletableFuture<Void> second = store.submit(Samples.progress("s1", 2, null));
        CompletableFuture<Void> third = store.submit(Samples.progress("s1", 3, null));

        close(store);
        assertThat(second).isCompletedExceptionally();
        assertThat(third).isCompletedExceptionally();
        assertThat(store.unkeptWrites()).isEqualTo(3);
        assertThat(told.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("2 changes are not kept, of 1 it is not known"));
        assertThatThrownBy(() -> open(url)).isInstanceOf(StoreException.class).hasMessageContaining("in use");

        held.countDown();
        hanging.join();
        try (JdbcStore next = openOnceFree(url)) {
            assertThat(next.events("s1")).containsExactly(Samples.event(1));
        }
    }

    @Test
    void shouldBreakOffAConnectionThatHangs(Databases.Maker databases) throws SQLException, InterruptedException {
        String url = databases.url(Databases.Kind.POSTGRESQL, folder);
        JdbcStore store = open(url);
        store.insert(Samples.session("s1"));
        CompletableFuture<Void> hanging;
        try (Connection other = DriverManager.getConnection(url);
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
            hanging = store.submit(Samples.progress("s1", 1, null));
            close(store);
            assertThat(store.unkeptWrites()).isEqualTo(1);
            assertThatThrownBy(hanging::join)
                    .as("it ends while the database still hangs")
                    .hasCauseInstanceOf(StoreException.class);
            other.rollback();
        }
        try (JdbcStore next = openOnceFree(url)) {
            assertThat(next.events("s1")).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsNotKeptWhenTheDatabaseWentWithACommit() {
        JdbcStore store = open("jdbc:sqlite:" + folder.resolve("invigil.db"));
        store.insert(Samples.session("s1"));
        connections.breakNext(FaultyConnections.ANSWER_LOST);
        connections.down(true);
        CompletableFuture<Void> open = store.submit(Samples.progress("s1", 1, null));
        close(store);
        assertThatThrownBy(open::join).hasMessageContaining("not known");
        assertThat(store.unkeptWrites()).isEqualTo(1);
    }

    @Test
    void shouldSayNothingWhenEverythingIsKept() {
        JdbcStore store = open("jdbc:sqlite:" + folder.resolve("invigil.db"));
        CompletableFuture<Boolean> last =
                store.database().submit(connection -> true).outcome();
        close(store);
        assertThat(last.join()).isTrue();
        assertThat(store.unkeptWrites()).isZero();
        assertThat(told.list).isEmpty();
    }

    @Test
    void shouldNameATimeThatIsOutOfRange() {
        StoreSettings usual = StoreSettings.at("jdbc:sqlite:x");
        assertThatThrownBy(() -> new StoreSettings(
                        usual.url(), "", "", 4, 16, 1 << 20, usual.answerTimeout(), Duration.ofMinutes(6)))
                .isInstanceOf(StoreException.class)
                .hasMessage("closeTimeout is PT6M, must be PT0S to PT5M");
    }

    private JdbcStore openOnceFree(String url) throws InterruptedException {
        while (true) {
            try {
                return open(url);
            } catch (StoreException busy) {
                assertThat(busy).hasMessageContaining("in use");
                Thread.sleep(20);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
