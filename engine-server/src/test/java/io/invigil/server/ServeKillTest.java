package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.SessionEvent;
import io.invigil.server.app.ServeMain;
import io.invigil.server.record.AuditEntry;
import io.invigil.server.record.StoreException;
import io.invigil.server.store.Databases;
import io.invigil.server.store.JdbcStore;
import io.invigil.server.store.StoreMeter;
import io.invigil.server.store.StoreSettings;
import io.invigil.server.webhook.Announcer;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ImageCoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * The whole server is killed with {@code kill -9} at random moments while candidates send and hosts report, review, pause and
 * end, again and again on one database: what it had answered for is there, and sessions go on. Twice by default, around an engine
 * that reads what it sees from words; {@code -Dinvigil.kills=50} for more, a fifth as many on PostgreSQL, {@code -Dinvigil.realFrames=true} for the real engine
 * and pictures, {@code -Dinvigil.seed=N} for other moments.
 */
@ExtendWith(Databases.class)
class ServeKillTest {
    private static final int KILLS = Integer.getInteger("invigil.kills", 2);
    private static final boolean REAL = Boolean.getBoolean("invigil.realFrames");
    private static final int CANDIDATES = 3;
    private static final int SESSIONS_EACH = 2;
    private static final long STEP_NS = 500_000_000;
    private static final List<String> WORDS = List.of("open:no_face", "", "open:black_screen", "close:no_face", "");

    @TempDir
    Path folder;

    /** What was answered for in one session. A word is taken back before a call that would change it. */
    private static final class Session {
        private final Set<String> alerts = ConcurrentHashMap.newKeySet();
        private final Map<String, String> notes = new ConcurrentHashMap<>();
        private final AtomicInteger pauses = new AtomicInteger();
        private volatile String state = "active";
    }

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong frames = new AtomicLong();
    private volatile boolean killed;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void shouldHaveEverythingItAnsweredForWhenKilled(Databases.Kind kind, Databases.Maker databases)
            throws IOException, InterruptedException, SQLException {
        String url = databases.url(kind, folder);
        Random random = new Random(Long.getLong("invigil.seed", 20_261_125L));
        List<byte[]> pictures =
                REAL ? realPictures() : WORDS.stream().map(FakeEngine::picture).toList();
        int kills = kind == Databases.Kind.SQLITE ? KILLS : Math.max(2, KILLS / 5);
        for (int kill = 1; kill <= kills; kill++) {
            try (ServeProcess process = serve(url)) {
                check(process.client());
                run(process, pictures, (REAL ? 1_500 : 300) + random.nextInt(REAL ? 4_000 : 2_200));
            }
            assertThat(faults).as("before kill %d", kill).isEmpty();
        }
        try (ServeProcess process = serve(url)) {
            check(process.client());
        }
        checkRecords(kind, url);
        int alerts = sessions.values().stream()
                .mapToInt(session -> session.alerts.size())
                .sum();
        System.out.printf(
                "ServeKillTest %s, %s: %d kills; %d frames, %d sessions, %d alerts, %d reviews, %d pauses answered for,"
                        + " none lost; %d sessions go on%n",
                kind,
                REAL ? "real frames" : "words for frames",
                kills,
                frames.get(),
                sessions.size(),
                alerts,
                sessions.values().stream()
                        .mapToInt(session -> session.notes.size())
                        .sum(),
                sessions.values().stream()
                        .mapToInt(session -> session.pauses.get())
                        .sum(),
                sessions.values().stream()
                        .filter(session -> !"ended".equals(session.state))
                        .count());
        assertThat(alerts).isPositive();
        assertThat(sessions).hasSizeGreaterThanOrEqualTo(CANDIDATES);
    }

    private ServeProcess serve(String url) throws IOException, InterruptedException {
        // PostgreSQL notices a killed client, and frees its lock, when it next speaks to it.
        for (int tries = 1; ; tries++) {
            try {
                return ServeProcess.start(
                        folder,
                        REAL ? ServeMain.class : ServeChild.class,
                        List.of(
                                "--store", url,
                                "--save-millis", "200",
                                "--requests-per-second", "100000",
                                "--request-burst", "100000"));
            } catch (AssertionError busy) {
                if (tries == 50 || !busy.getMessage().contains("in use")) {
                    throw busy;
                }
                Thread.sleep(100);
            }
        }
    }

    /** A covered camera, then a candidate, then an empty room. */
    private static List<byte[]> realPictures() throws IOException {
        byte[] portrait;
        try (InputStream in = FrameImage.class.getResourceAsStream("faces/obama.jpg")) {
            portrait = in.readAllBytes();
        }
        byte[] black = ImageCoding.jpeg(new FrameImage(640, 480, new byte[640 * 480 * 3], 0), 0.8);
        byte[] noise = new byte[640 * 480 * 3];
        new Random(5).nextBytes(noise);
        byte[] room = ImageCoding.jpeg(new FrameImage(640, 480, noise, 0), 0.8);
        List<byte[]> pictures = new ArrayList<>();
        for (byte[] picture : List.of(black, portrait, room)) {
            for (int i = 0; i < 4; i++) {
                pictures.add(picture);
            }
        }
        return pictures;
    }

    // ---- load

    private void run(ServeProcess process, List<byte[]> pictures, int afterMs) throws InterruptedException {
        killed = false;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CANDIDATES; i++) {
            int candidate = i;
            Thread thread = new Thread(() -> attend(process.client(), candidate, pictures), "candidate-" + i);
            thread.start();
            threads.add(thread);
        }
        Thread.sleep(afterMs);
        killed = true;
        process.kill();
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private void attend(Client client, int candidate, List<byte[]> pictures) {
        try {
            for (int turn = 0; ; turn++) {
                for (String id : own(client, candidate)) {
                    interview(client, id, pictures, turn);
                }
            }
        } catch (AssertionError | RuntimeException failure) {
            if (!killed) {
                faults.add(failure);
            }
        }
    }

