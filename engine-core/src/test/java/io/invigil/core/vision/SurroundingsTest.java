package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.CameraState;
import io.invigil.api.ImageQuality;
import io.invigil.api.SceneMotion;
import io.invigil.core.sight.PictureSight;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody drawn before a room of shelves and wall, 160 x 120 px, five looks a second; the face is 32 x 40 px. */
class SurroundingsTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final int FACE_LEFT = 64;
    private static final int FACE_TOP = 40;
    private static final int FACE_WIDTH = 32;
    private static final int FACE_HEIGHT = 40;
    private static final String STILL = "0".repeat(64);

    private final DecodedImage image = new DecodedImage();
    private final Surroundings surroundings = new Surroundings();
    private final FacesInFrame.Slot face = new FacesInFrame.Slot();
    private final int[] picture = new int[WIDTH * HEIGHT];
    private int frame;
    private int view = 1;
    private double shiftX;
    private boolean cut;

    @BeforeEach
    void sitDown() {
        face.leftPx = FACE_LEFT;
        face.topPx = FACE_TOP;
        face.widthPx = FACE_WIDTH;
        face.heightPx = FACE_HEIGHT;
    }

    @AfterEach
    void close() {
        image.close();
    }

    /** A room: shelves with things above, a plain wall with a picture below. */
    private void room(int seed, int aside) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int column = Math.floorMod(x + aside, 4 * WIDTH) / 6;
                int thing = (column * 37 + y / 9 * 61 + seed * 91) % 130;
                picture[y * WIDTH + x] = y < 70 ? 50 + thing : 170 - y / 3 + seed;
            }
        }
    }

    private void fill(int left, int top, int right, int bottom, int level) {
        for (int y = Math.max(0, top); y < Math.min(HEIGHT, bottom); y++) {
            for (int x = Math.max(0, left); x < Math.min(WIDTH, right); x++) {
                picture[y * WIDTH + x] = level;
            }
        }
    }

    /** Head and body; the head sways a little. */
    private void person() {
        person(0);
    }

    private void person(int aside) {
        int sway = frame % 3 - 1 + aside;
        fill(FACE_LEFT - 2 + sway, FACE_TOP - 12, FACE_LEFT + FACE_WIDTH + 2 + sway, FACE_TOP + FACE_HEIGHT, 90);
        fill(FACE_LEFT + sway, FACE_TOP, FACE_LEFT + FACE_WIDTH + sway, FACE_TOP + FACE_HEIGHT, 190);
        fill(FACE_LEFT - 24 + aside, FACE_TOP + FACE_HEIGHT, FACE_LEFT + FACE_WIDTH + 24 + aside, HEIGHT, 60);
    }

    /** A sheet of this much more than the face's width to either side, lined. */
    private void sheet(int beyond) {
        fill(FACE_LEFT - beyond, FACE_TOP - 12, FACE_LEFT + FACE_WIDTH + beyond, FACE_TOP + FACE_HEIGHT + 12, 235);
        for (int y = FACE_TOP - 10; y < FACE_TOP + FACE_HEIGHT + 12; y += 3) {
            fill(FACE_LEFT - beyond, y, FACE_LEFT + FACE_WIDTH + beyond, y + 1, 120);
        }
    }

    private void expose(double gain) {
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (int) Math.min(255, Math.round(picture[i] * gain));
        }
    }

    private PictureSight show() {
        Mat upright = image.upright();
        upright.create(HEIGHT, WIDTH, opencv_core.CV_8UC3);
        BytePointer data = upright.data();
        for (int i = 0; i < picture.length; i++) {
            // Noise of one level either way.
            byte level = (byte) Math.max(0, Math.min(255, picture[i] + (i * 7919 + frame * 104_729) % 3 - 1));
            for (int c = 0; c < 3; c++) {
                data.put(3L * i + c, level);
            }
        }
        image.refresh();
        SceneMotion motion = new SceneMotion(view, shiftX, 0, STILL, 0);
        return Pictures.sight(new ImageQuality(CameraState.OK, 130, 50, 0.5, 1, 1, false, cut, motion));
    }

    private long nowNs() {
        return frame * 200_000_000L;
    }

    private void sits(double seconds) {
        for (int i = 0; i < 5 * seconds; i++) {
            room(0, 0);
            person();
            look();
        }
    }

    /** A look at the picture with the face in it. */
    private void look() {
        surroundings.seen(image, show(), face, nowNs());
        frame++;
    }

    /** A look at the picture without a face. */
    private void miss() {
        PictureSight quality = show();
        surroundings.unseen(quality);
        surroundings.compare(image, quality.motion());
        frame++;
    }

    private void claimsNothing() {
        assertThat(surroundings.isHiddenBesideFace(false)).isFalse();
        assertThat(surroundings.isMostlyGone()).isFalse();
    }

    @Test
    void shouldKnowTheRoomWhereThePersonWasLongAgoWhenTheSessionIsWeeksOld() {
        room(0, 0);
        for (int i = 0; i < 100; i++) {
            face.leftPx = i < 20 ? FACE_LEFT : 0;
            look();
        }
        frame += 25 * 24 * 3600 * 5;
        look();
        miss();
        assertThat(surroundings.isRoom(FACE_LEFT + 8, FACE_TOP, FACE_LEFT + FACE_WIDTH, FACE_TOP + 8, 1))
                .isTrue();
    }

    @Test
    void shouldClaimNothingWhenThePersonLeft() {
        sits(4);
        room(0, 0);
        miss();
        claimsNothing();
    }

    /** Of the person's own hair and shoulders, learnt while they hid the room for long, nothing is the room. */
    @ParameterizedTest
    @ValueSource(ints = {5, 11, 15, 19, 25})
    void shouldClaimNothingWhenThePersonLeftSomeTimeAfterMovingAside(int secondsAside) {
        sits(30);
        for (int aside : new int[] {12, 32}) {
            for (int i = 0; i < 5 * secondsAside; i++) {
                room(0, 0);
                person(aside);
                face.leftPx = FACE_LEFT + aside;
                look();
            }
            room(0, 0);
            miss();
            claimsNothing();
        }
    }

    @Test
    void shouldClaimNothingWhenTheExposureChangesAsThePersonLeaves() {
        sits(4);
        for (double gain : new double[] {0.6, 0.8, 1.25}) {
            room(0, 0);
            expose(gain);
            miss();
            claimsNothing();
        }
    }

    @Test
    void shouldTellASheetThatHangsBeforeTheFace() {
        sits(4);
        for (int i = 0; i < 60; i++) {
            room(0, 0);
            person();
            sheet(10);
            miss();
            assertThat(surroundings.isHiddenBesideFace(false)).isTrue();
            assertThat(surroundings.isMostlyGone()).isFalse();
        }
        room(0, 0);
        miss();
        claimsNothing();
    }

    @Test
    void shouldTellASheetThatWasMovedInSlowlyWhileTheFaceWasStillSeen() {
        sits(4);
        for (int i = 0; i < 40; i++) {
            room(0, 0);
            person();
            fill(FACE_LEFT - 12, HEIGHT - i, FACE_LEFT + FACE_WIDTH + 12, HEIGHT, 235);
            look();
        }
        room(0, 0);
        person();
        sheet(12);
        miss();
        assertThat(surroundings.isHiddenBesideFace(false)).isTrue();
    }

    @Test
    void shouldClaimNothingOfWhatIsNoLargerThanTheHead() {
        sits(4);
        room(0, 0);
        person();
        fill(FACE_LEFT, FACE_TOP, FACE_LEFT + FACE_WIDTH, FACE_TOP + FACE_HEIGHT, 150);
        miss();
        claimsNothing();
    }

    @Test
    void shouldTellABoardOverMostOfTheRoom() {
        sits(4);
        room(0, 0);
        person();
        fill(0, 0, WIDTH * 2 / 3, HEIGHT, 150);
        miss();
        assertThat(surroundings.isMostlyGone()).isTrue();
    }

    @Test
    void shouldTellThatTheRoomIsGoneWhenItsViewIsLost() {
        sits(4);
        for (int i = 0; i < 60; i++) {
            view = i < 25 ? 1 : 2;
            shiftX = i < 40 ? 0 : 0.2;
            fill(0, 0, WIDTH, HEIGHT, 150);
            fill(0, 30, WIDTH, 60, 90);
            miss();
            assertThat(surroundings.isMostlyGone()).isTrue();
        }
    }

    @Test
    void shouldKnowTheRoomStillWhenItsViewIsLostBesideAFaceThatIsSeen() {
        sits(4);
        for (int i = 0; i < 60; i++) {
            view = i < 25 ? 1 : 2;
            room(0, 0);
            person();
            fill(0, 0, WIDTH, FACE_TOP + FACE_HEIGHT / 2, 150);
            look();
        }
        surroundings.compare(image, show().motion());
        assertThat(surroundings.isMostlyGone()).isTrue();
    }

    @Test
    void shouldFollowACameraThatWasNudged() {
        sits(4);
        shiftX = 3.0 / WIDTH;
        room(0, -3);
        miss();
        claimsNothing();
    }

    /** Whoever leaves takes so much of the picture along that the shift of the rest may be told wrong. */
    @Test
    void shouldNotFollowAShiftThatExplainsLessOfTheRoomThanNone() {
        sits(4);
        shiftX = -2.0 / WIDTH;
        room(0, 0);
        miss();
        claimsNothing();
    }

    @Test
    void shouldKnowTheRoomWhereItStoodLastWhenTheShiftIsToldAnew() {
        shiftX = 2.0 / WIDTH;
        sits(4);
        shiftX = 0;
        sits(2);
        shiftX = -1.0 / WIDTH;
        room(0, 0);
        miss();
        claimsNothing();
    }

    @Test
    void shouldClaimNothingOfAnotherViewWhenTheCameraWasTurned() {
        sits(4);
        shiftX = 0.2;
        room(0, 32);
        miss();
        claimsNothing();
        shiftX = 0;
        view = 2;
        miss();
        claimsNothing();
    }

    @Test
    void shouldClaimNothingOfAnotherRoomAfterACut() {
        sits(4);
        room(5, 0);
        fill(0, 70, WIDTH, HEIGHT, 60);
        cut = true;
        miss();
        cut = false;
        miss();
        claimsNothing();
    }

    @Test
    void shouldLearnAnotherRoomWhenACutShowsAFaceInIt() {
        sits(4);
        cut = true;
        for (int i = 0; i < 20; i++) {
            room(5, 0);
            fill(0, 70, WIDTH, HEIGHT, 60);
            person();
            look();
            cut = false;
        }
        room(5, 0);
        fill(0, 70, WIDTH, HEIGHT, 60);
        miss();
        claimsNothing();
    }

    @Test
    void shouldTakeForTheRoomWhatHasStoodThereForLong() {
        sits(4);
        for (int i = 0; i < 5 * 26; i++) {
            room(0, 0);
            fill(100, 0, WIDTH, HEIGHT, 150);
            person();
            look();
        }
        room(0, 0);
        fill(100, 0, WIDTH, HEIGHT, 150);
        miss();
        claimsNothing();
    }

    @Test
    void shouldClaimNothingAfterAGlimpseOfTheRoom() {
        sits(1);
        room(0, 0);
        person();
        sheet(10);
        miss();
        claimsNothing();
    }

    /** Whether a part of the shelves beside the candidate is known to be as it was. */
    private boolean isShelfAsItWas() {
        return surroundings.isRoom(8, 8, 24, 24, 1);
    }

    @Test
    void shouldKnowAPartOfTheRoomAgainWhenTheExposureChangesOrTheCameraIsNudged() {
        sits(4);
        room(0, 0);
        miss();
        assertThat(isShelfAsItWas()).isTrue();
        expose(0.6);
        miss();
        assertThat(isShelfAsItWas()).isTrue();
        shiftX = 4.0 / WIDTH;
        room(0, -4);
        miss();
        assertThat(surroundings.isRoom(12, 8, 28, 24, 1)).isTrue();
    }

    @Test
    void shouldNotTakeForTheRoomWhatCameOrWhereTheCandidateWas() {
        sits(4);
        room(0, 0);
        fill(10, 10, 22, 22, 230);
        miss();
        assertThat(isShelfAsItWas()).isFalse();
        assertThat(surroundings.isRoom(130, 8, 150, 24, 1)).isTrue();
        assertThat(surroundings.isRoom(FACE_LEFT + 4, FACE_TOP + 4, FACE_LEFT + 20, FACE_TOP + 20, 1))
                .isFalse();
        assertThat(surroundings.isRoom(-400, -400, 400, 400, 1)).isFalse();
    }

    @Test
    void shouldKnowNoPartOfTheRoomAfterAGlimpseOrWhenTheCameraWasTurned() {
        sits(1);
        room(0, 0);
        miss();
        assertThat(isShelfAsItWas()).isFalse();
        sits(4);
        room(0, 0);
        shiftX = 0.2;
        miss();
        assertThat(isShelfAsItWas()).isFalse();
    }

    @Test
    void shouldStartAnewWhenThePictureHasAnotherSize() {
        sits(4);
        Mat upright = image.upright();
        upright.create(90, 90, opencv_core.CV_8UC3);
        image.refresh();
        SceneMotion motion = new SceneMotion(1, 0, 0, STILL, 0);
        PictureSight quality =
                Pictures.sight(new ImageQuality(CameraState.OK, 130, 50, 0.5, 1, 1, false, false, motion));
        surroundings.unseen(quality);
        surroundings.compare(image, quality.motion());
        claimsNothing();
    }
}
