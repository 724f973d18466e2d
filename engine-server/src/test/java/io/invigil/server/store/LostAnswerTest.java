package io.invigil.server.store;

import static io.invigil.server.store.Samples.SECOND;
import static io.invigil.server.store.Samples.START_NS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.invigil.api.AlertPhase;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnsettledException;
import io.invigil.server.webhook.WireAnnouncer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is kept twice, or told to be lost while it is kept, when a connection breaks between COMMIT and its answer. */
@ExtendWith(Databases.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostAnswerTest {
    @TempDir
    Path folder;

    private final FaultyConnections connections = new FaultyConnections();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    private JdbcStore open(String url, Duration answerTimeout) {
        StoreSettings usual = StoreSettings.at(url);
        StoreSettings settings = new StoreSettings(
                usual.url(),
                "",
                "",
                usual.readers(),
                usual.maxWaitingWrites(),
                usual.maxWaitingBytes(),
                answerTimeout,
                usual.closeTimeout());
        return JdbcStore.open(settings, new WireAnnouncer(), new Counting(), connections);
    }

    private final class Counting implements StoreMeter {
        @Override
        public void committed(int writes, long tookNs) {
            kept.addAndGet(writes);
        }

        @Override
        public void failed(int writes) {
            lost.addAndGet(writes);
        }

        @Override
        public void refused() {}
    }

    /** Hands over again what is told to be not kept. */
    private void untilKept(FaultyConnections.Fault fault, Runnable change) {
        connections.breakNext(fault);
        try {
            change.run();
        } catch (UnsettledException open) {
            throw open;
        } catch (StoreException notKept) {
            change.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepEverythingOnceWhateverBecomesOfItsCommit(Databases.Kind kind, Databases.Maker databases) {
        List<FaultyConnections.Fault> faults =
                List.of(FaultyConnections.ANSWER_LOST, FaultyConnections.COMMIT_LOST, FaultyConnections.NONE);
        try (JdbcStore store = open(databases.url(kind, folder), Duration.ofSeconds(30))) {
            kept.set(0);
            untilKept(FaultyConnections.ANSWER_LOST, () -> store.insert(Samples.session("s1")));
            for (int i = 1; i <= 6; i++) {
                int step = i;
                untilKept(
                        faults.get(step % 3),
                        () -> store.save(Samples.progress(
                                "s1",
                                step,
                                new byte[] {(byte) step},
                                Samples.alert("s1", step, AlertPhase.OPENED, START_NS + 90 * SECOND))));
                untilKept(
                        faults.get(step % 3),
                        () -> store.audit(new AuditEntry(Instant.ofEpochSecond(step), "host", "report", "s1", "")));
            }

            assertThat(store.events("s1"))
                    .isEqualTo(
                            IntStream.rangeClosed(1, 6).mapToObj(Samples::event).toList());
            assertThat(store.trace("s1"))
                    .isEqualTo(
                            IntStream.rangeClosed(1, 6).mapToObj(Samples::point).toList());
            assertThat(store.alerts("s1", AlertFilter.ALL))
                    .extracting(AlertRecord::sequence)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(store.outbox().of("s1", Optional.empty(), 100))
                    .as("one message of the start, one of each alert")
                    .hasSize(7)
                    .extracting(delivery -> delivery.message().body())
                    .doesNotHaveDuplicates();
            assertThat(store.auditLog("s1")).hasSize(6).doesNotHaveDuplicates();
            assertThat(store.snapshot("s1").orElseThrow()).containsExactly(6);
            assertThat(kept).as("writes counted as kept").hasValue(13);
            assertThat(lost).as("writes counted as failed").hasValue(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveOpenWhatItDoesNotKnowUntilTheDatabaseTellsThatItIsKept(
            Databases.Kind kind, Databases.Maker databases) throws InterruptedException {
        try (JdbcStore store = open(databases.url(kind, folder), Duration.ofMillis(300))) {
            store.insert(Samples.session("s1"));
            UnsettledException open = saveWhileItGoes(store, FaultyConnections.ANSWER_LOST);
            assertThatThrownBy(() -> store.save(Samples.progress("s1", 2, null)))
                    .as("what comes meanwhile is known not to be kept")
                    .isExactlyInstanceOf(StoreException.class);
            int refused = connections.refusals();
            while (connections.refusals() < refused + 2) {
                Thread.sleep(10); // It is asked for again without anybody writing.
            }
            assertThat(open.outcome()).isNotDone();
            assertThat(store.oldestWriteAgeNs()).isPositive();

            connections.down(false);
            open.outcome().join();
            assertThat(store.events("s1")).containsExactly(Samples.event(1));
            store.save(Samples.progress("s1", 2, null));
            assertThat(store.events("s1")).containsExactly(Samples.event(1), Samples.event(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveOpenWhatItDoesNotKnowUntilTheDatabaseTellsThatItIsLost(
            Databases.Kind kind, Databases.Maker databases) {
        try (JdbcStore store = open(databases.url(kind, folder), Duration.ofMillis(300))) {
            store.insert(Samples.session("s1"));
            UnsettledException open = saveWhileItGoes(store, FaultyConnections.COMMIT_LOST);
            connections.down(false);
            assertThatThrownBy(() -> open.outcome().join()).hasCauseInstanceOf(StoreException.class);
            assertThat(store.events("s1")).isEmpty();
            store.save(Samples.progress("s1", 1, null));
            assertThat(store.events("s1")).containsExactly(Samples.event(1));
        }
    }

    private UnsettledException saveWhileItGoes(JdbcStore store, FaultyConnections.Fault fault) {
        connections.breakNext(fault);
        connections.down(true);
        return catchThrowableOfType(UnsettledException.class, () -> store.save(Samples.progress("s1", 1, null)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteNothingToTellThatItIsHealthy(Databases.Kind kind, Databases.Maker databases) {
        try (JdbcStore store = open(databases.url(kind, folder), Duration.ofSeconds(30))) {
            store.insert(Samples.session("s1"));
            String before = latestCommit(store);
            assertThat(store.isHealthy()).isTrue();
            assertThat(latestCommit(store)).isEqualTo(before);
            store.save(Samples.progress("s1", 1, null));
            assertThat(latestCommit(store)).isNotEqualTo(before);
        }
    }

    private static String latestCommit(JdbcStore store) {
        return store.database().read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT name FROM last_commit")) {
                assertThat(found.next()).isTrue();
                String name = found.getString(1);
                assertThat(found.next()).as("a second row").isFalse();
                return name;
            }
        });
    }
}
