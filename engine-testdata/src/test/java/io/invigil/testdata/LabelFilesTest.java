package io.invigil.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelFilesTest {
    @Test
    void shouldReadAStillWithItsRangesAndBoxes() {
        List<LabelledImages.Image> images = LabelledImages.parse("""
                [{"file": "images/a.jpg", "width": 640, "height": 480, "faces": 3, "faces_min": 1, "persons": 4,
                  "persons_min": 3, "gaze": "down", "head": "front", "phones": 1, "books": 2, "spoof": "none",
                  "identity": "D07", "tags": ["phone", "book"], "kind": "real", "later": [1],
                  "boxes": {"cell phone": [[435, 283, 35, 19]], "book": []}, "face_boxes": [[1, 2, 3, 4.5]]},
                 {"file": "images/b.png"}]
                """);
        LabelledImages.Image first = images.get(0);
        assertThat(first.name()).isEqualTo("a.jpg");
        assertThat(first.facesMin()).isEqualTo(1);
        assertThat(first.facesMax()).isEqualTo(3);
        assertThat(first.personsMin()).isEqualTo(3);
        assertThat(first.personsMax()).isEqualTo(4);
        assertThat(first.phones()).isEqualTo(1);
        assertThat(first.books()).isEqualTo(2);
        assertThat(first.identity()).isEqualTo("D07");
        assertThat(first.boxes().get("cell phone")).containsExactly(new LabelledImages.Box(435, 283, 35, 19));
        assertThat(first.boxes().get("face")).containsExactly(new LabelledImages.Box(1, 2, 3, 4.5));
        assertThat(images.get(1).phones()).isZero();
        assertThat(images.get(1).boxes()).isEmpty();
    }

    @Test
    void shouldNameTheStillAndTheValueWhenALabelIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledImages.parse("[{\"file\": \"images/a.jpg\", \"phones\": -1}]"))
                .withMessageContainingAll("images/a.jpg", "phones", "-1", "0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledImages.parse("[{\"file\": \"images/a.jpg\", \"face_boxes\": [[1, 2, 3]]}]"))
                .withMessageContainingAll("images/a.jpg", "left, top, width, height");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledImages.parse("[{\"phones\": 1}]"))
                .withMessageContaining("file is missing");
    }

    @Test
    void shouldNameTheFileAndWhichClipWhenLabelsAreWrong(@TempDir Path folder) throws IOException {
        Path clips = folder.resolve("labels_clips.json");
        Path images = folder.resolve("labels_images.json");
        Files.writeString(clips, "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledClips.read(folder))
                .withMessage(clips + ": it is empty, must be a JSON array of clips");
        Files.writeString(clips, "[{\"file\": \"a.mp4\", \"duration_s\": 3}, {\"file\": \"b.mp4\"}]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledClips.read(folder))
                .withMessageStartingWith(clips + ": clip number 2, b.mp4: duration_s is missing");
        Files.writeString(clips, "[{\"duration_s\": 3}]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledClips.read(folder))
                .withMessageStartingWith(clips + ": clip number 1: file is missing");
        Files.writeString(images, "nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledImages.read(folder))
                .withMessageStartingWith(images + ": not JSON at character 0");
    }

    @Test
    void shouldNameTheClipAndTheFieldWhenAnEventHasNoEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledClips.parse("""
                        [{"file": "clips/a.mp4", "duration_s": 3, "events": [{"type": "GAZE_AWAY", "start": 1}]}]
                        """))
                .withMessageContainingAll("clips/a.mp4", "end is missing");
    }

    @Test
    void shouldReadPairsAndRefuseOtherTables() {
        assertThat(IdentityPairs.parse("file_a,file_b,same_person\na.png,b.png,1\r\na.png,c.png,0\n"))
                .containsExactly(
                        new IdentityPairs.Pair("a.png", "b.png", true),
                        new IdentityPairs.Pair("a.png", "c.png", false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityPairs.parse("file_a,file_b,same_person\na.png,b.png,yes\n"))
                .withMessageContaining("line 2");
        assertThatIllegalArgumentException().isThrownBy(() -> IdentityPairs.parse("a,b\n"));
    }

    @Test
    void shouldFindNoStillsWhenTheFolderHasNoSuchFiles(@TempDir Path folder) throws IOException {
        assertThat(LabelledImages.read(folder)).isEmpty();
        assertThat(IdentityPairs.read(folder)).isEmpty();
        Files.writeString(folder.resolve("labels_images.json"), "{}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledImages.read(folder))
                .withMessageContaining("array");
    }
}