    /** The candidate's sessions: some that went through kills, the eldest ended to make room for a new one. */
    private List<String> own(Client client, int candidate) {
        String mine = "candidate-" + candidate;
        List<String> live = new ArrayList<>();
        for (JsonNode session : Client.body(client.get("/api/v1/sessions?state=active&limit=100"), 200)
                .get("sessions")) {
            String id = session.get("session_id").asString();
            if (session.get("candidate_name").asString().equals(mine) && sessions.containsKey(id)) {
                live.add(id);
            }
        }
        if (live.size() >= SESSIONS_EACH) {
            String eldest = live.remove(live.size() - 1);
            Session session = sessions.get(eldest);
            session.state = null;
            Client.body(client.postEmpty("/api/v1/session/" + eldest + "/end"), 200);
            session.state = "ended";
        }
        String fresh = client.create("{\"candidate_name\":\"" + mine + "\",\"interview_type\":\"kill\"}")
                .get("session_id")
                .asString();
        sessions.put(fresh, new Session());
        live.add(fresh);
        return live;
    }

    private void interview(Client client, String id, List<byte[]> pictures, int turn) {
        Session session = sessions.get(id);
        Client.Socket socket = client.dial(id, List.of(), List.of("invigil.timed.v1"));
        for (int i = 0; i < pictures.size(); i++) {
            byte[] picture = pictures.get(i);
            JsonNode result = socket.frame(ByteBuffer.allocate(8 + picture.length)
                            .putLong(i * STEP_NS)
                            .put(picture)
                            .array())
                    .result();
            frames.incrementAndGet();
            for (JsonNode alert : result.get("alerts")) {
                String alertId = alert.get("alert_id").asString();
                session.alerts.add(alertId);
                review(client, id, alertId, "seen in turn " + turn);
            }
        }
        session.alerts.add(Client.body(
                        client.post("/api/v1/proctoring/alerts/" + id, "{\"type\":\"paste\",\"message\":\"\"}"), 200)
                .get("alert")
                .get("alert_id")
                .asString());
        pause(client, id, "pause", "paused");
        session.pauses.incrementAndGet();
        pause(client, id, "resume", "active");
        socket.close();
    }

    private void review(Client client, String id, String alertId, String note) {
        Session session = sessions.get(id);
        session.notes.remove(alertId);
        Client.body(
                client.send(Client.json(
                        client.to("/api/v1/proctoring/alerts/" + id + "/" + alertId),
                        "PATCH",
                        "{\"review_state\":\"reviewed\",\"note\":\"" + note + "\"}")),
                200);
        session.notes.put(alertId, note);
    }

    private void pause(Client client, String id, String call, String state) {
        Session session = sessions.get(id);
        session.state = null;
        Client.body(client.postEmpty("/api/v1/session/" + id + "/" + call), 200);
        session.state = state;
    }

    // ---- what is there afterwards

    private void check(Client client) {
        sessions.forEach((id, session) -> {
            String state = client.status(id).get("state").asString();
            if (session.state == null) {
                session.state = state; // The call was under way; it took effect or did not.
            }
            assertThat(state).as("state of %s", id).isEqualTo(session.state);
            if (state.equals("paused")) {
                pause(client, id, "resume", "active");
            }
            List<String> kept = new ArrayList<>();
            for (JsonNode alert : alerts(client, id)) {
                String alertId = alert.get("alert_id").asString();
                kept.add(alertId);
                String note = session.notes.get(alertId);
                if (note != null) {
                    assertThat(alert.get("review").get("note").asString()).isEqualTo(note);
                }
            }
            assertThat(kept).as("alerts of %s", id).doesNotHaveDuplicates().containsAll(session.alerts);
        });
    }

    private static List<JsonNode> alerts(Client client, String id) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = Client.body(client.get("/api/v1/proctoring/alerts/" + id + "?limit=1000" + cursor), 200);
            page.get("alerts").forEach(all::add);
            cursor = page.get("next_cursor").isNull()
                    ? null
                    : "&cursor=" + page.get("next_cursor").asString();
        }
        return all;
    }

    /** What no call shows, in the database itself. */
    private void checkRecords(Databases.Kind kind, String url) throws SQLException, InterruptedException {
        try (JdbcStore store = openOnceFree(url)) {
            sessions.forEach((id, session) -> {
                List<String> actions =
                        store.auditLog(id).stream().map(AuditEntry::action).toList();
                assertThat(actions).as("audit log of %s", id).contains("create");
                assertThat(actions.stream().filter("pause"::equals).count())
                        .as("pauses of %s in the audit log", id)
                        .isGreaterThanOrEqualTo(session.pauses.get());
                if (REAL) {
                    assertThat(store.events(id).stream()
                                    .filter(event -> event.kind() == SessionEvent.Kind.PAUSED)
                                    .count())
                            .as("pauses of %s among its events", id)
                            .isGreaterThanOrEqualTo(session.pauses.get());
                }
            });
        }
        if (kind == Databases.Kind.SQLITE) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(answer.next()).isTrue();
                assertThat(answer.getString(1)).isEqualTo("ok");
            }
        }
    }

    private static JdbcStore openOnceFree(String url) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return JdbcStore.open(StoreSettings.at(url), Announcer.SILENT, StoreMeter.NONE);
            } catch (StoreException busy) {
                if (tries == 50 || !busy.getMessage().contains("in use")) {
                    throw busy;
                }
                Thread.sleep(100);
            }
        }
    }
}
