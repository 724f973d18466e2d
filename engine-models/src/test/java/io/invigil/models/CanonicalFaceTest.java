package io.invigil.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CanonicalFaceTest {
    private static final int NOSE_TIP = 1;
    private static final int FOREHEAD = 10;
    private static final int CHIN = 152;
    private static final int SUBJECT_RIGHT_EYE_OUTER = 33;
    private static final int SUBJECT_LEFT_EYE_OUTER = 263;

    private final CanonicalFace face = CanonicalFace.bundled();

    @Test
    void shouldHaveTheKnownCountsWhenRead() {
        assertThat(face.vertices()).hasSize(CanonicalFace.VERTEX_COUNT * 3);
        assertThat(face.triangles()).hasSize(CanonicalFace.TRIANGLE_COUNT * 3);
        assertThat(face.fittingLandmarks()).hasSize(33).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(face.triangles()).distinct()).hasSize(CanonicalFace.VERTEX_COUNT);
        assertThat(Arrays.stream(face.fittingLandmarks()).mapToDouble(face::fittingWeight))
                .allMatch(w -> w > 0);
    }

    @Test
    void shouldFollowTheStatedAxesWhenLandmarksAreCompared() {
        assertThat(face.xCm(SUBJECT_LEFT_EYE_OUTER)).isPositive();
        assertThat(face.xCm(SUBJECT_RIGHT_EYE_OUTER)).isEqualTo(-face.xCm(SUBJECT_LEFT_EYE_OUTER), within(0.01f));
        assertThat(face.yCm(FOREHEAD)).isGreaterThan(face.yCm(CHIN) + 10);
        assertThat(face.zCm(NOSE_TIP)).isGreaterThan(face.zCm(SUBJECT_LEFT_EYE_OUTER) + 2);
    }

    @Test
    void shouldWindTrianglesOutwardsWhenSeenFromTheViewer() {
        int outwards = 0;
        for (int t = 0; t < CanonicalFace.TRIANGLE_COUNT; t++) {
            int[] c = face.triangle(t);
            double cross = (face.xCm(c[1]) - face.xCm(c[0])) * (face.yCm(c[2]) - face.yCm(c[0]))
                    - (face.yCm(c[1]) - face.yCm(c[0])) * (face.xCm(c[2]) - face.xCm(c[0]));
            outwards += cross > 0 ? 1 : 0;
        }

        assertThat(outwards).isGreaterThan(CanonicalFace.TRIANGLE_COUNT * 8 / 10);
    }

    @Test
    void shouldStayUnchangedWhenCopiesAreAltered() {
        face.vertices()[0] = 99;
        face.triangles()[0] = 99;
        face.fittingLandmarks()[0] = 99;

        assertThat(face.vertices()[0]).isNotEqualTo(99);
        assertThat(face.triangle(0)[0]).isNotEqualTo(99);
        assertThat(face.fittingLandmarks()[0]).isNotEqualTo(99);
    }

    @Test
    void shouldFailWhenTheTableIsIncompleteOrMalformed() {
        assertThatThrownBy(() -> CanonicalFace.parse("v,0,1,2,3,0\n"))
                .isInstanceOf(ModelIntegrityException.class)
                .hasMessageContaining("468");
        assertThatThrownBy(() -> CanonicalFace.parse("v,0,one,2,3,0\n")).isInstanceOf(ModelIntegrityException.class);
        assertThatThrownBy(() -> CanonicalFace.parse("t,1\n")).isInstanceOf(ModelIntegrityException.class);
    }
}
