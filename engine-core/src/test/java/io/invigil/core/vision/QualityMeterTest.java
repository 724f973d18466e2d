package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;

import io.invigil.api.CameraState;
import io.invigil.api.ImageQuality;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.sight.PictureSight;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QualityMeterTest {
    private final FrameDecoder decoder = new FrameDecoder(1 << 24);
    private final DecodedImage image = new DecodedImage();
    private final QualityMeter meter = new QualityMeter();
    private final QualityMemory memory = new QualityMemory();
    private final Random random = new Random(17);
    private long nowNs;

    @AfterEach
    void close() {
        decoder.close();
        image.close();
    }

    private ImageQuality measure(Mat picture, double noise) {
        FrameBuffer frame = Pictures.noisyFrame(picture, noise, random, 0);
        decoder.decode(frame, image.upright());
        image.refresh();
        nowNs += 200_000_000L;
        PictureSight seen = new PictureSight();
        meter.measure(image, nowNs, memory, seen);
        return seen.toImageQuality();
    }

    private static Mat plain(int blue, int green, int red) {
        return new Mat(480, 640, CV_8UC3, new Scalar(blue, green, red, 0));
    }

    private static Mat scaled(Mat picture, double gain) {
        Mat result = new Mat();
        picture.convertTo(result, -1, gain, 0);
        return result;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 4, 8})
    void shouldSayBlackWhenLensCapIsOnWhateverTheNoise(double noise) {
        assertThat(measure(plain(4, 4, 4), noise).state()).isEqualTo(CameraState.BLACK);
    }

    @Test
    void shouldSayCoveredWhenFingerLiesOnTheLens() {
        Mat finger = plain(15, 20, 60);
        for (int x = 0; x < 640; x++) {
            finger.col(x).put(new Scalar(10 + x / 64.0, 15 + x / 64.0, 50 + x / 20.0, 0));
        }
        assertThat(measure(finger, 3).state()).isEqualTo(CameraState.COVERED);
        assertThat(measure(scaled(finger, 2.5), 3).state())
                .as("a lamp behind it")
                .isEqualTo(CameraState.COVERED);
    }

    /** Light falls on a wall from one side. */
    @Test
    void shouldSayOkWhenWallIsPlainAndBright() {
        Mat wall = plain(170, 175, 180);
        for (int x = 0; x < 640; x++) {
            double shade = 1 - 0.06 * x / 640;
            wall.col(x).put(new Scalar(170 * shade, 175 * shade, 180 * shade, 0));
        }
        assertThat(measure(wall, 3).state()).isEqualTo(CameraState.OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 90, 128, 180, 230})
    void shouldSayCoveredWhenASheetOnTheLensShowsNothingAtAll(int grey) {
        for (double noise : new double[] {0, 1, 3, 5}) {
            assertThat(measure(plain(grey, grey, grey), noise).state())
                    .as("noise %.0f", noise)
                    .isEqualTo(CameraState.COVERED);
        }
    }

    @Test
    void shouldGoFromOkOverDarkToBlackWhenLightFades() {
        Mat room = Pictures.face("astronaut.png");
        assertThat(measure(room, 2).state()).isEqualTo(CameraState.OK);
        assertThat(measure(scaled(room, 0.3), 2).state()).isEqualTo(CameraState.OK);
        assertThat(measure(scaled(room, 0.07), 2).state()).isEqualTo(CameraState.DARK);
        assertThat(measure(scaled(room, 0.01), 2).state()).isEqualTo(CameraState.BLACK);
    }

    @Test
    void shouldSayBlurredFromStrongBlurOnWhateverTheNoise() {
        Mat sharp = Pictures.face("astronaut.png");
        for (double noise : new double[] {0, 4}) {
            for (double sigma : new double[] {10, 20, 40}) {
                Mat blurred = new Mat();
                GaussianBlur(sharp, blurred, new Size(0, 0), sigma);
                assertThat(measure(blurred, noise).state())
                        .as("sigma %.0f", sigma)
                        .isEqualTo(CameraState.BLURRED);
            }
            Mat soft = new Mat();
            GaussianBlur(sharp, soft, new Size(0, 0), 3);
            assertThat(measure(soft, noise).state()).isEqualTo(CameraState.OK);
        }
    }

    @Test
    void shouldSayOverexposedWhenBlownOut() {
        assertThat(measure(scaled(Pictures.face("astronaut.png"), 12), 2).state())
                .isEqualTo(CameraState.OVEREXPOSED);
    }

    @Test
    void shouldSayUnchangedOnlyWhenNothingButCodingDiffers() {
        Mat room = Pictures.face("astronaut.png");
        assertThat(measure(room, 0).unchanged()).as("first frame").isFalse();
        for (int i = 0; i < 10; i++) {
            assertThat(measure(room, 0).unchanged()).isTrue();
        }
        // A coder's key frame redraws everything a little, once.
        Mat redrawn = room.clone();
        for (int y = 0; y < redrawn.rows(); y += 2) {
            redrawn.row(y)
                    .put(org.bytedeco
                            .opencv
                            .global
                            .opencv_core
                            .add(room.row(y), new Scalar(2, 2, 2, 0))
                            .asMat());
        }
        assertThat(measure(redrawn, 0).unchanged()).as("refreshed").isTrue();
        assertThat(measure(redrawn, 0).unchanged()).isTrue();
    }

    @Test
    void shouldSayChangedWhenSensorNoiseIsThere() {
        Mat room = Pictures.face("astronaut.png");
        for (int i = 0; i < 10; i++) {
            assertThat(measure(room, 2).unchanged()).isFalse();
        }
    }

    @Test
    void shouldSayChangedWhenOnlyAnEyelidMoves() {
        Mat room = Pictures.face("astronaut.png");
        measure(room, 0);
        for (int i = 0; i < 6; i++) {
            Mat blink = room.clone();
            if (i % 2 == 0) {
                Mat lid = new Mat(blink, new Rect(195, 98, 20, 9));
                lid.put(new Scalar(110, 130, 190, 0));
            }
            assertThat(measure(blink, 0).unchanged()).as("frame %d", i).isFalse();
        }
    }

    @Test
    void shouldMeasureChangeAndPeakWhenAPartMoves() {
        Mat room = Pictures.room(640, 480);
        measure(room, 0);
        Mat moved = room.clone();
        new Mat(moved, new Rect(560, 400, 40, 30)).put(new Scalar(0, 0, 0, 0));
        ImageQuality quality = measure(moved, 0);
        assertThat(quality.peakChange()).isGreaterThan(50);
        assertThat(quality.change()).isLessThan(2);
        assertThat(quality.sceneCut()).isFalse();
    }

    @Test
    void shouldSeeSceneCutWhenAnotherSceneIsShownAndNotWhenLightChanges() {
        Mat one = Pictures.face("astronaut.png");
        Mat other = new Mat();
        org.bytedeco.opencv.global.opencv_core.rotate(one, other, org.bytedeco.opencv.global.opencv_core.ROTATE_180);
        measure(one, 1);
        assertThat(measure(scaled(one, 0.5), 1).sceneCut()).isFalse();
        assertThat(measure(other, 1).sceneCut()).isTrue();
        assertThat(measure(other, 1).sceneCut()).isFalse();
    }

    @Test
    void shouldTellCameraShakeFromStandingStill() {
        Mat big = Pictures.face("astronaut.png");
        measure(new Mat(big, new Rect(10, 10, 480, 480)), 1);
        measure(new Mat(big, new Rect(16, 6, 480, 480)), 1);
        assertThat(image.cameraShiftXPx()).isBetween(-8.0, -4.0);
        assertThat(image.cameraShiftYPx()).isBetween(2.5, 5.5);
        measure(new Mat(big, new Rect(16, 6, 480, 480)), 1);
        assertThat(image.cameraShiftXPx()).isBetween(-0.3, 0.3);
    }
}
