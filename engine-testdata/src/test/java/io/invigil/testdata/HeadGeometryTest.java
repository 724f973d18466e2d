package io.invigil.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HeadGeometryTest {
    private static final CameraModel CAMERA = CameraModel.standard(640, 480);

    @Test
    void shouldGiveBackTheAnglesItWasMadeOf() {
        long seed = 42;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            PoseAngles made =
                    new PoseAngles(random.nextDouble(-80, 80), random.nextDouble(-80, 80), random.nextDouble(-80, 80));
            PoseAngles found = Rotation.of(made).angles();
            assertThat(found.yawDeg()).as("seed %d, %s", seed, made).isCloseTo(made.yawDeg(), within(1e-9));
            assertThat(found.pitchDeg()).isCloseTo(made.pitchDeg(), within(1e-9));
            assertThat(found.rollDeg()).isCloseTo(made.rollDeg(), within(1e-9));
        }
    }

    @Test
    void shouldPointInImageDirectionsWhenAnglesArePositive() {
        Vec3 nose = new Vec3(0, 0, 1);
        Vec3 crown = new Vec3(0, 1, 0);
        assertThat(Rotation.of(new PoseAngles(30, 0, 0)).apply(nose).x()).isPositive();
        assertThat(Rotation.of(new PoseAngles(0, 30, 0)).apply(nose).y()).isPositive();
        assertThat(Rotation.of(new PoseAngles(0, 0, 30)).apply(crown).x()).isPositive();
        Vec3 turned = Rotation.of(new PoseAngles(25, -15, 40)).apply(nose);
        assertThat(turned.yawDeg()).isCloseTo(25, within(1e-9));
        assertThat(turned.pitchDeg()).isCloseTo(-15, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Portrait.class)
    void shouldTurnTheFaceAsOneRigidBody(Portrait portrait) {
        PortraitData data = PortraitData.load(portrait);
        HeadMesh mesh = new HeadMesh(data, PortraitData.triangles());
        PoseAngles angles = new PoseAngles(-33, 18, 12);
        HeadState still = HeadState.frontal(60);
        HeadState turned = still.turned(angles);
        Rotation turn = Rotation.of(angles);
        Rotation none = Rotation.of(PoseAngles.FRONTAL);
        Vec3 stillTip = mesh.position(1, still, none);
        Vec3 turnedTip = mesh.position(1, turned, turn);
        for (int i = 0; i < PortraitData.MESH_POINTS; i++) {
            Vec3 expected = turn.apply(mesh.position(i, still, none).minus(stillTip));
            Vec3 found = mesh.position(i, turned, turn).minus(turnedTip);
            assertThat(found.x()).as("vertex %d", i).isCloseTo(expected.x(), within(1e-9));
            assertThat(found.y()).isCloseTo(expected.y(), within(1e-9));
            assertThat(found.z()).isCloseTo(expected.z(), within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(Portrait.class)
    void shouldLieAtThePortraitsOwnLandmarksWhenInThePortraitsPoseFarAway(Portrait portrait) {
        PortraitData data = PortraitData.load(portrait);
        CameraModel tele = new CameraModel(640, 480, data.pxPerCm() * 100_000);
        HeadState head = HeadState.frontal(100_000).turned(data.pose().angles());
        double[][] points = new SceneRenderer(tele, 0).landmarks(portrait, head);
        double dx = points[1][0] - data.landmarks()[1][0];
        double dy = points[1][1] - data.landmarks()[1][1];
        for (int i = 0; i < PortraitData.MESH_POINTS; i++) {
            assertThat(points[i][0] - data.landmarks()[i][0]).as("column %d", i).isCloseTo(dx, within(0.2));
            assertThat(points[i][1] - data.landmarks()[i][1]).as("row %d", i).isCloseTo(dy, within(0.2));
        }
    }

    @Test
    void shouldMoveTheIrisByTheEyeballsGeometryWhenEyesTurn() {
        SceneRenderer renderer = new SceneRenderer(CAMERA, 0);
        HeadState head = HeadState.frontal(50);
        double[][] straight = renderer.landmarks(Portrait.P3, head);
        double[][] right = renderer.landmarks(Portrait.P3, head.looking(25, 0));
        double[][] up = renderer.landmarks(Portrait.P3, head.looking(0, 15));
        double pxPerCm = Math.abs(straight[263][0] - straight[33][0]) / widthCm(33, 263);
        double expected = EyePatch.IRIS_PLANE_CM * Math.sin(Math.toRadians(25)) * pxPerCm;
        for (int eye = PortraitData.MESH_POINTS; eye < PortraitData.MESH_POINTS + 2; eye++) {
            assertThat(right[eye][0] - straight[eye][0]).isCloseTo(expected, within(0.12 * expected));
            assertThat(straight[eye][1] - up[eye][1]).isPositive();
        }
    }

    private static double widthCm(int a, int b) {
        PortraitData data = PortraitData.load(Portrait.P3);
        return Math.hypot(
                        data.landmarks()[a][0] - data.landmarks()[b][0],
                        data.landmarks()[a][1] - data.landmarks()[b][1])
                / data.pxPerCm();
    }

    @Test
    void shouldRefuseHeadsThatCannotBe() {
        assertThatThrownBy(() -> HeadState.frontal(5)).hasMessageContaining("distanceCm");
        assertThatThrownBy(() -> HeadState.frontal(50).lids(2)).hasMessageContaining("lidsOpen");
    }
}
