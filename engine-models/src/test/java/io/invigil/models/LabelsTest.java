package io.invigil.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private final ModelCatalog catalog = ModelCatalog.bundled();

    @Test
    void shouldNameEveryScoreChannelWhenAModelDetectsObjects() {
        List<String> coco = ObjectLabels.of(ModelId.NANODET);
        List<String> kept = ObjectLabels.of(ModelId.CENTERNET);

        assertThat(coco)
                .hasSize(catalog.descriptor(ModelId.NANODET)
                        .output("scores_8")
                        .dimensions()
                        .get(2))
                .doesNotHaveDuplicates();
        assertThat(kept)
                .hasSize(catalog.descriptor(ModelId.CENTERNET)
                        .output("scores")
                        .dimensions()
                        .get(1))
                .isSubsetOf(coco)
                .contains("person", "cell phone", "book", "laptop", "tv");
        assertThat(coco.indexOf("cell phone")).isEqualTo(67);
        assertThat(coco.indexOf("book")).isEqualTo(73);
    }

    @Test
    void shouldRefuseLabelsWhenAModelDetectsNoObjects() {
        assertThatThrownBy(() -> ObjectLabels.of(ModelId.FACE_MESH_ATTENTION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FACE_MESH_ATTENTION");
    }

    @Test
    void shouldMirrorEachOtherWhenEyePointsAreLookedUpOnTheCanonicalFace() {
        CanonicalFace face = CanonicalFace.bundled();
        int[] right = EyePoints.right();
        int[] left = EyePoints.left();

        assertThat(right).hasSize(EyePoints.COUNT).doesNotHaveDuplicates();
        assertThat(left).hasSize(EyePoints.COUNT).doesNotHaveDuplicates();
        assertThat(Arrays.stream(right)).allMatch(i -> face.xCm(i) < 0);
        for (int i = 0; i < EyePoints.COUNT; i++) {
            assertThat(face.xCm(left[i])).isCloseTo(-face.xCm(right[i]), within(0.2f));
        }
        assertThat(face.yCm(right[EyePoints.UPPER_LID])).isGreaterThan(face.yCm(right[EyePoints.LOWER_LID]));
        assertThat(face.xCm(right[EyePoints.OUTER_CORNER])).isLessThan(face.xCm(right[EyePoints.INNER_CORNER]));
    }
}
