package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.store.CountedStore;
import io.invigil.server.store.Databases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a list of sessions costs the database. */
@ExtendWith(Databases.class)
class SessionListTest {
    private static final int SESSIONS = 9;

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private CountedStore counted;
    private InvigilServer server;
    private Client client;

    private void start(String url) {
        counted = new CountedStore(url);
        server = InvigilServer.builder(engine, counted.store()).port(0).start();
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        counted.close();
        engine.close();
    }

    private List<JsonNode> endedSessions() {
        List<JsonNode> scores = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            String id = client.newSession();
            Client.Socket socket = client.dial(id);
            for (int alert = 0; alert <= i; alert++) {
                socket.frame("open:no_face").result();
                socket.frame("close:no_face").result();
            }
            client.postEmpty("/api/v1/session/" + id + "/end");
            scores.add(0, Client.body(client.get("/api/v1/session/" + id + "/score"), 200));
        }
        return scores;
    }

    private List<JsonNode> listedScores() {
        List<JsonNode> scores = new ArrayList<>();
        Client.body(client.get("/api/v1/sessions"), 200)
                .get("sessions")
                .forEach(session -> scores.add(session.get("score")));
        return scores;
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadNothingButTheListOfSessionsThatAreOver(Databases.Kind kind, Databases.Maker databases) {
        String url = databases.url(kind, folder);
        start(url);
        List<JsonNode> scores = endedSessions();
        assertThat(scores.get(0).get("points").asDouble()).isPositive();
        server.close();
        counted.close();
        start(url); // It remembers nothing.

        counted.forget();
        assertThat(listedScores()).isEqualTo(scores);
        assertThat(counted.statements()).singleElement().asString().contains("FROM session");
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatEndedUnderAnEarlierProgramOnce(Databases.Kind kind, Databases.Maker databases)
            throws SQLException {
        String url = databases.url(kind, folder);
        start(url);
        endedSessions();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE session SET score = NULL");
        }
        List<JsonNode> counts = listedScores();
        assertThat(counts).hasSize(SESSIONS);
        assertThat(counts.get(0).get("terms").get(0).get("alert_ids")).hasSize(SESSIONS);

        counted.forget();
        assertThat(listedScores()).isEqualTo(counts);
        assertThat(counted.statements()).hasSize(1);
    }
}
