package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.HeadPose;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadPoseSolverTest {
    private static final long SEED = 20261123;

    private final HeadPoseSolver solver = new HeadPoseSolver();

    private HeadPose solve(SyntheticFace face) {
        return solve(face.mesh, face.widthPx, face.heightPx).orElseThrow();
    }

    private Optional<HeadPose> solve(float[] mesh, int widthPx, int heightPx) {
        HeadReading head = new HeadReading();
        solver.solve(mesh, widthPx, heightPx, head);
        return head.isFound()
                ? Optional.of(new HeadPose(
                        head.yawDeg(), head.pitchDeg(), head.rollDeg(), head.distanceCm(), head.fitErrorPx()))
                : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 55",
        "40, 0, 0, 0, 0, 55",
        "-40, 0, 0, 0, 0, 55",
        "0, 40, 0, 0, 0, 55",
        "0, -40, 0, 0, 0, 55",
        "0, 0, 40, 0, 0, 55",
        "0, 0, -40, 0, 0, 55",
        "30, -20, 25, 12, 6, 60",
        "-35, 25, -30, -18, -8, 70",
        "10, 5, 170, 0, 0, 60",
        "20, 10, 5, 25, 10, 45",
        "60, 20, -10, -10, 5, 150"
    })
    void shouldRecoverPoseWhenMeshIsExact(double yaw, double pitch, double roll, double x, double y, double distance) {
        SyntheticFace face = new SyntheticFace(1280, 720).posed(yaw, pitch, roll, x, y, distance);

        HeadPose pose = solve(face);

        assertThat(pose.yawDeg()).isCloseTo(yaw, within(0.01));
        assertThat(pose.pitchDeg()).isCloseTo(pitch, within(0.01));
        assertThat(pose.rollDeg()).isCloseTo(roll, within(0.01));
        assertThat(pose.distanceCm()).isCloseTo(distance, within(0.02));
        assertThat(pose.fitErrorPx()).isLessThan(0.01);
    }

    @Test
    void shouldBeZeroWhenHeadFacesCameraFromAnyPlace() {
        for (double x = -25; x <= 25; x += 5) {
            for (double y = -12; y <= 12; y += 4) {
                HeadPose pose = solve(new SyntheticFace(1280, 720).posed(0, 0, 0, x, y, 60));

                assertThat(pose.yawDeg()).isCloseTo(0, within(0.01));
                assertThat(pose.pitchDeg()).isCloseTo(0, within(0.01));
                assertThat(pose.rollDeg()).isCloseTo(0, within(0.01));
            }
        }
    }

    @Test
    void shouldUseImageDirectionsWhenNoseMoves() {
        SyntheticFace right = new SyntheticFace(640, 480).posed(20, 0, 0, 0, 0, 60);
        SyntheticFace up = new SyntheticFace(640, 480).posed(0, 20, 0, 0, 0, 60);
        SyntheticFace clockwise = new SyntheticFace(640, 480).posed(0, 0, 20, 0, 0, 60);

        // The tip of the nose lies towards where the face is turned, the right eye corner below the left one when
        // tilted.
        assertThat(right.mesh[3]).isGreaterThan((right.mesh[3 * 33] + right.mesh[3 * 263]) / 2 + 5);
        assertThat(up.mesh[3 + 1]).isLessThan(new SyntheticFace(640, 480).posed(0, 0, 0, 0, 0, 60).mesh[3 + 1] - 5);
        assertThat(clockwise.mesh[3 * 263 + 1]).isGreaterThan(clockwise.mesh[3 * 33 + 1] + 5);
        assertThat(solve(right).yawDeg()).isCloseTo(20, within(0.1));
        assertThat(solve(up).pitchDeg()).isCloseTo(20, within(0.1));
        assertThat(solve(clockwise).rollDeg()).isCloseTo(20, within(0.1));
    }

    @Test
    void shouldFlipYawAndRollWhenPictureIsMirrored() {
        SyntheticFace face = new SyntheticFace(640, 480).posed(15, 8, -12, 6, 2, 60);
        SyntheticFace mirrored = new SyntheticFace(640, 480).posed(-15, 8, 12, -6, 2, 60);

        assertThat(mirrored.mesh[3]).isCloseTo(640 - face.mesh[3], within(0.001f));
        assertThat(solve(mirrored).yawDeg()).isCloseTo(-solve(face).yawDeg(), within(0.01));
        assertThat(solve(mirrored).pitchDeg()).isCloseTo(solve(face).pitchDeg(), within(0.01));
    }

    @Test
    void shouldStayCloseWhenMeshIsNoisyAndFaceIsNotAverage() {
        Random random = new Random(SEED);
        double[] errors = new double[600];
        double yawBias = 0;
        for (int i = 0; i < errors.length; i++) {
            double yaw = random.nextDouble() * 80 - 40;
            double pitch = random.nextDouble() * 60 - 30;
            double roll = random.nextDouble() * 80 - 40;
            SyntheticFace face = new SyntheticFace(1280, 720)
                    .deformed(random, 0.25)
                    .posed(yaw, pitch, roll, random.nextDouble() * 30 - 15, random.nextDouble() * 16 - 8, 60)
                    .noisy(random, 1.5);
            HeadPose pose = solve(face);
            errors[i] = Math.max(Math.abs(pose.yawDeg() - yaw), Math.abs(pose.rollDeg() - roll));
            yawBias += (pose.yawDeg() - yaw) / errors.length;
        }
        Arrays.sort(errors);

        assertThat(errors[errors.length * 95 / 100]).as("seed %d", SEED).isLessThan(6);
        assertThat(Arrays.stream(errors).average().orElseThrow())
                .as("seed %d", SEED)
                .isLessThan(2.5);
        assertThat(yawBias).as("seed %d", SEED).isCloseTo(0, within(0.5));
    }

    @Test
    void shouldKeepYawScaleWhenFieldOfViewIsNotTheAssumedOne() {
        for (double focalFactor : new double[] {0.8, 1.5, 2.5}) {
            SyntheticFace face = new SyntheticFace(640, 480);
            face.focal(focalFactor * 640 / (2 * Math.tan(Math.toRadians(31.5))));
            for (double yaw = -40; yaw <= 40; yaw += 20) {
                face.posed(yaw, 0, 0, 0, 0, 60);

                assertThat(solve(face).yawDeg()).isCloseTo(yaw, within(0.06 * Math.abs(yaw) + 0.1));
            }
        }
    }

    @Test
    void shouldGiveSameResultWhenUsedBefore() {
        SyntheticFace face = new SyntheticFace(1280, 720).posed(12, -7, 3, 5, 5, 50);
        HeadPose fresh = solve(face);
        solve(new SyntheticFace(640, 480).posed(-30, 20, 100, 0, 0, 100));

        assertThat(solve(face)).isEqualTo(fresh);
    }

    @Test
    void shouldFindNothingWhenMeshIsNoFace() {
        float[] collapsed = new float[3 * MetricFace.POINTS];
        float[] broken = new SyntheticFace(640, 480).posed(0, 0, 0, 0, 0, 60).mesh;
        broken[3 * 5] = Float.NaN;

        assertThat(solve(collapsed, 640, 480)).isEmpty();
        assertThat(solve(broken, 640, 480)).isEmpty();
    }

    @Test
    void shouldReportLargeFitErrorWhenMeshIsScrambled() {
        SyntheticFace good = new SyntheticFace(640, 480).posed(0, 0, 0, 0, 0, 60);
        SyntheticFace scrambled =
                new SyntheticFace(640, 480).posed(0, 0, 0, 0, 0, 60).noisy(new Random(SEED), 12);

        assertThat(solve(scrambled.mesh, 640, 480).map(HeadPose::fitErrorPx).orElse(Double.MAX_VALUE))
                .isGreaterThan(solve(good).fitErrorPx() + 5);
    }
}
