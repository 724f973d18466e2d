package io.invigil.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CommandLineTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldEndWithReportPathWhenRecordingIsReplayed() throws Exception {
        Path file = TestVideos.write(folder.resolve("talk.webm"), TestVideos.webm(), TestVideos.steady(20, 3));
        assertThat(run("replay", file.toString(), "--out", folder.resolve("o").toString()))
                .isZero();
        assertThat(text(out))
                .contains("talk.webm: 0 alerts, 15 frames analysed")
                .endsWith("report.html\n");
        assertThat(text(err)).isEqualTo("analysing talk.webm\n");
    }

    @Test
    void shouldSayNothingWhenQuiet() throws Exception {
        Path file = TestVideos.write(folder.resolve("talk.webm"), TestVideos.webm(), TestVideos.steady(20, 3));
        assertThat(run(
                        "replay",
                        "--quiet",
                        file.toString(),
                        "--out",
                        folder.resolve("o").toString()))
                .isZero();
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).isEmpty();
    }

    @Test
    void shouldShowBarWhenOnTerminal() throws Exception {
        Path file = TestVideos.write(folder.resolve("talk.webm"), TestVideos.webm(), TestVideos.steady(20, 3));
        assertThat(run(
                        true,
                        "replay",
                        file.toString(),
                        "--out",
                        folder.resolve("o").toString()))
                .isZero();
        assertThat(text(err)).contains("% ", "x real time", "\r");
    }

    @Test
    void shouldExitWithOneAndOneLineWhenInputFails() {
        String missing = folder.resolve("no\u001b[31m.mp4").toString();
        assertThat(run("replay", missing, "--out", folder.resolve("o").toString()))
                .isEqualTo(1);
        assertThat(text(err).lines().filter(line -> line.startsWith("invigil: ")))
                .singleElement()
                .asString()
                .endsWith("no?[31m.mp4: no such file");
        assertThat(text(err)).doesNotContain("\u001b");
    }

    @Test
    void shouldExitWithTwoWhenUsageIsWrong() {
        assertThat(run("replay", "--fps", "fast")).isEqualTo(2);
        assertThat(run("replay", "--fps", "-1")).isEqualTo(2);
        assertThat(run("replay", "--lanes", "0")).isEqualTo(2);
        assertThat(run("replay", "--threading", "magic")).isEqualTo(2);
        assertThat(run("replay", "--policy", "nonsense")).isEqualTo(2);
        assertThat(run("replay", "--policy", "")).isEqualTo(2);
        assertThat(run("dance")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(text(err))
                .contains(
                        "--fps is fast, must be a number in 0..120",
                        "--fps is -1, must be a number in 0..120",
                        "--lanes is 0, must be a whole number in 1..64",
                        "policy: the name is empty, must be a file's or one of interview, ",
                        "policy nonsense: no preset or file of this name; presets: interview");
    }

    @ParameterizedTest
    @CsvSource({
        "replay, --fps, abc, a number in 0..120",
        "replay, --fps, NaN, a number in 0..120",
        "replay, --fps, 120.5, a number in 0..120",
        "replay, --lanes, two, a whole number in 1..64",
        "replay, --lanes, 2.5, a whole number in 1..64",
        "replay, --lanes, 99999999999, a whole number in 1..64",
        "eval, --fps, abc, a number in 0..120",
        "eval, --min-event, x, a number in 0..3600",
        "eval, --lanes, 65, a whole number in 1..64"
    })
    void shouldNameTheValueAndTheRangeWhenANumberIsWrong(String command, String option, String value, String range) {
        assertThat(run(command, folder.toString(), option, value)).isEqualTo(2);
        assertThat(text(err)).startsWith("invigil: " + option + " is " + value + ", must be " + range + "\n");
    }

    @Test
    void shouldNotTakeTheWorkingFolderWhenANameIsEmpty() {
        assertThat(run("replay", "")).isEqualTo(2);
        assertThat(text(err)).startsWith("invigil: a name is '', must name a file or folder\n");
        assertThat(run("replay", "a.mp4", "--out", "")).isEqualTo(2);
        assertThat(text(err)).contains("it is empty, must name a file or folder");
    }

    @Test
    void shouldSayWhyAPolicyCannotBeReadWhenItIsAFolder() {
        assertThat(run("replay", "--policy", folder.toString())).isEqualTo(2);
        assertThat(run("replay", "--accommodations", folder.resolve("no.json").toString()))
                .isEqualTo(2);
        assertThat(text(err)).contains(folder + ": it is a folder, must be a file", "no.json: no such file or folder");
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, 1, 'invigil: the standard output could not be written in full\n'",
        "Broken pipe, 0, ''"
    })
    void shouldEndWithAnErrorWhenTheOutputGoesNowhereUnlessItsReaderHadEnough(String why, int code, String said) {
        OutputStream nowhere = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
        Console console = new Console(new PrintStream(nowhere), nowhere, new PrintStream(err, true), false);
        assertThat(Main.run(console, config -> new FakeEngine(), "policy", "show", "interview"))
                .isEqualTo(code);
        assertThat(text(err)).isEqualTo(said);
    }

    @Test
    void shouldJudgeWhatIsThereWhenALogIsCutOff() throws Exception {
        Path file = TestVideos.write(folder.resolve("talk.webm"), TestVideos.webm(), TestVideos.steady(20, 3));
        run("replay", file.toString(), "--out", folder.resolve("o").toString());
        String whole = Files.readString(folder.resolve("o/talk/observations.jsonl"));
        Path log = folder.resolve("cut.jsonl");
        Files.writeString(log, whole.substring(0, whole.length() - 40));
        out.reset();
        err.reset();
        assertThat(run("rescore", log.toString(), "--policy", "interview")).isEqualTo(1);
        assertThat(text(out)).contains("0 alerts in 14 frames");
        assertThat(text(err))
                .isEqualTo("invigil: " + log
                        + ": the log is cut off in line 16, as by an analysis that was killed; what lies before is"
                        + " judged\n");
        Files.writeString(log, "x\n", StandardOpenOption.APPEND);
        assertThat(run("rescore", log.toString(), "--policy", "interview")).isEqualTo(1);
        assertThat(text(err)).endsWith("line 16: not a JSON object\n");
    }

    @Test
    void shouldShowAndCheckPoliciesWhenAsked() throws Exception {
        assertThat(run("policy", "show", "strict")).isZero();
        Path file = Files.writeString(folder.resolve("strict.json"), text(out));
        out.reset();
        assertThat(run("policy", "check", file.toString())).isZero();
        assertThat(text(out)).contains("valid, policy strict, SHA-256 ");
        Files.writeString(file, "{\"invigil_policy\":1,\"rules\":{\"no_face\":{\"hold_s\":-1}}}");
        assertThat(run("policy", "check", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains("rules.no_face.hold_s is -1, must be a number in 0..60");
    }

    @Test
    void shouldTellVersionAndHelpWhenAsked() {
        assertThat(run("--version")).isZero();
        assertThat(run("--help")).isZero();
        assertThat(run("replay", "--help")).isZero();
        assertThat(text(out)).contains("invigil ", "Java ", "--threading=MODE", "Exit codes:");
    }

    private int run(String... arguments) {
        return run(false, arguments);
    }

    private int run(boolean terminal, String... arguments) {
        Console console = new Console(new PrintStream(out, true), new PrintStream(err, true), terminal);
        return Main.commandLine(console, config -> new FakeEngine()).execute(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldListTheSettingsThatDifferWhenPoliciesAreCompared() {
        assertThat(run("policy", "diff", "interview", "interview")).isZero();
        assertThat(text(out)).isEmpty();
        assertThat(run("policy", "diff", "interview", "open-book")).isEqualTo(1);
        assertThat(text(out))
                .isEqualTo(
                        "name: \"interview\" -> \"open-book\"\n" + "rules.eyes_looking_away.enabled: true -> false\n");
        assertThat(run("policy", "diff", "interview", "nothing")).isEqualTo(2);
    }

    @Test
    void shouldPutAccommodationsOnRecordWhenTheyAreGranted() throws Exception {
        Path file = TestVideos.write(folder.resolve("talk.webm"), TestVideos.webm(), TestVideos.steady(20, 3));
        Path granted = Files.writeString(folder.resolve("granted.json"), """
                [{"kind": "eyes_looking_away", "relief": "silence", "granted_by": "the office",
                  "granted_at": "2026-11-02T09:00:00Z", "reason": "note <12>"}]""");
        assertThat(run(
                        "replay",
                        file.toString(),
                        "--accommodations",
                        granted.toString(),
                        "--out",
                        folder.resolve("o").toString()))
                .isZero();
        Path results = folder.resolve("o/talk");
        assertThat(Files.readString(results.resolve("summary.json"))).contains("\"granted_by\": \"the office\"");
        assertThat(Files.readString(results.resolve("report.html"))).contains("the office", "note &lt;12&gt;");
        assertThat(Files.readAllLines(results.resolve("observations.jsonl")).get(0))
                .contains("\"granted_by\":\"the office\"");
        assertThat(text(out) + text(err)).doesNotContain("office", "note");
    }

    @Test
    void shouldSayWhatIsWrongWhenALogCannotBeJudged() throws Exception {
        Path log = Files.writeString(folder.resolve("log.jsonl"), "{}\n");
        assertThat(run("rescore", log.toString(), "--policy", "interview")).isEqualTo(1);
        assertThat(run("rescore", folder.resolve("no.jsonl").toString(), "--policy", "interview"))
                .isEqualTo(1);
        assertThat(run("rescore", folder.toString(), "--policy", "interview")).isEqualTo(1);
        assertThat(run("rescore", log.toString())).isEqualTo(2);
        assertThat(text(err))
                .contains(
                        "line 1: the log has no head",
                        "no such file",
                        folder + ": it is a folder, must be a file",
                        "--policy");
    }

    @Test
    void shouldLeaveTheResultsOfAReplayAloneWhenItsLogIsJudgedAgain() throws Exception {
        Path file = TestVideos.write(folder.resolve("talk.webm"), TestVideos.webm(), TestVideos.steady(20, 3));
        Path results = folder.resolve("o/talk");
        run("replay", file.toString(), "--out", folder.resolve("o").toString());
        String log = results.resolve("observations.jsonl").toString();
        String elsewhere = Files.copy(Path.of(log), folder.resolve("log.jsonl")).toString();
        for (String judged : new String[] {log, elsewhere}) {
            assertThat(run("rescore", judged, "--policy", "strict", "--out", results.toString()))
                    .isEqualTo(2);
        }
        // As one that was killed, or is that of the service.
        Files.delete(results.resolve("summary.json"));
        assertThat(run("rescore", log, "--policy", "strict", "--out", results.toString()))
                .isEqualTo(2);
        assertThat(text(err)).contains("--out is " + results + ", which holds the log or a replay's own results");
        assertThat(results.resolve("rescore.json")).doesNotExist();
        Path fresh = folder.resolve("fresh");
        for (int again = 0; again < 2; again++) {
            assertThat(run("rescore", log, "--policy", "strict", "--out", fresh.toString()))
                    .isZero();
        }
        try (var files = Files.list(fresh)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("alerts.jsonl", "events.jsonl", "rescore.json");
        }
    }

    @Test
    void shouldListNoAlertAsVanishedWhenItsKindCannotBeJudged() throws Exception {
        long second = 1_000_000_000L;
        Path file = TestVideos.write(
                folder.resolve("dark.webm"), TestVideos.webm(), TestVideos.steady(20, 12), 2 * second, 10 * second);
        run("replay", file.toString(), "--out", folder.resolve("o").toString());
        String log = folder.resolve("o/dark/observations.jsonl").toString();
        Path slower = Files.writeString(
                folder.resolve("slower.json"), "{\"invigil_policy\":1,\"name\":\"slower\",\"face_interval_s\":1.5}");
        out.reset();
        assertThat(run("rescore", log, "--policy", "interview")).isZero();
        assertThat(text(out)).contains("black_screen").contains("interview: 1 alert in ");
        for (String[] order : new String[][] {{"interview", slower.toString()}, {slower.toString(), "interview"}}) {
            out.reset();
            err.reset();
            assertThat(run("rescore", log, "--policy", order[0], "--diff", order[1]))
                    .isZero();
            assertThat(text(err)).contains("CANNOT rescore black_screen under slower: ");
            assertThat(text(out).lines())
                    .hasSize(2)
                    .anyMatch(line -> line.matches("interview: 1 alert in \\d+ frames, score [0-9.]+"))
                    .anyMatch(line -> line.matches(
                            "slower: 0 alerts in \\d+ frames, score 0.0, partial: without .*black_screen.*"));
        }
    }

    @Test
    void shouldBlameTheOutputFolderWhenARescoreCannotBeWritten() throws Exception {
        Path file = TestVideos.write(folder.resolve("talk.webm"), TestVideos.webm(), TestVideos.steady(20, 3));
        assertThat(run("replay", file.toString(), "--out", folder.resolve("o").toString()))
                .isZero();
        Path log = folder.resolve("o/talk/observations.jsonl");
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
        assertThat(run("rescore", log.toString(), "--policy", "interview", "--out", blocked.toString()))
                .isEqualTo(1);
        assertThat(text(err)).endsWith("invigil: cannot write to " + blocked + ": a file of that name is in the way\n");
    }

    @Test
    void shouldNameTheServiceWhenHelpIsAskedFor() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("serve, bench, test");
    }

    @Test
    void shouldShowNoCharacterThatDrivesATerminalWhenANameHoldsOne() {
        new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true), false)
                .line("a\u001b[1m\u009b31mb\u202ec");
        assertThat(text(out)).isEqualTo("a?[1m?31mb?c\n");
    }
}
