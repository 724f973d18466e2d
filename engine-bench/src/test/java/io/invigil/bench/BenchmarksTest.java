package io.invigil.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.bench.start.StartProbe;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every benchmark runs once with the check of its answer, so that none of them rots. */
class BenchmarksTest {
    @TempDir
    Path scratch;

    private static final List<String> ALL = List.of(
            "io.invigil.bench.AnswerBenchmark.answer",
            "io.invigil.bench.DecodeBenchmark.decode",
            "io.invigil.bench.EngineBenchmark.offer",
            "io.invigil.bench.FramePathBenchmark.offer",
            "io.invigil.bench.ModelBenchmark.run",
            "io.invigil.bench.RulesBenchmark.judge",
            "io.invigil.bench.RulesBenchmark.makeObservation",
            "io.invigil.bench.RulesBenchmark.observe",
            "io.invigil.bench.StageBenchmark.run",
            "io.invigil.core.vision.PreprocessBenchmark.run");

    @Test
    void shouldListEveryBenchmarkWhenAsked() {
        TreeSet<String> found = new TreeSet<>();
        BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .forEach(entry -> found.add(entry.getUsername()));

        assertThat(found).containsExactlyElementsOf(ALL);
    }

    @Test
    @Timeout(180)
    void shouldRunAndCheckItsAnswerWhenEachBenchmarkRunsOnce() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io\\.invigil\\..*")
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .timeout(TimeValue.seconds(60))
                        .param("framesPerSecond", "5")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark())
                .containsAll(ALL);
        Path file = scratch.resolve("results.json");
        ResultsFile.write(file, results, "abc1234", "./invigil bench --json FILE");
        JsonNode written = JsonMapper.shared().readTree(file);
        assertThat(written.get("commit").asString()).isEqualTo("abc1234");
        assertThat(written.get("machine").asString()).contains("cores").contains("Java ");
        assertThat(written.get("results").size()).isEqualTo(results.size());
        written.get("results").forEach(result -> {
            assertThat(result.get("score").asDouble()).as(result.toString()).isPositive();
            assertThat(result.get("unit").asString()).endsWith("/op");
        });
    }

    @Test
    void shouldSayThatAModeHasNoJsonWhenAskedForIt() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            String file = scratch.resolve("x.json").toString();
            assertThat(BenchMain.run(List.of("load", "--json", file), err, err)).isEqualTo(2);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--json").contains("load");
    }

    @Test
    @Timeout(60)
    void shouldTellEveryStepInOrderWhenAProcessStarts() throws Exception {
        List<byte[]> room = TestFrames.emptyRoom(1280, 720, 2);
        String[] files = new String[room.size()];
        for (int i = 0; i < files.length; i++) {
            files[i] = Files.write(scratch.resolve(i + ".jpg"), room.get(i)).toString();
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            StartProbe.run(files, out);
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll("[0-9]+", "N")))
                .containsExactly("main", "engine", "no_face", "cpu_ms N");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "96,", "96,x", "-1", "99999999999"})
    void shouldSayWhichNumbersOfCandidatesThereMayBeWhenOneMakesNoSense(String candidates) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            assertThat(BenchMain.run(List.of("load", "--candidates", candidates), err, err))
                    .isEqualTo(2);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--candidates is " + candidates, "1 to 10000");
    }

    @Test
    void shouldSayThatOnlyLoadTakesCandidatesWhenAnotherModeIsGivenThem() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            assertThat(BenchMain.run(List.of("frame-cost", "--candidates", "96"), err, err))
                    .isEqualTo(2);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--candidates goes with load, not with frame-cost");
    }

    @Test
    @Timeout(120)
    void shouldTellTheCostOfEachRecordingWhenGivenFoldersOfPictures() throws Exception {
        List<byte[]> pictures = TestFrames.nearFace(640, 480, 10);
        for (String name : List.of("one", "two")) {
            Path folder = Files.createDirectory(scratch.resolve(name));
            for (int i = 0; i < pictures.size(); i++) {
                Files.write(folder.resolve(i + ".jpg"), pictures.get(i));
            }
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            String one = scratch.resolve("one").toString();
            String two = scratch.resolve("two").toString();
            assertThat(BenchMain.run(List.of("recordings", "--quick", one, two), out, out))
                    .isZero();
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.matches("(one|two|median) .*")))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).endsWith(" 100"));
    }

    @ParameterizedTest
    @CsvSource({
        ", wants folders of pictures",
        "/no/such/place, no such folder of pictures: /no/such/place",
        "src/test, 'src/test has 0 pictures *.jpg, must be at least 10'"
    })
    void shouldSayWhatItWantsWhenRecordingsAreNoFolders(String folder, String words) throws Exception {
        List<String> args = folder == null ? List.of("recordings") : List.of("recordings", folder);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            assertThat(BenchMain.run(args, err, err)).isEqualTo(2);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"nothing-of-this-name, no mode or benchmark of the name", "[, is no regular expression"})
    void shouldSayWhatIsWrongWhenNoBenchmarkIsMeant(String pattern, String words) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            assertThat(BenchMain.run(List.of(pattern), System.out, err)).isEqualTo(2);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains(pattern, words)
                .hasLineCount(1);
    }

    @Test
    void shouldSayWhatIsWrongWhenAnOptionIsUnknown() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            assertThat(BenchMain.run(List.of("--speed"), err, err)).isEqualTo(2);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--speed").contains("frame-cost");
    }
}
