package io.invigil.server.store;

import static io.invigil.server.store.Samples.SECOND;
import static io.invigil.server.store.Samples.START_NS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.FrameCounts;
import io.invigil.api.Severity;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.MemoryStore;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.record.StoreException;
import io.invigil.server.record.TraceSpan;
import io.invigil.server.webhook.Announcer;
import io.invigil.wire.ReviewView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the port promises, held by everything that implements it. */
@ParameterizedClass(name = "{0}")
@EnumSource(RecordStoreTest.Kind.class)
@ExtendWith(Databases.class)
class RecordStoreTest {
    enum Kind {
        MEMORY,
        SQLITE,
        POSTGRESQL
    }

    @Parameter
    Kind kind;

    @TempDir
    Path folder;

    private String url;
    private RecordStore store;

    @BeforeEach
    void openStore(Databases.Maker databases) {
        if (kind == Kind.MEMORY) {
            store = new MemoryStore();
            return;
        }
        url = databases.url(Databases.Kind.valueOf(kind.name()), folder);
        store = open();
    }

    private JdbcStore open() {
        return JdbcStore.open(StoreSettings.at(url), Announcer.SILENT, StoreMeter.NONE);
    }

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    /** What is read back must come from the disk, so the store is opened anew where it has one. */
    private void reopen() {
        if (kind != Kind.MEMORY) {
            store.close();
            store = open();
        }
    }

    @Test
    void shouldGiveBackASessionAsItWas() {
        SessionRecord session = Samples.session("s1");
        store.insert(session);
        reopen();

        assertThat(store.session("s1")).contains(session);
        assertThat(store.session("s2")).isEmpty();
        assertThat(store.snapshot("s1")).isEmpty();
        assertThat(store.isHealthy()).isTrue();
    }

