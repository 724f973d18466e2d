package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import ai.onnxruntime.OrtEnvironment;
import io.invigil.api.Shedding;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.PictureSight;
import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelId;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class FaceTrackerTest {
    private static final long FRAME_NS = 100_000_000L;
    private static final long INTERVAL_NS = 600_000_000L;
    private static final Pressure SHEDDING = Pressure.of(Shedding.PERSONS, false);

    private static OnnxModel detection;
    private static OnnxModel meshModel;

    private final FaceDetector detector = new FaceDetector(detection);
    private final FaceMesh mesh = new FaceMesh(meshModel);
    private final FaceTracker tracker = new FaceTracker(detector, mesh);
    private final FrameDecoder decoder = new FrameDecoder(1 << 24);
    private final DecodedImage image = new DecodedImage();
    private final QualityMeter meter = new QualityMeter();
    private final QualityMemory qualityMemory = new QualityMemory();
    private final FaceMemory memory = new FaceMemory(INTERVAL_NS, true);
    private final FacesInFrame faces = new FacesInFrame();
    private final Random random = new Random(23);
    private long nowNs;

    @BeforeAll
    static void load() {
        ModelCatalog catalog = ModelCatalog.bundled();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        detection = new OnnxModel(environment, "detection", catalog.load(ModelId.FACE_DETECTION_FULL_RANGE));
        meshModel = new OnnxModel(environment, "mesh", catalog.load(ModelId.FACE_MESH_ATTENTION));
    }

    @AfterAll
    static void unload() {
        meshModel.close();
        detection.close();
    }

    @AfterEach
    void close() {
        detector.close();
        mesh.close();
        decoder.close();
        image.close();
    }

    private PictureSight look(Mat picture) {
        decoder.decode(Pictures.noisyFrame(picture, 1, random, nowNs), image.upright());
        image.refresh();
        PictureSight quality = new PictureSight();
        meter.measure(image, nowNs, qualityMemory, quality);
        tracker.track(image, quality, nowNs, memory, faces);
        nowNs += FRAME_NS;
        return quality;
    }

    /** A committed face scaled so that it is this wide (the face itself about 0.21 of the astronaut picture's width). */
    private static Mat astronaut(int widthPx) {
        Mat result = new Mat();
        Mat face = Pictures.face("astronaut.png");
        resize(face, result, new Size(widthPx, widthPx), 0, 0, widthPx < 512 ? INTER_AREA : INTER_LINEAR);
        return result;
    }

    @Test
    void shouldFollowWithTheSameIdAndRunTheDetectorOnlyOnItsCadence() {
        Mat scene = Pictures.room(640, 480);
        Pictures.paste(scene, astronaut(300), 150, 100);
        int detectorRuns = 0;
        long last = -1;
        for (int i = 0; i < 24; i++) {
            look(scene);
            assertThat(faces.count).as("frame %d", i).isEqualTo(1);
            assertThat(faces.slots[0].trackId).isEqualTo(1);
            assertThat(faces.slots[0].meshed).isTrue();
            detectorRuns += memory.cadence.lastSearchNs() != last ? 1 : 0;
            last = memory.cadence.lastSearchNs();
        }
        assertThat(detectorRuns).isBetween(3, 6);
    }

    @Test
    void shouldFollowOverAGapInTheFramesWithoutASearchButNotForEver() {
        Mat scene = Pictures.room(640, 480);
        Pictures.paste(scene, astronaut(300), 150, 100);
        memory.cadence.press(SHEDDING);
        look(scene);
        look(scene);
        long searchedNs = memory.cadence.lastSearchNs();
        nowNs += 9_000_000_000L;
        look(scene);

        assertThat(faces.slots[0].trackId).isEqualTo(1);
        assertThat(faces.slots[0].meshed).isTrue();
        assertThat(memory.cadence.lastSearchNs()).isEqualTo(searchedNs);

        nowNs += 11_000_000_000L;
        look(scene);

        assertThat(faces.slots[0].trackId).isEqualTo(2);
    }

    @Test
    void shouldPutASearchOffWhileAskedTo() {
        Mat scene = Pictures.room(640, 480);
        Pictures.paste(scene, astronaut(300), 150, 100);
        int[] runs = new int[2];
        for (int turn = 0; turn < 2; turn++) {
            memory.cadence.press(Pressure.of(Shedding.PERSONS, turn == 1));
            long last = memory.cadence.lastSearchNs();
            for (int i = 0; i < 60; i++) {
                nowNs += 2_000_000_000L;
                look(scene);
                runs[turn] += memory.cadence.lastSearchNs() != last ? 1 : 0;
                last = memory.cadence.lastSearchNs();
            }
        }

        assertThat(runs[0]).isBetween(18, 22);
        assertThat(runs[1]).isBetween(9, 11);
    }

    @Test
    void shouldTakeTurnsWithThePartsWhereSomethingAlwaysMovesAndStillSeeWhoComesIn() {
        Mat[] scenes = {Pictures.room(960, 540), Pictures.room(960, 540)};
        try (Rect place = new Rect(820, 400, 120, 120);
                Mat curtain = new Mat(scenes[1], place);
                Scalar light = new Scalar(250, 250, 250, 0)) {
            curtain.put(light);
        }
        for (Mat scene : scenes) {
            Pictures.paste(scene, astronaut(400), 20, 100);
        }
        int[] tiles = new int[2];
        for (int i = 0; i < 40; i++) {
            int before = memory.nextTile;
            look(scenes[i % 2]);
            assertThat(faces.count).as("frame %d", i).isEqualTo(1);
            tiles[i / 20] += memory.nextTile != before ? 1 : 0;
        }
        assertThat(tiles[0])
                .as("at first a part beside the whole on each frame")
                .isGreaterThan(10);
        assertThat(tiles[1]).as("later every other frame").isBetween(9, 11);

        for (Mat scene : scenes) {
            Pictures.paste(scene, astronaut(340), 560, 120);
        }
        look(scenes[0]);
        int atOnce = faces.count;
        look(scenes[1]);
        assertThat(Math.max(atOnce, faces.count)).isEqualTo(2);
    }

    @Test
    void shouldLookLessOftenOnceAllIsSearchedAndAgainAtOnceWhenSomebodyComesIn() {
        Mat scene = Pictures.room(640, 480);
        Pictures.paste(scene, astronaut(300), 0, 100);
        long searchedNs = 0;
        long last = -1;
        long longestNs = 0;
        for (int i = 0; i < 400; i++) {
            look(scene);
            if (memory.cadence.lastSearchNs() != last) {
                longestNs = Math.max(longestNs, last < 0 ? 0 : memory.cadence.lastSearchNs() - last);
                searchedNs = longestNs > INTERVAL_NS && searchedNs == 0 ? last : searchedNs;
                last = memory.cadence.lastSearchNs();
            }
        }
        assertThat(searchedNs).isGreaterThan(20 * INTERVAL_NS);
        assertThat(longestNs).isBetween(3 * INTERVAL_NS, 5 * INTERVAL_NS);
        Pictures.paste(scene, astronaut(300), 330, 100);
        look(scene);
        assertThat(faces.count).isEqualTo(2);
    }

    @Test
    void shouldFollowWhenTheFaceMovesByHalfItsWidthAFrame() {
        Mat room = Pictures.room(960, 480);
        Mat face = astronaut(200);
        for (int i = 0; i < 20; i++) {
            Mat frame = room.clone();
            Pictures.paste(frame, face, 20 * i, 100);
            look(frame);
            assertThat(faces.count).as("frame %d", i).isEqualTo(1);
            assertThat(faces.slots[0].trackId).isEqualTo(1);
            double middle = faces.slots[0].leftPx + faces.slots[0].widthPx / 2;
            assertThat(middle - 20 * i).as("frame %d", i).isBetween(80.0, 97.0);
        }
    }

    @Test
    void shouldSeeASecondFaceOnTheVeryFrameItAppearsAndKeepTheCandidateFirst() {
        Mat scene = Pictures.room(960, 540);
        Pictures.paste(scene, astronaut(400), 20, 100);
        for (int i = 0; i < 3; i++) {
            look(scene);
        }
        assertThat(faces.count).isEqualTo(1);
        Pictures.paste(scene, astronaut(340), 560, 120);
        look(scene);
        assertThat(faces.count).isEqualTo(2);
        assertThat(faces.slots[0].trackId).isEqualTo(1);
        assertThat(faces.slots[1].leftPx).isGreaterThan(560);
    }

    @Test
    void shouldReportTheLossAtOnceAndTheReturnUnderTheSameIdSoonAfter() {
        Mat room = Pictures.room(640, 480);
        Mat there = room.clone();
        Pictures.paste(there, astronaut(300), 150, 100);
        for (int i = 0; i < 4; i++) {
            look(there);
        }
        look(room);
        assertThat(faces.count).isZero();
        for (int i = 0; i < 3; i++) {
            look(room);
        }
        assertThat(faces.count).isZero();
        assertThat(faces.searched).isTrue();
        look(there);
        assertThat(faces.count).isEqualTo(1);
        assertThat(faces.slots[0].trackId).isEqualTo(1);
    }

    /** Whether the whole picture was searched on the first frame without the face, so long after the last one with it. */
    private boolean searchedAtOnce(long gapNs, Pressure pressure) {
        Mat room = Pictures.room(640, 480);
        Mat there = room.clone();
        Pictures.paste(there, astronaut(300), 150, 100);
        memory.cadence.press(pressure);
        for (int i = 0; i < 5; i++) {
            look(there);
        }
        assertThat(faces.count).isEqualTo(1);
        nowNs += gapNs - FRAME_NS;
        look(room);
        assertThat(faces.count).isZero();
        return faces.searched;
    }

    @Test
    void shouldSearchTheWholePictureAtOnceWhenTheNextFrameIsLongInComing() {
        assertThat(searchedAtOnce(1_000_000_000L, Pressure.NONE)).isTrue();
    }

    @Test
    void shouldSpreadTheSearchOverFramesThatComeQuickly() {
        assertThat(searchedAtOnce(200_000_000L, Pressure.NONE)).isFalse();
    }

    @Test
    void shouldSpreadTheSearchOverFramesWhenTheEngineIsBusy() {
        assertThat(searchedAtOnce(1_000_000_000L, SHEDDING)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 200, 400, 480})
    void shouldFindFacesFromTwelvePixelsUp(int pictureWidth) {
        Mat scene = Pictures.room(640, 480);
        Pictures.paste(scene, astronaut(pictureWidth), 640 - pictureWidth, 0);
        for (int i = 0; i < 12 && faces.count == 0; i++) {
            look(scene);
        }
        assertThat(faces.count).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.3, 0.22})
    void shouldFindFacesThatFillThePicture(double share) {
        Mat face = Pictures.face("astronaut.png");
        int side = (int) (512 * share);
        Mat crop = new Mat(face, new Rect(224 - side / 2, 120 - Math.min(120, side / 2), side, side));
        Mat scene = new Mat();
        resize(crop, scene, new Size(640, 640));
        look(scene);
        assertThat(faces.count).isEqualTo(1);
    }

    @Test
    void shouldNotSeeFacesInARoomWithoutAny() {
        Mat room = Pictures.room(640, 480);
        for (int i = 0; i < 20; i++) {
            look(room);
            assertThat(faces.count).as("frame %d", i).isZero();
        }
    }

    @Test
    void shouldMeasureMotionAgainstStandingStill() {
        Mat scene = Pictures.room(640, 480);
        Mat face = astronaut(300);
        Mat frame = scene.clone();
        Pictures.paste(frame, face, 150, 100);
        for (int i = 0; i < 4; i++) {
            look(frame);
        }
        double still = faces.slots[0].motion;
        Mat moved = scene.clone();
        Pictures.paste(moved, face, 156, 100);
        look(moved);
        assertThat(still).isLessThan(25);
        assertThat(faces.slots[0].motion).isGreaterThan(3 * still).isBetween(50.0, 200.0);
    }
}
