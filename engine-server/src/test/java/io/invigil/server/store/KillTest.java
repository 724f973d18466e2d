package io.invigil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.SessionRecord;
import io.invigil.server.webhook.Announcer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the store acknowledged is there after {@code kill -9} at any moment, under load, again and again on the same
 * database. Three kills by default; {@code -Dinvigil.kills=50} for more, {@code -Dinvigil.seed=N} for other moments.
 */
@ExtendWith(Databases.class)
class KillTest {
    private static final int KILLS = Integer.getInteger("invigil.kills", 3);

    @TempDir
    Path folder;

    private final Map<String, Integer> steps = new HashMap<>();
    private final Map<String, Integer> pictures = new HashMap<>();
    private final Set<String> ended = new HashSet<>();

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void shouldHaveKeptWhatItAcknowledgedWhenKilled(Databases.Kind kind, Databases.Maker databases)
            throws IOException, InterruptedException, SQLException {
        String url = databases.url(kind, folder);
        String seed = System.getProperty("invigil.seed", "");
        Random random = new Random(seed.matches("-?\\d+") ? Long.parseLong(seed) : 20_261_125L);
        for (int kill = 1; kill <= KILLS; kill++) {
            runAndKill(url, "k" + kill + "-", random.nextInt(1_500));
            if (kind == Databases.Kind.SQLITE) {
                assertThat(integrity(url)).isEqualTo("ok");
            }
            check(url);
        }
        assertThat(steps).as("sessions that were acknowledged").hasSizeGreaterThan(KILLS);
        System.out.printf(
                "KillTest %s: %d kills, %d sessions, %d changes, %d pictures acknowledged, none lost%n",
                kind,
                KILLS,
                steps.size(),
                steps.values().stream().mapToInt(Integer::intValue).sum(),
                pictures.size());
    }

    private void runAndKill(String url, String prefix, int afterMs) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CrashWriter.class.getName(),
                        url,
                        prefix)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("READY");
            Thread killer = new Thread(() -> {
                try {
                    Thread.sleep(afterMs);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                child.toHandle().destroyForcibly(); // SIGKILL; the process object would close what it said, too.
            });
            killer.start();
            String line = said.readLine();
            while (line != null) {
                note(line.split(" "));
                line = said.readLine();
            }
            killer.join();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** A line that the kill cut short names something that was acknowledged all the same, or is no line at all. */
    private void note(String[] words) {
        switch (words[0]) {
            case "S" -> steps.putIfAbsent(words[1], 0);
            case "P" -> steps.merge(words[1], Integer.parseInt(words[2]), Math::max);
            case "E" -> pictures.put(words[1] + " no_face-" + words[2], Integer.parseInt(words[2]));
            case "X" -> ended.add(words[1]);
            default -> throw new IllegalStateException("the writer said " + words[0]);
        }
    }

    private static String integrity(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
            return answer.next() ? answer.getString(1) : "no answer";
        }
    }

    private void check(String url) throws InterruptedException {
        try (JdbcStore store = openOnceFree(url)) {
            steps.forEach((id, step) -> checkSession(store, id, step));
            pictures.forEach((key, value) -> {
                String[] parts = key.split(" ");
                assertThat(store.evidence(parts[0], parts[1]).orElseThrow()).containsExactly(value);
            });
            Set<String> live = new HashSet<>();
            store.liveSessions().forEach(session -> live.add(session.id()));
            assertThat(ended)
                    .allSatisfy(id ->
                            assertThat(store.session(id).orElseThrow().state()).isEqualTo(SessionRecord.State.ENDED));
            ended.forEach(id -> assertThat(live).doesNotContain(id));
        }
    }

    /** PostgreSQL notices a killed client, and frees its lock, when it next speaks to it. */
    private static JdbcStore openOnceFree(String url) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return JdbcStore.open(StoreSettings.at(url), Announcer.SILENT, StoreMeter.NONE);
            } catch (io.invigil.server.record.StoreException busy) {
                if (tries == 50 || !busy.getMessage().contains("in use")) {
                    throw busy;
                }
                Thread.sleep(100);
            }
        }
    }

    private static void checkSession(JdbcStore store, String id, int step) {
        // The change under way when the kill came may or may not be there, but whole.
        int kept =
                store.snapshot(id).map(bytes -> ByteBuffer.wrap(bytes).getInt()).orElse(0);
        assertThat(kept).as("last step of %s", id).isBetween(step, step + 1);
        List<Alert> alerts = store.alerts(id, AlertFilter.ALL).stream()
                .map(record -> record.alert())
                .toList();
        assertThat(alerts).hasSize(kept);
        for (int i = 0; i < kept; i++) {
            assertThat(alerts.get(i).phase()).isEqualTo(i == kept - 1 ? AlertPhase.OPENED : AlertPhase.CLOSED);
        }
        assertThat(store.events(id)).hasSize(kept);
        assertThat(store.trace(id)).hasSize(kept);
        if (kept > 0 && store.session(id).orElseThrow().state().isLive()) {
            assertThat(store.session(id).orElseThrow().lastMediaNs())
                    .isEqualTo(Samples.START_NS + kept * Samples.SECOND);
        }
    }
}
