package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Doubt;
import io.invigil.api.Gaze;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GazeEstimatorTest {
    private static final long SEED = 77;

    private final HeadPoseSolver solver = new HeadPoseSolver();
    private final GazeEstimator estimator = new GazeEstimator();

    private EyeReading read(SyntheticFace face) {
        fit(face);
        return estimate(face);
    }

    private void fit(SyntheticFace face) {
        HeadReading head = new HeadReading();
        solver.solve(face.mesh, face.widthPx, face.heightPx, head);
        assertThat(head.isFound()).isTrue();
    }

    private EyeReading estimate(SyntheticFace face) {
        EyeReading eyes = new EyeReading();
        estimator.estimate(face.mesh, face.leftIris, face.rightIris, solver.fit(), eyes);
        return eyes;
    }

    private Gaze gaze(SyntheticFace face) {
        EyeReading eyes = read(face);
        assertThat(eyes.isRead()).isTrue();
        return new Gaze(eyes.eyeYawDeg(), eyes.eyePitchDeg(), eyes.yawDeg(), eyes.pitchDeg(), eyes.openness());
    }

    private static SyntheticFace webcam() {
        return new SyntheticFace(1280, 720);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 0",
        "25, 0, 0, 0, 0, 0",
        "-25, 0, 0, 0, 0, 0",
        "0, 15, 0, 0, 0, 0",
        "0, -15, 0, 0, 0, 0",
        "20, -10, 15, 10, -20, 0",
        "-20, 10, -30, -10, 15, 0",
        "15, 5, 0, 0, 0, 20"
    })
    void shouldRecoverEyeAnglesWhenMeshIsExact(
            double eyeYaw, double eyePitch, double headYaw, double headPitch, double headRoll, double x) {
        Gaze gaze = gaze(webcam().posed(headYaw, headPitch, headRoll, x, 4, 60).looking(eyeYaw, eyePitch));

        assertThat(gaze.eyeYawDeg()).isCloseTo(eyeYaw, within(0.6));
        assertThat(gaze.eyePitchDeg()).isCloseTo(eyePitch, within(0.6));
    }

    @Test
    void shouldOpposeHeadWhenEyesStayOnCamera() {
        for (double headYaw = -35; headYaw <= 35; headYaw += 10) {
            Gaze gaze = gaze(webcam().posed(headYaw, 0, 0, 0, 0, 60).looking(-headYaw, 0));

            assertThat(gaze.eyeYawDeg()).isCloseTo(-headYaw, within(1.0));
            // The eyes swing with the head about its middle, so they no longer sit quite in front of the lens.
            assertThat(gaze.yawDeg()).isCloseTo(0, within(3.5));
        }
    }

    @Test
    void shouldAddHeadAndEyesWhenBothTurn() {
        Gaze gaze = gaze(webcam().posed(20, 0, 0, 0, 0, 60).looking(15, 0));

        assertThat(gaze.yawDeg()).isCloseTo(35, within(3.0));
        assertThat(gaze.eyeYawDeg()).isCloseTo(15, within(0.6));
    }

    @Test
    void shouldNotDependOnPlaceWhenHeadFacesCamera() {
        for (double x = -20; x <= 20; x += 10) {
            Gaze gaze = gaze(webcam().posed(0, 0, 0, x, -6, 60).looking(-12, 4));

            assertThat(gaze.eyeYawDeg()).isCloseTo(-12, within(0.6));
            assertThat(gaze.eyePitchDeg()).isCloseTo(4, within(0.6));
            assertThat(gaze.yawDeg()).isCloseTo(-12, within(1.0));
        }
    }

    @Test
    void shouldUseImageDirectionsWhenIrisMoves() {
        SyntheticFace face = webcam().posed(0, 0, 0, 0, 0, 60);
        face.leftIris[0] += 4;
        face.rightIris[0] += 4;
        assertThat(gaze(face).eyeYawDeg()).isGreaterThan(8);
        face.posed(0, 0, 0, 0, 0, 60);
        face.leftIris[1] -= 3;
        face.rightIris[1] -= 3;
        assertThat(gaze(face).eyePitchDeg()).isGreaterThan(6);
    }

    @Test
    void shouldNotReadWhenEyesAreClosed() {
        EyeReading reading = read(webcam().posed(0, 0, 0, 0, 0, 60).lids(0.2));

        assertThat(reading.isRead()).isFalse();
        assertThat(reading.reading().doubt()).contains(Doubt.OCCLUDED);
        assertThat(reading.openness()).isLessThan(GazeEstimator.CLOSED_OPENNESS);
    }

    @Test
    void shouldReadOpenEyeWhenOtherIsClosed() {
        SyntheticFace wink = webcam().posed(0, 0, 0, 0, 0, 60).looking(15, 0).rightLooking(-20, 0);
        SyntheticFace closed = webcam().posed(0, 0, 0, 0, 0, 60).lids(0.05);
        for (int i = 0; i < MetricFace.POINTS; i++) {
            if (wink.mesh[3 * i] > 640) {
                wink.mesh[3 * i + 1] = closed.mesh[3 * i + 1];
            }
        }

        assertThat(gaze(wink).eyeYawDeg()).isCloseTo(15, within(1.0));
    }

    @Test
    void shouldStayWithinReachOfAnEyeWhenIrisIsFarOff() {
        SyntheticFace face = webcam().posed(0, 0, 0, 0, 0, 60);
        face.leftIris[0] += 60;
        face.rightIris[0] += 60;

        assertThat(gaze(face).eyeYawDeg()).isBetween(45.0, 60.0);
        assertThat(gaze(face).yawDeg()).isBetween(45.0, 60.0);
    }

    @Test
    void shouldNotTakeTurnedHeadForClosedOrWideEyes() {
        double frontal = read(webcam().posed(0, 0, 0, 0, 0, 60)).openness();

        for (double yaw = -45; yaw <= 45; yaw += 15) {
            assertThat(read(webcam().posed(yaw, 0, 0, 0, 0, 60)).openness()).isCloseTo(frontal, within(0.03));
            assertThat(read(webcam().posed(yaw, 0, 0, 0, 0, 60).lids(0.2)).isRead())
                    .isFalse();
        }
    }

    @Test
    void shouldNotReadWhenHeadIsTurnedTooFar() {
        assertThat(read(webcam().posed(60, 0, 0, 0, 0, 60)).reading().doubt()).contains(Doubt.ROTATED);
        assertThat(read(webcam().posed(0, -50, 0, 0, 0, 60)).reading().doubt()).contains(Doubt.ROTATED);
    }

    @Test
    void shouldNotReadWhenFaceIsSmall() {
        assertThat(read(new SyntheticFace(320, 240).posed(0, 0, 0, 0, 0, 120))
                        .reading()
                        .doubt())
                .contains(Doubt.TOO_SMALL);
    }

    @Test
    void shouldTrustNearEyeWhenHeadIsTurned() {
        // Turned to image right, the eye on the right is the far one.
        Gaze farWrong = gaze(webcam().posed(35, 0, 0, 0, 0, 60).looking(0, 0).rightLooking(15, 0));
        Gaze nearWrong = gaze(webcam().posed(35, 0, 0, 0, 0, 60).looking(0, 0).leftLooking(15, 0));

        assertThat(farWrong.eyeYawDeg()).isLessThan(6.5);
        assertThat(nearWrong.eyeYawDeg()).isGreaterThan(8.5);
    }

    @Test
    void shouldStayCloseWhenMeshIsNoisy() {
        Random random = new Random(SEED);
        double sum = 0;
        int rounds = 300;
        for (int i = 0; i < rounds; i++) {
            double eyeYaw = random.nextDouble() * 50 - 25;
            SyntheticFace face = webcam().deformed(random, 0.2)
                    .posed(random.nextDouble() * 40 - 20, random.nextDouble() * 20 - 10, 0, 0, 0, 60)
                    .looking(eyeYaw, 0)
                    .noisy(random, 0.4);
            sum += Math.abs(gaze(face).eyeYawDeg() - eyeYaw);
        }

        assertThat(sum / rounds).as("mean error, seed %d", SEED).isLessThan(4);
    }

    @Test
    void shouldNotReadWhenNumbersAreBroken() {
        SyntheticFace face = webcam().posed(0, 0, 0, 0, 0, 60);
        fit(face);
        face.mesh[3 * 159] = Float.NaN;

        assertThat(estimate(face).isRead()).isFalse();
    }

    @Test
    void shouldNotReadWhenIrisesAreBroken() {
        SyntheticFace face = webcam().posed(0, 0, 0, 0, 0, 60);
        face.leftIris[0] = Float.NaN;

        assertThat(read(face).isRead()).isFalse();
    }
}
