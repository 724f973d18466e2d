package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.app.ServeMain;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The command in a process of its own, which is ended kindly and unkindly. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeTest {
    private static final Pattern LISTENS = Pattern.compile("Invigil listens on http://127\\.0\\.0\\.1:(\\d+) .*");

    @TempDir
    Path folder;

    private Process child;
    private BufferedReader said;

    /** Starts the command and answers a client of it once it listens. */
    private Client serve(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServeChild.class.getName(),
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString()));
        command.addAll(List.of(arguments));
        child = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        said = child.inputReader(StandardCharsets.UTF_8);
        StringBuilder before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.matches()) {
                return new Client(Integer.parseInt(listens.group(1)));
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("it did not start: " + before);
    }

    private String restOfOutput() throws IOException, InterruptedException {
        StringBuilder rest = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            rest.append(line).append('\n');
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return rest.toString();
    }

    @AfterEach
    void endChild() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    /** Kills the process while candidates send and hosts review, and looks for everything it had answered for. */
    @Test
    void shouldHaveEverythingItAnsweredForAfterItWasKilled() throws IOException, InterruptedException {
        int kills = Integer.getInteger("invigil.kills", 3);
        Map<String, TreeSet<String>> alertsBySession = new TreeMap<>();
        Map<String, String> reviewByAlert = new TreeMap<>();
        Map<String, Integer> reportsBySession = new TreeMap<>();
        for (int kill = 1; kill <= kills; kill++) {
            Client client = serve();
            checkKept(client, alertsBySession, reviewByAlert, reportsBySession);

            String fresh = client.newSession();
            alertsBySession.put(fresh, new TreeSet<>());
            for (String id : alertsBySession.keySet()) {
                Client.Socket socket = client.dial(id);
                for (String kind : List.of("no_face", "black_screen")) {
                    for (JsonNode alert : socket.frame("open:" + kind).result().get("alerts")) {
                        String alertId = alert.get("alert_id").asString();
                        alertsBySession.get(id).add(alertId);
                        String note = "seen before kill " + kill;
                        review(client, id, alertId, note);
                        reviewByAlert.put(id + " " + alertId, note);
                    }
                }
                String reported = Client.body(
                                client.post("/api/v1/proctoring/alerts/" + id, "{\"type\":\"paste\",\"message\":\"\"}"),
                                200)
                        .get("alert")
                        .get("alert_id")
                        .asString();
                alertsBySession.get(id).add(reported);
                reportsBySession.merge(id, 1, Integer::sum);
                socket.frame("close:no_face close:black_screen"); // Under way when the end comes.
            }
            child.destroyForcibly().waitFor();
        }
        checkKept(serve(), alertsBySession, reviewByAlert, reportsBySession);
        assertThat(alertsBySession.values().stream().mapToInt(TreeSet::size).sum())
                .as("alerts answered for")
                .isGreaterThanOrEqualTo(3 * kills * (kills + 1) / 2);
    }

    private static void review(Client client, String id, String alertId, String note) {
        Client.body(
                client.send(Client.json(
                        client.to("/api/v1/proctoring/alerts/" + id + "/" + alertId),
                        "PATCH",
                        "{\"review_state\":\"reviewed\",\"note\":\"" + note + "\"}")),
                200);
    }

    private static void checkKept(
            Client client,
            Map<String, TreeSet<String>> alertsBySession,
            Map<String, String> reviewByAlert,
            Map<String, Integer> reportsBySession) {
        alertsBySession.forEach((id, answeredFor) -> {
            JsonNode status = client.status(id);
            assertThat(status.get("is_active").asBoolean())
                    .as("session %s goes on", id)
                    .isTrue();
            List<String> kept = new ArrayList<>();
            for (JsonNode alert : Client.body(client.get("/api/v1/proctoring/alerts/" + id), 200)
                    .get("alerts")) {
                String alertId = alert.get("alert_id").asString();
                kept.add(alertId);
                String note = reviewByAlert.get(id + " " + alertId);
                if (note != null) {
                    assertThat(alert.get("review").get("note").asString()).isEqualTo(note);
                }
            }
            assertThat(kept).doesNotHaveDuplicates().containsAll(answeredFor);
            assertThat(reportsBySession.get(id)).isPositive();
        });
    }

    @Test
    void shouldDrainAndSayWhatIsLeftWhenAskedToStop() throws IOException, InterruptedException {
        Client client = serve();
        String id = client.newSession();
        Client.body(client.postEmpty("/api/v1/session/" + client.newSession() + "/end"), 200);
        Client.Socket socket = client.dial(id);
        socket.frame("open:no_face").result();

        child.toHandle().destroy(); // Leaves its output open, as Process.destroy does not.
        assertThat(restOfOutput()).contains("Sessions that go on after the next start: 1.");
        assertThat(socket.closeCode()).isEqualTo(1001);

        client = serve();
        assertThat(client.status(id).get("is_active").asBoolean()).isTrue();
        assertThat(client.status(id).get("alerts")).hasSize(1);
    }

    @Test
    void shouldAskForTheTokensOfTheFileAndKeepItsOwnSecretPrivate() throws IOException {
        Path tokens = Files.writeString(
                folder.resolve("tokens.json"),
                "{\"tokens\":[{\"name\":\"exam\",\"scopes\":[\"host\"],\"token\":\"0123456789abcdef\"}]}");
        Client client = serve("--tokens", tokens.toString());
        assertThat(client.get("/api/v1/sessions").statusCode()).isEqualTo(401);
        assertThat(client.send(client.to("/api/v1/sessions").header("Authorization", "Bearer 0123456789abcdef"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("data").resolve("session-secret"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port 70000                      | 0..65535
            --port abc                        | "abc"
            --prot 1                          | --prot
            --policy lenient                  | interview, closed-book
            --store jdbc:mysql://x/y          | jdbc:sqlite:FILE
            --pages no-such-folder            | pages is "no-such-folder"
            --tokens no-such-file             | tokens file no-such-file
            --max-fps 200                     | 0.0..120.0
            --open maybe                      | true or false
            """)
    void shouldNameABadValueAndWhatIsAllowed(String arguments, String named) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = run(err, Map.of(), (arguments + " --data " + folder.resolve("d")).split(" "));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(named);
        assertThat(code).isEqualTo(2);
    }

    @Test
    void shouldTakeTheEnvironmentsValueUnlessAFlagSaysOtherwise() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(run(err, Map.of("INVIGIL_LANES", "65"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("lanes is \"65\"", "INVIGIL_LANES", "0..64");

        err.reset();
        assertThat(run(err, Map.of("INVIGIL_LANES", "1", "INVIGIL_PORT", "1"), "--lanes", "66"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("lanes is \"66\"", "--lanes");
    }

    @Test
    void shouldShowNoSecretInAnError() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(run(err, Map.of("INVIGIL_STORE", "jdbc:oracle:u/hunter2@x"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("store is").doesNotContain("hunter2");
    }

    @Test
    void shouldRefuseToListenBeyondTheLoopbackInterfaceWithoutTokens() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(run(
                        err,
                        Map.of(),
                        "--host",
                        "0.0.0.0",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("d").toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("0.0.0.0", "loopback");
    }

    private static int run(ByteArrayOutputStream err, Map<String, String> environment, String... arguments) {
        return ServeMain.run(
                arguments,
                environment,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                config -> new FakeEngine());
    }
}
