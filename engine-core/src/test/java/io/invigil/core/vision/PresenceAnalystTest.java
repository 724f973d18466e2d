package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import io.invigil.api.CameraState;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.core.sight.PictureSight;
import io.invigil.core.sight.PresenceSight;
import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelId;
import io.invigil.testdata.CameraModel;
import io.invigil.testdata.HeadState;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.Scene;
import io.invigil.testdata.SceneRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PresenceAnalystTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final PictureSight CALM = PresenceMemoryTest.quality(CameraState.OK, 0, false);

    private static OnnxModel nanoDet;
    private static OnnxModel centerNet;
    private static PresenceAnalyst analyst;
    private static Mat astronaut;
    private static Mat empty;

    @BeforeAll
    static void load() throws IOException {
        opencv_core.setNumThreads(1);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        ModelCatalog catalog = ModelCatalog.bundled();
        nanoDet = new OnnxModel(environment, "nanodet", catalog.load(ModelId.NANODET));
        centerNet = new OnnxModel(environment, "centernet", catalog.load(ModelId.CENTERNET));
        analyst = new PresenceAnalyst(nanoDet, centerNet);
        astronaut = picture("/io/invigil/testdata/faces/astronaut.png");
        empty = new Mat(480, 640, opencv_core.CV_8UC3, new Scalar(110, 120, 130, 0));
    }

    private static Mat picture(String resource) throws IOException {
        try (InputStream in = PresenceAnalystTest.class.getResourceAsStream(resource)) {
            byte[] bytes = in.readAllBytes();
            try (BytePointer pointer = new BytePointer(bytes);
                    Mat encoded = new Mat(1, bytes.length, opencv_core.CV_8UC1, pointer)) {
                return opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR);
            }
        }
    }

    private static DecodedImage upright(Mat bgr) {
        DecodedImage image = new DecodedImage();
        bgr.copyTo(image.upright());
        image.refresh();
        return image;
    }

    private static PresenceObservation analyse(Mat bgr, PictureSight quality, long timestampNs, PresenceMemory memory) {
        return analyse(analyst, bgr, quality, timestampNs, memory);
    }

    private static PresenceObservation analyse(
            PresenceAnalyst with, Mat bgr, PictureSight quality, long timestampNs, PresenceMemory memory) {
        try (DecodedImage image = upright(bgr)) {
            PresenceSight seen = new PresenceSight();
            with.analyse(image, quality, timestampNs, memory, seen);
            return seen.toPresenceObservation();
        }
    }

    @AfterAll
    static void free() {
        analyst.close();
        nanoDet.close();
        centerNet.close();
        astronaut.close();
        empty.close();
    }

    @Test
    void shouldEqualPythonReferenceWhenNanoDetLooksAtAPicture() {
        ObjectCandidates found = new ObjectCandidates(64);
        try (DecodedImage upright = upright(astronaut);
                NanoDet detector = new NanoDet(
                        nanoDet,
                        new NanoDetDecoder.Wanted(
                                new int[] {NanoDetClasses.PERSON, NanoDetClasses.CELL_PHONE},
                                new float[] {0.25f, 0.1f}))) {
            detector.look(upright, Tile.whole(512, 512), NanoDet.SIDE_PX, found);
        }
        found.suppress(0.5, 0.8);

        assertThat(found.size()).isEqualTo(3);
        assertBox(found, 0, NanoDetClasses.PERSON, 0.7466, 14.00, 13.78, 364.04, 506.97);
        assertBox(found, 1, NanoDetClasses.CELL_PHONE, 0.1937, 275.03, 348.63, 500.10, 512.00);
        assertBox(found, 2, NanoDetClasses.CELL_PHONE, 0.1331, 278.19, 341.72, 329.38, 375.51);
    }

    @Test
    void shouldEqualPythonReferenceWhenCenterNetLooksAtAPicture() {
        ObjectCandidates found = new ObjectCandidates(64);
        try (DecodedImage upright = upright(astronaut);
                CenterNet detector = new CenterNet(centerNet)) {
            detector.look(upright, Tile.whole(512, 512), 512, found);
        }
        found.suppress(0.5, 0.8);

        assertThat(found.size()).isEqualTo(2);
        assertBox(found, 0, NanoDetClasses.CELL_PHONE, 0.0764, 94.02, 483.55, 186.29, 512.00);
        assertThat((double) found.rival(0)).isCloseTo(0.0721, within(0.005));
        assertBox(found, 1, NanoDetClasses.CELL_PHONE, 0.0472, 152.89, 463.78, 192.13, 509.28);
    }

    @Test
    void shouldLookAnewWhenTensorsOfASizeCouldNotBeMade() {
        AtomicBoolean full = new AtomicBoolean(true);
        try (DecodedImage upright = upright(astronaut);
                TileRuns runs = new TileRuns(centerNet, (width, height) -> {
                    if (width < 512 && full.get()) {
                        throw new OutOfMemoryError("no room for tensors");
                    }
                    long[] scores = {1, CenterNetDecoder.CLASSES, height / 4, width / 4};
                    return Map.of("scores", scores, "boxes", new long[] {1, 4, height / 4, width / 4});
                })) {
            Tile part = Tile.whole(512, 512);
            runs.look(upright, part, 512);
            assertThatThrownBy(() -> runs.look(upright, part, 384)).isInstanceOf(OutOfMemoryError.class);
            assertThatThrownBy(() -> runs.look(upright, part, 384)).isInstanceOf(OutOfMemoryError.class);

            full.set(false);
            runs.look(upright, part, 384);
            assertThat(runs.output("scores").capacity()).isEqualTo(CenterNetDecoder.CLASSES * 96 * 96);
        }
    }

    private static void assertBox(
            ObjectCandidates found,
            int i,
            int category,
            double score,
            double left,
            double top,
            double right,
            double bottom) {
        assertThat(found.category(i)).isEqualTo(category);
        assertThat((double) found.score(i)).isCloseTo(score, within(0.005));
        assertThat((double) found.left(i)).isCloseTo(left, within(1.5));
        assertThat((double) found.top(i)).isCloseTo(top, within(1.5));
        assertThat((double) found.right(i)).isCloseTo(right, within(1.5));
        assertThat((double) found.bottom(i)).isCloseTo(bottom, within(1.5));
    }

    @Test
    void shouldSeeOnePersonAndNoPhoneWhenOnePersonIsThere() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        for (int i = 0; i < 8; i++) {
            PresenceObservation seen = analyse(astronaut, CALM, 3 * i * SECOND_NS, memory);

            assertThat(seen.fresh()).isTrue();
            assertThat(seen.persons()).hasSize(1);
            assertThat(seen.persons().get(0).category()).isEqualTo("person");
            assertThat(seen.persons().get(0).score()).isGreaterThan(0.6);
            assertThat(seen.objects())
                    .filteredOn(object -> object.category().equals("cell phone"))
                    .allMatch(object -> object.score() < 0.3);
        }
    }

    @Test
    void shouldSeeTwoBodiesWhenTwoPersonsSitSideBySide() {
        try (Mat both = new Mat(astronaut.rows(), 2 * astronaut.cols(), opencv_core.CV_8UC3);
                Mat left = both.colRange(0, astronaut.cols());
                Mat right = both.colRange(astronaut.cols(), 2 * astronaut.cols())) {
            astronaut.copyTo(left);
            astronaut.copyTo(right);

            PresenceObservation seen = analyse(both, CALM, 0, new PresenceMemory(Policy.interview()));

            assertThat(seen.persons())
                    .filteredOn(person -> person.score() >= 0.5)
                    .hasSize(2);
        }
    }

    @Test
    void shouldSeeNobodyWhenThePictureIsEmpty() {
        PresenceObservation seen = analyse(empty, CALM, 0, new PresenceMemory(Policy.interview()));

        assertThat(seen.fresh()).isTrue();
        assertThat(seen.evaluatedAtNs()).isZero();
        assertThat(seen.persons()).isEmpty();
        assertThat(seen.objects()).isEmpty();
    }

    @Test
    void shouldAskTheSecondDetectorWhenSomethingLooksLikeAPhone() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());

        analyse(astronaut, CALM, 0, memory);

        assertThat(memory.phoneCase().weight(PhoneLook.CENTERNET_WHOLE, memory.looks()))
                .isPositive();
    }

    @Test
    void shouldLookAtOnePartAfterTheOtherWhenTheWholeShowsNoPhone() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        double before = memory.savedRuns();

        analyse(empty, CALM, 0, memory);

        assertThat(before - memory.savedRuns())
                .isCloseTo(PhoneLook.NANODET_WHOLE.cost() + PhoneLook.NANODET_AROUND.cost(), within(1e-9));
    }

    @Test
    void shouldNotForgetASmallPhoneWhenThePictureStaysStill() {
        SceneRenderer renderer = new SceneRenderer(CameraModel.standard(1280, 720), 1.8);
        Scene scene = new Scene(
                List.of(new Scene.Person(Portrait.P1, HeadState.frontal(50))),
                Optional.of(new Scene.Phone(0.22, 0.75, 0.08, 10)),
                Scene.View.CLEAR,
                1);
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            byte[] pixels = renderer.render(scene, i * SECOND_NS, 100 + i).bgr();
            try (BytePointer bytes = new BytePointer(pixels);
                    Mat bgr = new Mat(720, 1280, opencv_core.CV_8UC3, bytes)) {
                PresenceObservation seen = analyse(bgr, CALM, i * SECOND_NS, memory);
                if (seen.fresh()) {
                    scores.add(phoneScore(seen));
                }
            }
        }

        assertThat(memory.isSettled()).isTrue();
        assertThat(scores.subList(5, scores.size())).hasSizeGreaterThan(8).allMatch(score -> score >= 0.3);
    }

    /** A small phone on the far right of a wide picture, whose left has looked like one for a while. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.8})
    void shouldFindASmallPhoneAtAnyPlaceWhileSomethingElseIsSuspectedInVain(double y) {
        SceneRenderer renderer = new SceneRenderer(CameraModel.standard(1280, 720), 1.8);
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Optional<Scene.Phone> phone = i < 10 ? Optional.empty() : Optional.of(new Scene.Phone(0.9, y, 0.08, 10));
            byte[] pixels = renderer.render(new Scene(List.of(), phone, Scene.View.CLEAR, 1), 0, i)
                    .bgr();
            try (BytePointer bytes = new BytePointer(pixels);
                    Mat bgr = new Mat(720, 1280, opencv_core.CV_8UC3, bytes)) {
                Pictures.paste(bgr, astronaut, 20 * (i % 2), 100);
                PresenceObservation seen = analyse(bgr, CALM, i * SECOND_NS, memory);
                scores.add(phoneScore(seen));
            }
        }

        assertThat(scores).anyMatch(score -> score >= 0.3);
    }

    private static double phoneScore(PresenceObservation seen) {
        return seen.objects().stream()
                .filter(thing -> thing.category().equals("cell phone"))
                .mapToDouble(ObjectDetection::score)
                .max()
                .orElse(0);
    }

    @Test
    void shouldCarryOnWhenNoLookIsDue() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        assertThat(memory.seen().toPresenceObservation()).isEqualTo(PresenceObservation.NONE);

        Mat blank = new Mat(astronaut.size(), opencv_core.CV_8UC3, new Scalar(110, 120, 130, 0));
        PresenceObservation first = analyse(astronaut, CALM, 0, memory);
        PresenceObservation second = analyse(blank, CALM, SECOND_NS / 5, memory);
        PresenceObservation third = analyse(blank, CALM, SECOND_NS, memory);
        PresenceObservation dark =
                analyse(blank, PresenceMemoryTest.quality(CameraState.BLACK, 0, false), 3 * SECOND_NS, memory);

        assertThat(first.fresh()).isTrue();
        assertThat(second.fresh()).isFalse();
        assertThat(second.evaluatedAtNs()).isZero();
        assertThat(second.persons()).isEqualTo(first.persons()).isNotEmpty();
        assertThat(third.fresh()).isTrue();
        assertThat(third.evaluatedAtNs()).isEqualTo(SECOND_NS);
        assertThat(third.persons()).isEmpty();
        assertThat(dark).isEqualTo(third.carriedOn());
    }

    @Test
    void shouldSayTheSameWhenSessionsShareAnAnalyst() {
        List<PresenceObservation> alone = new ArrayList<>();
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        for (int i = 0; i < 6; i++) {
            alone.add(analyse(i % 2 == 0 ? astronaut : empty, CALM, i * SECOND_NS, memory));
        }
        List<PresenceObservation> mixed = new ArrayList<>();
        PresenceMemory same = new PresenceMemory(Policy.interview());
        PresenceMemory other = new PresenceMemory(Policy.strict());
        try (PresenceAnalyst fresh = new PresenceAnalyst(nanoDet, centerNet)) {
            for (int i = 0; i < 6; i++) {
                analyse(fresh, i % 3 == 0 ? empty : astronaut, CALM, i * SECOND_NS + 7, other);
                mixed.add(analyse(fresh, i % 2 == 0 ? astronaut : empty, CALM, i * SECOND_NS, same));
            }
        }

        assertThat(mixed).isEqualTo(alone);
        assertThat(alone).anyMatch(seen -> !seen.persons().isEmpty());
    }

    @Test
    void shouldKeepBoxesInThePictureWhenItIsOfAnyShape() {
        for (int[] size : new int[][] {{40, 400}, {400, 40}, {1, 1}, {131, 97}}) {
            try (Mat picture = new Mat()) {
                resizeAstronaut(picture, size[0], size[1]);
                PresenceObservation seen = analyse(picture, CALM, 0, new PresenceMemory(Policy.interview()));
                for (ObjectDetection person : seen.persons()) {
                    assertThat(person.box().rightPx()).isLessThanOrEqualTo(size[0] + 1e-6);
                    assertThat(person.box().leftPx()).isNotNegative();
                }
                assertThat(seen.fresh()).isTrue();
            }
        }
    }

    private static void resizeAstronaut(Mat into, int widthPx, int heightPx) {
        try (Size size = new Size(widthPx, heightPx)) {
            opencv_imgproc.resize(astronaut, into, size);
        }
    }
}
