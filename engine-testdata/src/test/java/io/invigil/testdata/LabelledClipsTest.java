package io.invigil.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class LabelledClipsTest {
    @Test
    void shouldReadFieldsWhenGiven() {
        LabelledClips.Clip clip = LabelledClips.parse("""
                        [{"file": "clips/a.mp4", "duration_s": 4.5, "persons": ["D1"], "tags": ["x", "no_alert"],
                          "kind": "real", "notes": "a \\"quoted\\" \\u00e4", "unknown": [1, {"deep": null}],
                          "intervals": [{"start": 0, "end": 4.5, "faces": 1, "faces_max": 2, "persons": 1,
                                         "gaze": "center", "camera": "ok"}],
                          "events": [{"type": "GAZE_AWAY", "start": 1e0, "end": 2.25, "direction": "image_left",
                                      "modality": "eyes_only"},
                                     {"type": "MULTIPLE_FACES", "start": 3, "end": 4, "count": 2}]}]
                        """).get(0);
        assertThat(clip.file()).isEqualTo("clips/a.mp4");
        assertThat(clip.notes()).isEqualTo("a \"quoted\" \u00e4");
        assertThat(clip.tags()).containsExactly("x", "no_alert");
        LabelledClips.Interval interval = clip.at(4.4).orElseThrow();
        assertThat(interval.facesMin()).isEqualTo(1);
        assertThat(interval.facesMax()).isEqualTo(2);
        assertThat(interval.gaze()).isEqualTo("center");
        assertThat(clip.at(4.5)).isEmpty();
        assertThat(clip.events().get(0).endSeconds()).isEqualTo(2.25);
        assertThat(clip.events().get(0).modality()).isEqualTo("eyes_only");
        assertThat(clip.events().get(1).count()).hasValue(2);
    }

    @Test
    void shouldSayWhereWhenNotJson() {
        for (String broken : List.of("", "[", "[{\"a\" 1}]", "[1,]", "[\"\\x\"]", "[] []", "[--1]", "[tru]", "{}")) {
            assertThatThrownBy(() -> LabelledClips.parse(broken))
                    .as(broken)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> LabelledClips.parse("[".repeat(100_000))).hasMessageContaining("levels");
    }

    @Test
    void shouldReadTheRealLabelsWhenPresent() throws IOException {
        Optional<Path> folder = TestClips.folder();
        Assumptions.assumeTrue(
                folder.isPresent(), "no labelled recordings: set -Dinvigil.clips or INVIGIL_CLIPS to their folder");
        List<LabelledClips.Clip> clips = LabelledClips.read(folder.get());
        assertThat(clips).hasSizeGreaterThan(10);
        int events = 0;
        for (LabelledClips.Clip clip : clips) {
            assertThat(folder.get().resolve(clip.file())).matches(Files::isRegularFile, "is there");
            assertThat(clip.intervals()).as(clip.file()).isNotEmpty();
            assertThat(clip.durationSeconds()).isPositive();
            for (LabelledClips.Event e : clip.events()) {
                assertThat(e.endSeconds()).isGreaterThan(e.startSeconds());
                assertThat(e.type()).isNotEmpty();
                events++;
            }
        }
        assertThat(events).isGreaterThan(10);
    }
}
