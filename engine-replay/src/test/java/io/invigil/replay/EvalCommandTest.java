package io.invigil.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.AlertType;
import io.invigil.report.card.CardsDocument;
import io.invigil.report.card.DetectorCards;
import io.invigil.report.card.Proportion;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EvalCommandTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String CLIPS = """
            [{"file": "clips/dark.mp4", "duration_s": 12, "persons": ["P1"], "tags": [],
              "intervals": [{"start": 0, "end": 4, "faces": 1, "persons": 1, "gaze": "center", "head": "front",
                             "camera": "ok", "spoof": "none"},
                            {"start": 4, "end": 8, "faces": 0, "persons": 0, "gaze": "none", "head": "none",
                             "camera": "black", "spoof": "none"},
                            {"start": 8, "end": 12, "faces": 1, "persons": 1, "gaze": "center", "head": "front",
                             "camera": "ok", "spoof": "none"}],
              "events": [{"type": "CAMERA_BLOCKED", "start": 4, "end": 8},
                         {"type": "FACE_ABSENT", "start": 9, "end": 12},
                         {"type": "EYES_CLOSED", "start": 1, "end": 4}]}]
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldWriteFiguresPageAndCardsWhenAFolderIsEvaluated() throws Exception {
        label();
        assertThat(run(
                        "eval",
                        folder.toString(),
                        "--out",
                        at("out"),
                        "--json",
                        at("figures.json"),
                        "--html",
                        at("."),
                        "--cards",
                        at("cards.json"),
                        "--markdown",
                        at("figures.md"),
                        "--data-name",
                        "a dark clip",
                        "--data-note",
                        "Made up."))
                .as(text(err))
                .isZero();
        assertThat(text(out))
                .contains("a dark clip: 1 recordings", "events met           1 of 2", "EYES_CLOSED 1", "stills: 1");
        assertThat(Files.readString(folder.resolve("figures.json"))).contains("\"missed\"", "\"met\"");
        String page = Files.readString(folder.resolve("evaluation.html"));
        assertThat(page).contains("data:image/jpeg;base64,", "FACE_ABSENT", "Made up.");
        assertThat(page).doesNotContain("No picture could be taken");
        assertThat(Files.readString(folder.resolve("figures.md")))
                .contains(
                        "# Figures: a dark clip",
                        "`./invigil eval DIR --policy interview --markdown FILE`",
                        "| labelled events met | 1 of 2 (50 %",
                        "## Missed events",
                        "Made up.");
        DetectorCards cards = CardsDocument.parse(Files.readString(folder.resolve("cards.json")));
        assertThat(cards.card(AlertType.BLACK_SCREEN).orElseThrow().recall()).isEqualTo(new Proportion(1, 1));
        assertThat(cards.data().stills()).isEqualTo(1);
    }

    @Test
    void shouldGoOnAndSaySoWhenAClipAndAStillAreMissing() throws Exception {
        label();
        Files.delete(folder.resolve("clips/dark.mp4"));
        Files.delete(folder.resolve("images/grey.png"));
        assertThat(run("eval", folder.toString(), "--out", at("out"), "--markdown", at("figures.md")))
                .isEqualTo(1);
        assertThat(text(err)).contains("dark.mp4", "grey.png: it cannot be read");
        assertThat(Files.readString(folder.resolve("figures.md")))
                .contains("Not analysed: clips/dark.mp4.", "Not analysed: grey.png.");
        assertThat(text(out)).contains("not analysed: clips/dark.mp4", "not analysed: grey.png");
        assertThat(folder.resolve("out/evaluation.html")).exists();
    }

    @Test
    void shouldHoldEachRecordingAgainstItsOwnLabelsWhenTwoHaveOneName() throws Exception {
        label();
        Files.createDirectories(folder.resolve("more"));
        TestVideos.write(folder.resolve("more/dark.mp4"), TestVideos.mp4(), TestVideos.steady(20, 12));
        String never = CLIPS.replace("clips/dark.mp4", "more/dark.mp4");
        Files.writeString(
                folder.resolve("labels_clips.json"), CLIPS.strip().replaceFirst("]$", ",") + never.substring(1));

        assertThat(run("eval", folder.toString(), "--out", at("out")))
                .as(text(err))
                .isZero();

        assertThat(text(out)).contains("2 recordings", "events met           1 of 4");
    }

    @Test
    void shouldNameBothLabelsWhenARecordingIsLabelledTwice() throws Exception {
        label();
        String again = CLIPS.replace("clips/dark.mp4", "clips/../clips/dark.mp4");
        Files.writeString(
                folder.resolve("labels_clips.json"), CLIPS.strip().replaceFirst("]$", ",") + again.substring(1));

        assertThat(run("eval", folder.toString(), "--out", at("out"))).isEqualTo(1);

        assertThat(text(err)).contains("twice: clips/dark.mp4 and clips/../clips/dark.mp4");
    }

    @Test
    void shouldNotBlankTheCardsWhenTheLabelsNameNothing() throws Exception {
        label();
        Files.writeString(folder.resolve("labels_clips.json"), "[]");
        Path cards = Files.writeString(folder.resolve("cards.json"), "measured");
        assertThat(run("eval", folder.toString(), "--out", at("out"), "--cards", at("cards.json"), "--skip-stills"))
                .isEqualTo(1);
        assertThat(text(err)).contains("the labels name nothing");
        assertThat(cards).hasContent("measured");
        assertThat(run("eval", folder.toString(), "--out", at("out"))).isZero();
    }

    @Test
    void shouldSayBeforeItBeginsWhatCannotBeWritten() throws Exception {
        label();
        Files.createDirectories(folder.resolve("figures.md"));
        Files.createFile(folder.resolve("file"));
        assertThat(run(
                        "eval",
                        folder.toString(),
                        "--out",
                        at("out"),
                        "--markdown",
                        at("figures.md"),
                        "--json",
                        at("file/figures.json")))
                .isEqualTo(1);
        assertThat(text(err))
                .isEqualTo("invigil: cannot write " + at("file/figures.json")
                        + ": a file of that name is in the way\ninvigil: cannot write " + at("figures.md")
                        + ": a folder of that name is in the way\n");
    }

    @Test
    void shouldKeepTheFiguresWhenOneOfTheFilesCannotBeWrittenInTheEnd() throws Exception {
        label();
        // As a disk that has filled up meanwhile.
        Files.createDirectories(folder.resolve("figures.json.part/in the way"));
        assertThat(run("eval", folder.toString(), "--out", at("out"), "--json", at("figures.json")))
                .isEqualTo(1);
        assertThat(text(out)).contains("events met           1 of 2", "page     ");
        assertThat(text(err)).contains("invigil: cannot write " + at("figures.json") + ": ");
        assertThat(folder.resolve("out/evaluation.html")).exists();
    }

    @Test
    void shouldNotBeCompleteWhenARecordingIsLongerThanItsLabels() throws Exception {
        label();
        TestVideos.write(folder.resolve("clips/dark.mp4"), TestVideos.mp4(), TestVideos.steady(20, 14));
        assertThat(run("eval", folder.toString(), "--out", at("out"))).isEqualTo(1);
        assertThat(text(out)).contains("not read as labelled: clips/dark.mp4 (labelled are 12.0 s and it has 14.0 s)");
    }

    @Test
    void shouldNameTheRangeOrTheFileWhenUsedWrongly() throws Exception {
        assertThat(run("eval", folder.toString())).isEqualTo(2);
        assertThat(text(err)).contains("no labels_clips.json");
        label();
        assertThat(run("eval", folder.toString(), "--min-event", "-1")).isEqualTo(2);
        assertThat(text(err)).contains("--min-event is -1, must be a number in 0..3600");
        Files.writeString(folder.resolve("labels_clips.json"), "[{\"file\": \"x.mp4\"}]");
        assertThat(run("eval", folder.toString(), "--out", at("out"))).isEqualTo(1);
        assertThat(text(err)).contains("duration_s is missing");
    }

    private void label() throws Exception {
        Files.createDirectories(folder.resolve("clips"));
        Files.createDirectories(folder.resolve("images"));
        TestVideos.write(
                folder.resolve("clips/dark.mp4"), TestVideos.mp4(), TestVideos.steady(20, 12), 4 * SECOND, 8 * SECOND);
        ImageIO.write(
                new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("images/grey.png").toFile());
        Files.writeString(folder.resolve("labels_clips.json"), CLIPS);
        Files.writeString(
                folder.resolve("labels_images.json"),
                "[{\"file\": \"images/grey.png\", \"faces\": 1, \"persons\": 1, \"phones\": 1}]");
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private int run(String... arguments) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return Main.commandLine(console, config -> new FakeEngine()).execute(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
