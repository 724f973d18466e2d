package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.server.app.ServeMain;
import io.invigil.testdata.FrameImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command in a process of its own, which is asked to stop, and with settings it cannot use. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeTest {
    @TempDir
    Path folder;

    private ServeProcess process;

    /** Starts the command and answers a client of it once it listens. */
    private Client serve(String... arguments) throws IOException {
        process = ServeProcess.start(folder, ServeChild.class, List.of(arguments));
        return process.client();
    }

    @AfterEach
    void endProcess() {
        if (process != null) {
            process.close();
        }
    }

    @Test
    void shouldDrainAndSayWhatIsLeftWhenAskedToStop() throws IOException, InterruptedException {
        Client client = serve();
        String id = client.newSession();
        Client.body(client.postEmpty("/api/v1/session/" + client.newSession() + "/end"), 200);
        Client.Socket socket = client.dial(id);
        socket.frame("open:no_face").result();

        assertThat(process.stop()).contains("Sessions that go on after the next start: 1.");
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

    @Test
    void shouldShowInItsMetricsHowLongRealFramesTook() throws IOException {
        process = ServeProcess.start(folder, ServeMain.class, List.of());
        Client client = process.client();
        byte[] portrait;
        try (InputStream in = FrameImage.class.getResourceAsStream("faces/obama.jpg")) {
            portrait = in.readAllBytes();
        }
        Client.Socket socket = client.dial(client.newSession());
        for (int i = 0; i < 3; i++) {
            assertThat(socket.frame(portrait).result().get("frame_processed").asBoolean())
                    .isTrue();
        }
        Map<String, Double> values = new HashMap<>();
        client.get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> values.put(
                        line.substring(0, line.lastIndexOf(' ')),
                        Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
        for (String stage : List.of("decode", "face", "gaze", "presence", "rules")) {
            assertThat(values).containsEntry("invigil_stage_seconds_count{stage=\"" + stage + "\"}", 3.0);
            assertThat(values.get("invigil_stage_seconds_sum{stage=\"" + stage + "\"}"))
                    .isPositive();
        }
        assertThat(values)
                .containsEntry("invigil_frame_wait_seconds_count", 3.0)
                .containsEntry("invigil_result_seconds_count", 3.0)
                .containsEntry("invigil_frames_total{outcome=\"analysed\"}", 3.0);
        assertThat(values.get("invigil_native_memory_bytes")).isPositive();
        assertThat(values.get("invigil_store_writes_total{outcome=\"kept\"}")).isPositive();
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
    void shouldOnlyCheckTheSettingsWhenAsked() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path data = folder.resolve("d");
        assertThat(run(err, Map.of(), "--check-settings", "--port", "0", "--data", data.toString()))
                .isZero();
        assertThat(run(err, Map.of(), "--check-settings", "--port", "abc")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("port").contains("abc");
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldShowNoSecretInAnError() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(run(err, Map.of("INVIGIL_STORE", "jdbc:oracle:u/hunter2@x"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("store is").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://127.0.0.1/hook     | whsec_not*base64*hunter2  | must be base64
            http://127.0.0.1/hook     | whsec_==========          | must be base64
            http://hunter2%zz/hook    | 0123456789abcdef          | webhook-url
            http:///hunter2           | 0123456789abcdef          | http://HOST
            """)
    void shouldRefuseAWebhookThatCannotBeSignedOrSentBeforeAnythingStarts(String url, String secret, String named) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path data = folder.resolve("d");
        Map<String, String> settings = Map.of("INVIGIL_WEBHOOK_URL", url, "INVIGIL_WEBHOOK_SECRET", secret);
        assertThat(run(err, settings, "--port", "0", "--data", data.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(named).doesNotContain("hunter2", "====");
        assertThat(data).doesNotExist();
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
