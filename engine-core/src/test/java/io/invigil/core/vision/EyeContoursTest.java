package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EyeContoursTest {
    @Test
    void shouldReplaceLidsAndLeaveTheRestWhenRefined() {
        float[] mesh = new float[3 * MetricFace.POINTS];
        Arrays.fill(mesh, -1);
        float[] left = new float[2 * EyeContours.POINTS];
        float[] right = new float[2 * EyeContours.POINTS];
        for (int i = 0; i < left.length; i++) {
            left[i] = i;
            right[i] = 1000 + i;
        }

        EyeContours.refine(mesh, left, right);

        // Outer and inner corners are the first and the ninth point, the lids' middles the fifth and the thirteenth.
        assertThat(mesh[3 * 33]).isEqualTo(0);
        assertThat(mesh[3 * 133 + 1]).isEqualTo(17);
        assertThat(mesh[3 * 145]).isEqualTo(8);
        assertThat(mesh[3 * 159]).isEqualTo(24);
        assertThat(mesh[3 * 263]).isEqualTo(1000);
        assertThat(mesh[3 * 362]).isEqualTo(1016);
        assertThat(mesh[3 * 374 + 1]).isEqualTo(1009);
        assertThat(mesh[3 * 386]).isEqualTo(1024);
        int changed = 0;
        for (int i = 0; i < MetricFace.POINTS; i++) {
            assertThat(mesh[3 * i + 2]).as("depth of point %d", i).isEqualTo(-1);
            changed += mesh[3 * i] == -1 ? 0 : 1;
        }
        assertThat(changed).isEqualTo(32);
    }
}
