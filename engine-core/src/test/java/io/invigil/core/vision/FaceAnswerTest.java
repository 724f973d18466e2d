package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.ImageQuality;
import io.invigil.api.Reading;
import io.invigil.api.SceneMotion;
import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.PresenceSight;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A face of 120 x 150 px in a picture of 640 x 480, five frames a second; nobody's body is ever found. */
class FaceAnswerTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double FPS = 5;
    private static final String STILL = "0".repeat(64);
    /** Something stirs below the face. */
    private static final String STIRRING = "0".repeat(6 * 8 + 3) + "4" + "0".repeat(64 - 6 * 8 - 4);

    private final DecodedImage image = new DecodedImage();
    private final AnswerMemory memory = new AnswerMemory();
    private final FacesInFrame faces = new FacesInFrame();
    private final PresenceSight presence = new PresenceSight();
    private int frame;
    private double fps = FPS;
    private int view = 1;
    private double contrast = 50;
    private double near = 1;
    private double shift;

    @BeforeEach
    void show() {
        showTexturedUpTo(WIDTH);
    }

    @AfterEach
    void close() {
        image.close();
    }

    /** A lined sheet from a column to another and down to a row. */
    private void hangASheet(int left, int right, int bottom) {
        BytePointer data = image.upright().data();
        for (int y = 0; y < bottom; y++) {
            for (int i = 3 * (y * WIDTH + left); i < 3 * (y * WIDTH + right); i++) {
                data.put(i, (byte) (y % 12 < 4 ? 120 : 240));
            }
        }
        image.refresh();
    }

    /** Strong texture up to a column, one even colour beyond. */
    private void showTexturedUpTo(int column) {
        Mat upright = image.upright();
        upright.create(HEIGHT, WIDTH, opencv_core.CV_8UC3);
        upright.put(new Scalar(130, 130, 130, 0));
        Random random = new Random(1);
        BytePointer data = upright.data();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < column; x++) {
                // Patches of 8 px, so that the small copy has texture too.
                random.setSeed(31L * (y / 8) + x / 8);
                byte level = (byte) (60 + random.nextInt(140));
                for (int c = 0; c < 3; c++) {
                    data.put(3L * (y * WIDTH + x) + c, level);
                }
            }
        }
        image.refresh();
    }

    private Reading look(String cells, boolean cut) {
        faces.searched = true;
        return FaceAnswer.answer(
                image,
                Pictures.sight(new ImageQuality(
                        CameraState.OK,
                        130,
                        contrast,
                        0.5,
                        1,
                        1,
                        false,
                        cut,
                        new SceneMotion(view, shift, 0, cells, 0))),
                faces,
                presence,
                Math.round(frame++ * 1e9 / fps),
                memory);
    }

    /** The face is there for two seconds. */
    private void seen(double xPx, double stepPx, double yawDeg, boolean meshed) {
        for (int i = 0; i < 10; i++) {
            faces.clear();
            faces.count = 1;
            FacesInFrame.Slot slot = faces.slots[0];
            slot.leftPx = xPx + i * stepPx;
            slot.topPx = 120;
            slot.widthPx = 120 * near;
            slot.heightPx = 150 * near;
            slot.score = 1;
            slot.meshed = meshed;
            slot.head.clear();
            if (meshed) {
                slot.head.set(yawDeg, 0, 0, 50, 1);
            }
            assertThat(look(STIRRING, false).isPresent()).isTrue();
        }
        faces.clear();
    }

    /** A look now finds a body under the face. */
    private void showBody(double score) {
        presence.begin(Math.round(frame * 1e9 / fps));
        DetectionSight body = presence.addPerson();
        body.begin("person", score);
        body.box().set(150, 90, 350, 390);
    }

    /** Frames without a face until one is answered otherwise; how many seconds that took. */
    private double secondsOf(Doubt doubt, String cells) {
        int begun = frame;
        Reading reading = look(cells, false);
        while (reading.doubt().equals(Optional.of(doubt)) && frame < begun + 400) {
            reading = look(cells, false);
        }
        return (frame - 1 - begun) / fps;
    }

    @Test
    void shouldTellAbsenceAtOnceWhenTheFaceMovedAwayAndNothingStirs() {
        seen(200, 20, 0, true);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    /** A bystander is seen while the candidate's face is covered. */
    @Test
    void shouldNotTakeABystandersFaceForTheCandidates() {
        seen(260, 0, 0, true);
        faces.count = 1;
        faces.candidateAway = true;
        faces.slots[0].leftPx = 20;
        assertThat(look(STILL, false).isPresent()).isTrue();
        faces.clear();

        assertThat(memory.lastXPx).isEqualTo(320);
        assertThat(secondsOf(Doubt.OCCLUDED, STILL)).isBetween(3.4, 4.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {4, 7, 10, 15, 25, 30, 60})
    void shouldTellAbsenceAtOnceWhateverTheFrameRateWhenTheFaceMovedAway(double rate) {
        fps = rate;
        seen(200, 100 / fps, 0, true);
        seen(200 + 1000 / fps, 100 / fps, 0, true);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 4, 7, 10, 15, 25, 30, 60})
    void shouldTakeAFaceThatSatStillForHiddenWhateverTheFrameRate(double rate) {
        fps = rate;
        seen(260, 0, 0, true);
        seen(260, 0, 0, true);
        assertThat(secondsOf(Doubt.OCCLUDED, STILL)).isBetween(3.3, 4.3);
    }

    @Test
    void shouldTakeAFaceThatSatStillForHiddenForFourSeconds() {
        seen(260, 0, 0, true);
        assertThat(secondsOf(Doubt.OCCLUDED, STILL)).isBetween(3.6, 4.2);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    @Test
    void shouldTakeAFaceForHiddenForHalfAMinuteWhileItsSeatStirs() {
        seen(260, 0, 0, true);
        assertThat(secondsOf(Doubt.OCCLUDED, STIRRING)).isBetween(29.6, 30.2);
        assertThat(look(STIRRING, false).isAbsent()).isTrue();
    }

    @Test
    void shouldTakeAFaceThatTurnedAsideForHiddenForEightSeconds() {
        seen(260, 0, 45, true);
        look(STIRRING, false);
        assertThat(secondsOf(Doubt.OCCLUDED, STIRRING)).isBetween(7.2, 8.2);
    }

    @Test
    void shouldNotTakeAHeldProfileForAFaceThatLookedAhead() {
        seen(260, 0, 45, true);
        seen(260, 0, 0, false);
        look(STIRRING, false);
        assertThat(secondsOf(Doubt.OCCLUDED, STIRRING)).isBetween(7.2, 8.2);
    }

    @Test
    void shouldTellAbsenceWhenTheFaceLeftThroughTheBorder() {
        seen(400, 20, 0, true);
        assertThat(look(STIRRING, false).isAbsent()).isTrue();
        assertThat(look(STIRRING, false).isAbsent()).isTrue();
    }

    @Test
    void shouldTellAbsenceSoonAfterACutToAnEmptyRoom() {
        seen(260, 0, 0, true);
        assertThat(look(STILL, true).isAbsent()).isTrue();
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    @Test
    void shouldTakeAFaceForHiddenForHalfAMinuteWhileASheetHangsStillBeforeIt() {
        seen(260, 0, 0, true);
        seen(260, 0, 0, true);
        hangASheet(200, 440, 300);
        assertThat(secondsOf(Doubt.OCCLUDED, STILL)).isBetween(29.6, 30.2);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    /** Hair of somebody who sat still looks like the room beside the face: it is gone when the candidate is. */
    @Test
    void shouldTellAbsenceWhenTheBodyIsGoneTooAndLittleIsHiddenBesideTheFace() {
        showBody(0.9);
        seen(260, 0, 0, true);
        seen(260, 0, 0, true);
        hangASheet(230, 410, 200);
        for (int i = 0; i < 25; i++) {
            assertThat(look(STILL, false).doubt()).contains(Doubt.OCCLUDED);
        }
        presence.begin(Math.round(frame * 1e9 / fps));
        assertThat(look(STILL, false).isAbsent()).isTrue();
        hangASheet(230, 410, 300);
        assertThat(look(STILL, false).doubt()).contains(Doubt.OCCLUDED);
    }

    /** A video call that adapts shows the same in fewer pixels. */
    private void show(int widthPx, int heightPx) {
        try (Mat before = image.upright().clone();
                Size size = new Size(widthPx, heightPx)) {
            opencv_imgproc.resize(before, image.upright(), size);
        }
        image.refresh();
    }

    @Test
    void shouldGoOnTakingAFaceForHiddenWhenThePicturesGetSmaller() {
        seen(260, 0, 0, true);
        seen(260, 0, 0, true);
        hangASheet(200, 440, 300);
        assertThat(look(STILL, false).doubt()).contains(Doubt.OCCLUDED);
        show(320, 240);
        assertThat(memory.lastXPx).isEqualTo(320);
        assertThat(secondsOf(Doubt.OCCLUDED, STILL)).isBetween(29.4, 30.0);
        assertThat(memory.lastXPx).isEqualTo(160);
        assertThat(memory.restYPx).isEqualTo(195 / 2.0);
    }

    @Test
    void shouldNotTakeAFaceForHiddenWhenThePicturesGetAnotherShape() {
        seen(260, 0, 0, true);
        seen(260, 0, 0, true);
        hangASheet(200, 440, 300);
        show(640, 360);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    @Test
    void shouldTellAbsenceAsSoonAsTheSheetIsGoneAndNobodyIsThere() {
        seen(260, 0, 0, true);
        seen(260, 0, 0, true);
        hangASheet(200, 440, 300);
        for (int i = 0; i < 40; i++) {
            assertThat(look(STILL, false).doubt()).contains(Doubt.OCCLUDED);
        }
        showTexturedUpTo(WIDTH);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    @Test
    void shouldTellAbsenceWhenSomethingStandsWhereAFaceMovedAwayFrom() {
        seen(260, 0, 0, true);
        seen(200, 20, 0, true);
        hangASheet(300, 600, 300);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    @Test
    void shouldSayTooCloseWhenANearFaceIsFollowedByNothingOfTheRoom() {
        seen(260, 0, 0, true);
        seen(260, 0, 0, true);
        near = 1.6;
        seen(100, 30, 0, true);
        hangASheet(0, WIDTH, HEIGHT);
        assertThat(look(STILL, false).doubt()).contains(Doubt.TOO_CLOSE);
    }

    @Test
    void shouldSayCoveredWhenMoreThanHalfOfThePictureTurnsPlain() {
        seen(200, 20, 0, true);
        showTexturedUpTo(WIDTH / 4);
        assertThat(look(STILL, false).doubt()).contains(Doubt.COVERED);
    }

    @Test
    void shouldNotHoldAPlainWallOfAnotherViewAgainstTheFirst() {
        seen(200, 20, 0, true);
        view = 2;
        showTexturedUpTo(WIDTH / 4);
        seen(200, 20, 0, true);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    @Test
    void shouldNotHoldAPlainerPictureAgainstOneOfLongAgo() {
        seen(200, 0, 0, true);
        showTexturedUpTo(WIDTH / 4);
        for (int i = 0; i < 12; i++) {
            seen(200, 0, 0, true);
        }
        seen(200, 20, 0, true);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    @Test
    void shouldTellAbsenceWhenNothingOfTheRoomWasLearntBecauseTheCameraWasTurnedAllTheTime() {
        shift = 0.1;
        seen(200, 20, 0, true);
        assertThat(look(STILL, false).isAbsent()).isTrue();
    }

    /** Something that may well be a face, 30 px wide. */
    private void doubt(double xPx, double yPx) {
        faces.clear();
        faces.doubt(0.6, 0.4, xPx, yPx, 30, 36);
    }

    @Test
    void shouldNotDoubtAnAbsenceForWhatWasThereBesideTheFace() {
        seen(260, 0, 0, true);
        seen(200, 20, 0, true);
        doubt(60, 60);
        assertThat(look(STILL, false)).isEqualTo(Reading.absent(1));
    }

    @Test
    void shouldDoubtAnAbsenceForWhatMayBeAFaceAndWasNotThereBefore() {
        seen(260, 0, 0, true);
        seen(200, 20, 0, true);
        hangASheet(40, 80, 80);
        doubt(60, 60);
        assertThat(look(STILL, false).doubt()).contains(Doubt.ROTATED);
    }

    @Test
    void shouldDoubtAnAbsenceForWhatMayBeAFaceWhereTheCandidateWas() {
        seen(260, 0, 0, true);
        seen(200, 20, 0, true);
        doubt(440, 200);
        assertThat(look(STILL, false).doubt()).contains(Doubt.ROTATED);
    }

    @Test
    void shouldDoubtAnAbsenceForOneOfManyThingsThatWasNotThereBefore() {
        seen(260, 0, 0, true);
        seen(200, 20, 0, true);
        hangASheet(20, 80, 80);
        faces.clear();
        for (int i = 0; i < 20; i++) {
            faces.doubt(0.6, 0.4, i < 19 ? 100 + i : 40, i < 19 ? 400 : 40, 10, 12);
        }
        assertThat(look(STILL, false).doubt()).contains(Doubt.ROTATED);
    }

    @Test
    void shouldSayUnclearInFog() {
        seen(200, 20, 0, true);
        contrast = 3;
        assertThat(look(STILL, false).doubt()).contains(Doubt.UNCLEAR);
    }
}