    @Test
    void shouldRefuseASecondSessionWithAnIdAndKeepTheFirst() {
        SessionRecord session = Samples.session("s1");
        store.insert(session);

        assertThatThrownBy(() -> store.insert(Samples.session("s1", START_NS + 5)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("s1");
        assertThat(store.session("s1")).contains(session);
    }

    @Test
    void shouldKeepAllOfAChange() {
        store.insert(Samples.session("s1"));
        byte[] snapshot = {1, 0, -1, 127, -128};
        SessionProgress progress =
                Samples.progress("s1", 2, snapshot, Samples.alert("s1", 1, AlertPhase.OPENED, START_NS + 2 * SECOND));
        store.save(progress);
        reopen();

        SessionRecord session = store.session("s1").orElseThrow();
        assertThat(session).isEqualTo(Samples.session("s1").at(progress));
        assertThat(session.frames()).isEqualTo(new FrameCounts(3, 2, 0, 1, 0, 0, 0));
        assertThat(store.snapshot("s1").orElseThrow()).containsExactly(snapshot);
        assertThat(store.alerts("s1", AlertFilter.ALL)).isEqualTo(progress.alerts());
        assertThat(store.events("s1")).isEqualTo(progress.events());
        assertThat(store.trace("s1")).isEqualTo(progress.trace());
    }

    @Test
    void shouldKeepTheSnapshotBeforeWhenAChangeHasNone() {
        store.insert(Samples.session("s1"));
        store.save(Samples.progress("s1", 1, new byte[] {1}));
        store.save(Samples.progress("s1", 2, null));
        reopen();

        assertThat(store.snapshot("s1").orElseThrow()).containsExactly(1);
        assertThat(store.events("s1")).containsExactly(Samples.event(1), Samples.event(2));
        assertThat(store.trace("s1")).containsExactly(Samples.point(1), Samples.point(2));
    }

    @Test
    void shouldTellFromWhenToWhenATraceReaches() {
        store.insert(Samples.session("s1"));
        store.insert(Samples.session("s2"));
        assertThat(store.traceSpan("s1")).isEmpty();
        for (int step = 1; step <= 12; step++) {
            store.save(Samples.progress("s1", step, null));
        }
        store.save(Samples.progress("s2", 50, null));
        reopen();

        assertThat(store.traceSpan("s1")).contains(new TraceSpan(START_NS + SECOND, START_NS + 12 * SECOND));
        assertThat(store.traceSpan("nobody")).isEmpty();
    }

    @Test
    void shouldRefuseAChangeOfAnUnknownSessionWhole() {
        assertThatThrownBy(() -> store.save(Samples.progress("nobody", 1, new byte[] {1})))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nobody");
        assertThat(store.events("nobody")).isEmpty();
        assertThat(store.isHealthy()).isTrue();
    }

    @Test
    void shouldLetAnAlertGoOnWithoutTouchingItsReviewAndEvidence() {
        store.insert(Samples.session("s1"));
        store.save(Samples.progress("s1", 1, null, Samples.alert("s1", 1, AlertPhase.OPENED, START_NS + 2 * SECOND)));
        ReviewView review = new ReviewView("dismissed", "a poster", "Zoë", "2026-11-25T16:00:00.000Z");
        assertThat(store.review("s1", "no_face-1", before -> review)
                        .orElseThrow()
                        .review())
                .isEqualTo(review);
        store.saveEvidence("s1", "no_face-1", new byte[] {9, 8});
        store.saveEvidence("s1", "no_face-1", new byte[] {9, 8, 7});
        store.save(Samples.progress("s1", 2, null, Samples.alert("s1", 1, AlertPhase.CLOSED, START_NS + 9 * SECOND)));
        reopen();

        AlertRecord kept = store.alert("s1", "no_face-1").orElseThrow();
        assertThat(kept.alert().phase()).isEqualTo(AlertPhase.CLOSED);
        assertThat(kept.alert().endNs()).isEqualTo(START_NS + 9 * SECOND);
        assertThat(kept.changedNs()).isEqualTo(START_NS + 9 * SECOND);
        assertThat(kept.openedNs()).isEqualTo(START_NS + SECOND + 7);
        assertThat(kept.review()).isEqualTo(review);
        assertThat(kept.hasEvidence()).isTrue();
        assertThat(store.evidence("s1", "no_face-1").orElseThrow()).containsExactly(9, 8, 7);
        assertThat(store.evidence("s1", "no_face-2")).isEmpty();
        assertThat(store.review("s1", "no_face-2", before -> review)).isEmpty();
    }

    @Test
    void shouldAnswerTheNewestAlertsAskedForInTheOrderTheyOpened() {
        store.insert(Samples.session("s1"));
        store.insert(Samples.session("s2"));
        for (int number = 1; number <= 6; number++) {
            store.save(Samples.progress(
                    "s1",
                    number,
                    null,
                    Samples.alert("s1", number, AlertPhase.CLOSED, START_NS + 10 * number * SECOND)));
        }
        store.save(Samples.progress("s2", 1, null, Samples.alert("s2", 1, AlertPhase.OPENED, START_NS + SECOND)));
        reopen();

        assertThat(sequences(AlertFilter.ALL)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(sequences(new AlertFilter(2, 4, Long.MIN_VALUE, Optional.empty(), Optional.empty())))
                .containsExactly(2L, 3L);
        assertThat(sequences(AlertFilter.newest(2))).containsExactly(5L, 6L);
        assertThat(sequences(new AlertFilter(
                        100, Long.MAX_VALUE, START_NS + 40 * SECOND, Optional.of(AlertType.NO_FACE), Optional.empty())))
                .containsExactly(5L);
        assertThat(sequences(new AlertFilter(
                        100, Long.MAX_VALUE, Long.MIN_VALUE, Optional.empty(), Optional.of(Severity.HIGH))))
                .containsExactly(2L, 4L, 6L);
        assertThat(store.alerts("nobody", AlertFilter.ALL)).isEmpty();
    }

    private List<Long> sequences(AlertFilter filter) {
        return store.alerts("s1", filter).stream().map(AlertRecord::sequence).toList();
    }

    @Test
    void shouldPageThroughSessionsNewestFirstWithoutGapOrRepeat() {
        for (int i = 0; i < 7; i++) {
            store.insert(Samples.session("s" + i, START_NS + i / 2 * SECOND));
        }
        store.save(Samples.ended("s3", 9));
        reopen();

        List<String> expected = List.of("s6", "s4", "s5", "s2", "s3", "s0", "s1");
        assertThat(ids(store.sessions(Optional.empty(), 100, Optional.empty()))).isEqualTo(expected);
        List<SessionRecord> first = store.sessions(Optional.empty(), 3, Optional.empty());
        List<SessionRecord> second =
                store.sessions(Optional.empty(), 3, Optional.of(first.get(2).key()));
        List<SessionRecord> third =
                store.sessions(Optional.empty(), 3, Optional.of(second.get(2).key()));
        assertThat(ids(first)).isEqualTo(expected.subList(0, 3));
        assertThat(ids(second)).isEqualTo(expected.subList(3, 6));
        assertThat(ids(third)).isEqualTo(expected.subList(6, 7));
        assertThat(ids(store.sessions(Optional.of(SessionRecord.State.ENDED), 10, Optional.empty())))
                .containsExactly("s3");
        assertThat(store.session("s3").orElseThrow().endNs()).isEqualTo(OptionalLong.of(START_NS + 9 * SECOND));
        assertThat(ids(store.liveSessions())).containsExactly("s1", "s0", "s2", "s5", "s4", "s6");
    }

    @Test
    void shouldKeepTheScoreOfASessionThatIsOver() {
        store.insert(Samples.session("s1"));
        store.insert(Samples.session("s2"));
        store.save(Samples.progress("s1", 1, null));
        assertThat(store.session("s1").orElseThrow().score()).isEmpty();
        store.save(Samples.ended("s1", 9));
        store.saveScore("s2", Samples.score());
        store.saveScore("nobody", Samples.score());
        reopen();

        assertThat(store.session("s1").orElseThrow().score()).contains(Samples.score());
        assertThat(store.sessions(Optional.empty(), 2, Optional.empty()))
                .extracting(SessionRecord::score)
                .containsExactly(Optional.of(Samples.score()), Optional.of(Samples.score()));
        assertThat(store.session("nobody")).isEmpty();
    }

    private static List<String> ids(List<SessionRecord> sessions) {
        return sessions.stream().map(SessionRecord::id).toList();
    }

    @Test
    void shouldKeepWhatManyWriteAtOnce() {
        int sessions = 8;
        int steps = 25;
        IntStream.range(0, sessions).parallel().forEach(i -> {
            store.insert(Samples.session("s" + i));
            for (int step = 1; step <= steps; step++) {
                store.save(Samples.progress(
                        "s" + i,
                        step,
                        new byte[] {(byte) step},
                        Samples.alert("s" + i, step, AlertPhase.CLOSED, START_NS + 99 * SECOND)));
                store.audit(new AuditEntry(Instant.ofEpochSecond(step), "host", "report", "s" + i, "x"));
            }
        });
        reopen();

        for (int i = 0; i < sessions; i++) {
            assertThat(store.alerts("s" + i, AlertFilter.ALL)).hasSize(steps);
            assertThat(store.events("s" + i)).hasSize(steps);
            assertThat(store.snapshot("s" + i).orElseThrow()).containsExactly(steps);
        }
    }
}
