package io.invigil.replay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Frame;
import io.invigil.api.OfferResult;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Rotation;
import io.invigil.api.SessionConfig;
import io.invigil.api.ThreadingMode;
import io.invigil.replay.FakeEngine;
import io.invigil.replay.TestVideos;
import io.invigil.replay.media.JoinedRecording;
import io.invigil.replay.media.VideoSettings;
import io.invigil.report.log.JournalParser;
import io.invigil.report.log.JournalWriter;
import io.invigil.report.log.LoggedObservation;
import io.invigil.report.log.RecordingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class ReplayRunnerTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<String> moves = new ArrayList<>();

    @Test
    void shouldWriteEverythingWhenRecordingIsReplayed() throws Exception {
        Path file = darkInTheMiddle("talk.mp4");
        ReplayReport report = replay(options(true, file));
        assertThat(report.isClean()).isTrue();
        Path out = folder.resolve("out/talk");
        assertThat(Files.readString(out.resolve("alerts.jsonl")))
                .isEqualTo(
                        "{\"id\":\"black_screen-1\",\"type\":\"black_screen\",\"severity\":\"high\",\"start_s\":2.000,"
                                + "\"end_s\":4.000,\"message\":\"The camera was dark.\",\"confidence\":0.9,\"evidence\":{\"frame\":10,"
                                + "\"time_s\":2.000,\"picture\":\"evidence/black_screen-1.jpg\"},\"details\":{\"state\":\"black\"}}\n");
        assertThat(Files.readString(out.resolve("events.jsonl"))).contains("\"kind\":\"not_calibrated\"");
        assertThat(Files.readAllBytes(out.resolve("evidence/black_screen-1.jpg")))
                .startsWith(0xff, 0xd8);
        assertThat(Files.readString(out.resolve("report.html"))).contains("talk.mp4", "data:image/jpeg;base64,");
        JsonNode summary = summary("talk");
        assertThat(summary.get("frames").get("decoded").asLong()).isEqualTo(120);
        assertThat(summary.get("frames").get("analysed").asLong()).isEqualTo(30);
        assertThat(summary.get("frames").get("adds_up").asBoolean()).isTrue();
        List<String> lines = Files.readAllLines(out.resolve("observations.jsonl"));
        assertThat(lines).hasSize(31);
        JournalParser parser = new JournalParser();
        assertThat(JournalWriter.write(parser.head(lines.get(0)))).isEqualTo(lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            assertThat(JournalWriter.write(parser.entry(line))).isEqualTo(line);
        }
    }

    @Test
    void shouldWriteTheSameBytesWhenReplayedAgainAlongsideOthers() throws Exception {
        Path file = darkInTheMiddle("same.mp4");
        replay(options(false, file));
        byte[] alerts = Files.readAllBytes(folder.resolve("out/same/alerts.jsonl"));
        byte[] observations = Files.readAllBytes(folder.resolve("out/same/observations.jsonl"));
        assertThat(alerts).isNotEmpty();
        for (int run = 0; run < 5; run++) {
            replay(options(false, file, file, file));
            for (String name : List.of("same", "same-2", "same-3")) {
                assertThat(Files.readAllBytes(
                                folder.resolve("out").resolve(name).resolve("alerts.jsonl")))
                        .isEqualTo(alerts);
                assertThat(Files.readAllBytes(
                                folder.resolve("out").resolve(name).resolve("observations.jsonl")))
                        .isEqualTo(observations);
            }
        }
    }

    @Test
    void shouldKeepTheResultsOfAnotherRecordingWhenItHasTheSameName() throws Exception {
        Files.createDirectories(folder.resolve("monday"));
        Files.createDirectories(folder.resolve("tuesday"));
        Path monday = darkInTheMiddle("monday/talk.mp4");
        Path tuesday = TestVideos.write(folder.resolve("tuesday/talk.mp4"), TestVideos.mp4(), TestVideos.steady(20, 3));
        replay(options(false, monday));
        byte[] report = Files.readAllBytes(folder.resolve("out/talk/report.html"));

        assertThat(replay(options(false, tuesday)).folders()).containsExactly(folder.resolve("out/talk-2"));

        assertThat(moves).containsExactly("tuesday/talk.mp4: talk -> talk-2");
        assertThat(Files.readAllBytes(folder.resolve("out/talk/report.html"))).isEqualTo(report);
        assertThat(summary("talk").get("recording_sha256").asString()).hasSize(64);
        assertThat(summary("talk-2").get("frames").get("decoded").asLong()).isEqualTo(60);

        // Each finds its own again, also after it was moved, and also beside the other.
        Path moved = Files.move(monday, folder.resolve("talk.mp4"));
        assertThat(replay(options(false, tuesday, moved)).folders())
                .containsExactly(folder.resolve("out/talk-2"), folder.resolve("out/talk"));
        assertThat(folder.resolve("out/talk-3")).doesNotExist();
    }

    @Test
    void shouldTellRecordingsOfOneLengthApartByWhatTheyHold() throws Exception {
        Path file = darkInTheMiddle("talk.mp4");
        replay(options(false, file));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(replay(options(false, file)).folders()).containsExactly(folder.resolve("out/talk-2"));
    }

    @Test
    void shouldOfferAFrameAgainWhenThereWasNoRoomForIt() throws Exception {
        AtomicInteger offers = new AtomicInteger();
        ReplayReport report = replayRefusing(frame ->
                offers.incrementAndGet() % 4 == 0 ? Optional.of(OfferResult.REJECTED_BACKPRESSURE) : Optional.empty());
        assertThat(offers).hasValueGreaterThan(30);
        assertThat(report.isClean()).isTrue();
        assertRefused(30, 0);
    }

    @Test
    void shouldTellHowManyFramesWereRefused() throws Exception {
        ReplayReport report = replayRefusing(frame ->
                frame.timestampNs() < 5 * SECOND ? Optional.empty() : Optional.of(OfferResult.REJECTED_INVALID));
        assertThat(report.isClean()).isFalse();
        assertRefused(25, 5, "5 frames were refused and not analysed: FRAME_TOO_LARGE: the frame is too large");
    }

    @Test
    void shouldGiveAFrameUpWhenThereIsNeverRoomForIt() throws Exception {
        ReplayReport report = replayRefusing(frame ->
                frame.timestampNs() == SECOND ? Optional.of(OfferResult.REJECTED_BACKPRESSURE) : Optional.empty());
        assertThat(report.isClean()).isFalse();
        assertRefused(29, 1, "1 frame was refused and not analysed");
    }

    private ReplayReport replayRefusing(Function<Frame, Optional<OfferResult>> refusing) throws Exception {
        return new ReplayRunner(
                        options(false, darkInTheMiddle("talk.mp4")),
                        "test",
                        config -> new FakeEngine(refusing),
                        listener(mediaNs -> {}))
                .run();
    }

    private void assertRefused(long analysed, long refused, String... problems) throws IOException {
        JsonNode summary = summary("talk");
        JsonNode frames = summary.get("frames");
        assertThat(frames.get("analysed").asLong()).isEqualTo(analysed);
        assertThat(frames.get("rejected").asLong()).isEqualTo(refused);
        assertThat(frames.get("adds_up").asBoolean()).isTrue();
        assertThat(summary.get("problems").values().stream().map(JsonNode::asString))
                .containsExactly(problems);
    }

    @Test
    void shouldLeaveValidPartialOutputWhenStopped() throws Exception {
        Path file =
                TestVideos.write(folder.resolve("long.webm"), TestVideos.webm(), TestVideos.steady(20, 20), 0, SECOND);
        ReplayRunner[] runner = new ReplayRunner[1];
        runner[0] = runner(options(false, file), mediaNs -> {
            if (mediaNs > 3 * SECOND) {
                runner[0].stop();
            }
        });
        ReplayReport report = runner[0].run();
        assertThat(report.interrupted()).isTrue();
        assertThat(report.isClean()).isFalse();
        JsonNode summary = summary("long");
        assertThat(summary.get("partial").asBoolean()).isTrue();
        assertThat(summary.get("frames").get("adds_up").asBoolean()).isTrue();
        long analysed = summary.get("frames").get("analysed").asLong();
        assertThat(analysed).isBetween(10L, 40L);
        assertThat(Files.readAllLines(folder.resolve("out/long/observations.jsonl")))
                .hasSize(1 + (int) analysed);
        assertThat(Files.readAllLines(folder.resolve("out/long/alerts.jsonl"))).hasSize(1);
        assertThat(Files.readString(folder.resolve("out/long/report.html"))).contains("Partial.");
    }

    @Test
    void shouldSayOneLineEachAndKeepTheRestWhenSomeInputsFail() throws Exception {
        Path good = darkInTheMiddle("good.mp4");
        Path liar = Files.writeString(folder.resolve("liar.mp4"), "no video");
        Path empty = Files.write(folder.resolve("empty.mp4"), new byte[0]);
        ReplayReport report = replay(options(false, folder.resolve("nowhere.mp4"), liar, good, empty));
        assertThat(report.isClean()).isFalse();
        assertThat(report.clean()).isEqualTo(1);
        assertThat(report.folders()).containsExactly(folder.resolve("out/good"));
        assertThat(failures).hasSize(3).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
        assertThat(failures).anyMatch(line -> line.equals("nowhere.mp4: no such file"));
        assertThat(failures).anyMatch(line -> line.startsWith("liar.mp4: not a video"));
        assertThat(failures).anyMatch(line -> line.equals("empty.mp4: the file is empty"));
        assertThat(folder.resolve("out/liar")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("seriousErrors")
    void shouldGoOnWithTheOthersWhenOneRecordingNeedsTooMuch(Error error, String told) throws Exception {
        Path bad = darkInTheMiddle("bad.mp4");
        Path good = darkInTheMiddle("good.mp4");
        ReplayReport report = new ReplayRunner(
                        options(false, bad, good),
                        "test",
                        config -> new FakeEngine() {
                            @Override
                            public ProctoringSession openSession(SessionConfig session) {
                                if (session.id().value().endsWith("bad")) {
                                    throw error;
                                }
                                return super.openSession(session);
                            }
                        },
                        listener(mediaNs -> {}))
                .run();
        assertThat(report.folders()).containsExactly(folder.resolve("out/good"));
        assertThat(failures).containsExactly("bad.mp4: " + told);
    }

    static Stream<Arguments> seriousErrors() {
        return Stream.of(
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        "there was too little memory for it (Java heap space); with fewer --lanes less is needed at once"),
                Arguments.of(
                        new UnsatisfiedLinkError("no jniavutil"),
                        "it could not be analysed: java.lang.UnsatisfiedLinkError: no jniavutil"));
    }

    @Test
    void shouldAnalyseWhatIsThereWhenFileIsCutOff() throws Exception {
        Path whole = TestVideos.write(folder.resolve("w.webm"), TestVideos.liveWebm(), TestVideos.steady(20, 10));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.webm"), Arrays.copyOf(bytes, bytes.length * 6 / 10));
        ReplayReport report = replay(options(false, cut));
        assertThat(report.isClean()).isFalse();
        JsonNode summary = summary("cut");
        assertThat(summary.get("truncated").asBoolean()).isTrue();
        assertThat(summary.get("partial").asBoolean()).isFalse();
        assertThat(summary.get("problems").get(0).asString())
                .startsWith("the file is cut off or damaged: its last frame is at ");
        assertThat(summary.get("frames").get("analysed").asLong()).isGreaterThan(10);
    }

    @Test
    void shouldSayWhatIsInTheWayWhenAResultCannotBeWritten() throws Exception {
        Path file = darkInTheMiddle("good.mp4");
        Path blocked = Files.createDirectories(folder.resolve("out/good/report.html"));
        Files.createFile(blocked.resolve("x"));
        assertThat(replay(options(false, file)).isClean()).isFalse();
        assertThat(failures).singleElement().asString().endsWith("a folder of that name is in the way");
    }

    @Test
    void shouldTakeVideosOnlyWhenFolderIsNamed() throws Exception {
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        Files.move(darkInTheMiddle("b.mp4"), inputs.resolve("b.mp4"));
        Files.move(darkInTheMiddle("a.mp4"), inputs.resolve("A.MP4"));
        Files.writeString(inputs.resolve("notes.txt"), "x");
        Files.writeString(inputs.resolve("Makefile"), "x");
        Files.createDirectory(inputs.resolve("later"));
        Inputs found = Inputs.of(List.of(inputs));
        assertThat(found.recordings()).containsExactly(inputs.resolve("A.MP4"), inputs.resolve("b.mp4"));
        assertThat(found.leftAlone())
                .containsExactly("left alone in " + inputs
                        + ": 2 files (no suffix 1, txt 1) and 1 folder (later); named one by one they are analysed");
        assertThat(replay(options(false, inputs)).clean()).isEqualTo(2);
    }

    @Test
    void shouldNotBeCleanWhenALinkInAFolderLeadsNowhere() throws Exception {
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        Files.move(darkInTheMiddle("a.mp4"), inputs.resolve("a.mp4"));
        Path link = Files.createSymbolicLink(inputs.resolve("b.mp4"), folder.resolve("unmounted/b.mp4"));
        ReplayReport report = replay(options(false, inputs));
        assertThat(report.isClean()).isFalse();
        assertThat(report.recordings()).isEqualTo(2);
        assertThat(report.clean()).isEqualTo(1);
        assertThat(failures).containsExactly(": " + link + ": the link leads nowhere");
    }

    @Test
    void shouldSayWhatAFolderHoldsWhenItIsNoRecording() throws Exception {
        Path inputs = Files.createDirectories(folder.resolve("inputs/monday")).getParent();
        assertThat(Inputs.of(List.of(inputs)).problems())
                .containsExactly(inputs + ": the folder holds no recording, only 1 folder (monday)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ivf", "f4v", "qt", "m2v", "divx"})
    void shouldTakeARecordingForOneWhateverItsContainer(String suffix) throws Exception {
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        Path file = Files.createFile(inputs.resolve("talk." + suffix));
        assertThat(Inputs.of(List.of(inputs)).recordings()).containsExactly(file);
    }

    @Test
    void shouldFailAtOnceWhenOutputCannotBeWritten() throws Exception {
        Path file = darkInTheMiddle("x.mp4");
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
        ReplayOptions options =
                new ReplayOptions(List.of(file), blocked, 5, Policy.interview(), 1, ThreadingMode.FUSED, false);
        assertThatThrownBy(() -> replay(options))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write to ")
                .hasMessageContaining("a file of that name is in the way");
    }

    @Test
    void shouldStayInsideTheOutputFolderWhenFileNamesAreOdd() {
        OutputNames names = new OutputNames(Path.of("out"), listener(mediaNs -> {}));
        assertThat(names.folderFor(Path.of("...mp4"))).isEqualTo(Path.of("out/recording"));
        assertThat(names.folderFor(Path.of("..mp4"))).isEqualTo(Path.of("out/recording-2"));
        assertThat(names.folderFor(Path.of("a/talk.mp4"))).isEqualTo(Path.of("out/talk"));
        assertThat(names.folderFor(Path.of("b/Talk.webm"))).isEqualTo(Path.of("out/Talk-2"));
        assertThat(names.folderFor(Path.of("c/talk.mkv"))).isEqualTo(Path.of("out/talk-3"));
        assertThat(names.folderFor(Path.of(".hidden"))).isEqualTo(Path.of("out/.hidden"));
        assertThat(OutputNames.sessionId("a b/\u00e4<>".repeat(30), 7).value()).startsWith("r7-a-b");
    }

    @ParameterizedTest
    @CsvSource({"0,20000,0,22.95", "5000,0,1,8.95", "0,5500,1,8.65"})
    void shouldJudgeInOrderAndLoseNothingWhenTimeJumps(
            long firstBeginMs, long secondBeginMs, long restarts, double endSeconds) throws Exception {
        // Unlike in MP4, each stretch brings what its decoder has to know.
        VideoSettings settings = new VideoSettings(
                "mpegts", "mpeg4", TestVideos.WIDTH, TestVideos.HEIGHT, 20, 400_000, Rotation.NONE, Map.of("bf", "2"));
        Path file = JoinedRecording.write(
                TestVideos.write(
                        folder.resolve("whole.ts"), settings, TestVideos.steady(20, 6), 2 * SECOND, 4 * SECOND),
                folder.resolve("joined.ts"),
                new JoinedRecording.Stretch(120, firstBeginMs),
                new JoinedRecording.Stretch(60, secondBeginMs));

        assertThat(replay(options(false, file)).isClean()).isTrue();

        JsonNode summary = summary("joined");
        JsonNode frames = summary.get("frames");
        assertThat(frames.get("decoded").asLong()).isEqualTo(180);
        assertThat(frames.get("analysed").asLong()).isBetween(44L, 46L);
        assertThat(frames.get("adds_up").asBoolean()).isTrue();
        assertThat(frames.get("time_restarts").asLong()).isEqualTo(restarts);
        assertThat(summary.get("media").get("last_frame_s").asDouble()).isCloseTo(endSeconds, within(0.1));
        List<Long> times = Files.readAllLines(folder.resolve("out/joined/observations.jsonl")).stream()
                .skip(1)
                .map(line -> ((LoggedObservation) new JournalParser().entry(line))
                        .observation()
                        .timestampNs())
                .toList();
        assertThat(times).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 121, Double.NaN})
    void shouldNameTheRangeOfTheRate(double fps) {
        assertThatThrownBy(() ->
                        new ReplayOptions(List.of(), folder, fps, Policy.interview(), 1, ThreadingMode.FUSED, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fps is " + fps + ", must be in 0..120");
    }

    private Path darkInTheMiddle(String name) throws Exception {
        return TestVideos.write(
                folder.resolve(name), TestVideos.mp4(), TestVideos.steady(20, 6), 2 * SECOND, 4 * SECOND);
    }

    private ReplayOptions options(boolean evidence, Path... inputs) {
        return new ReplayOptions(
                List.of(inputs), folder.resolve("out"), 5, Policy.interview(), 2, ThreadingMode.FUSED, evidence);
    }

    private ReplayReport replay(ReplayOptions options) throws IOException {
        return runner(options, mediaNs -> {}).run();
    }

    private ReplayRunner runner(ReplayOptions options, Consumer<Long> onAdvance) {
        return new ReplayRunner(options, "test", config -> new FakeEngine(), listener(onAdvance));
    }

    private ReplayListener listener(Consumer<Long> onAdvance) {
        return new ReplayListener() {
            @Override
            public void planned(Collection<Path> recordings) {}

            @Override
            public void movedOn(Path recording, Path held, Path results) {
                moves.add(folder.relativize(recording) + ": " + held.getFileName() + " -> " + results.getFileName());
            }

            @Override
            public void started(Path recording) {}

            @Override
            public void advanced(Path recording, double share, long mediaNs) {
                onAdvance.accept(mediaNs);
            }

            @Override
            public void finished(Path recording, RecordingResult result, Path results) {}

            @Override
            public void failed(Path recording, String reason) {
                failures.add(recording.getFileName() + ": " + reason);
            }
        };
    }

    private JsonNode summary(String name) throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(Files.readString(folder.resolve("out").resolve(name).resolve("summary.json")));
    }
}
