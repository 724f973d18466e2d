package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Shedding;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.PictureSight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceMemoryTest {
    private static final long FRAME_NS = 200_000_000;

    private static DecodedImage picture;
    private static DecodedImage other;

    @BeforeAll
    static void draw() {
        picture = image(80);
        other = image(180);
    }

    /** A grey picture with a square of another grey. */
    private static DecodedImage image(int grey) {
        DecodedImage image = new DecodedImage();
        try (Scalar ground = new Scalar(120, 120, 120, 0);
                Scalar thing = new Scalar(grey, grey, grey, 0);
                Rect place = new Rect(100, 100, 60, 60)) {
            image.upright().create(240, 320, opencv_core.CV_8UC3);
            image.upright().put(ground);
            try (Mat square = new Mat(image.upright(), place)) {
                square.put(thing);
            }
        }
        image.refresh();
        return image;
    }

    @AfterAll
    static void free() {
        picture.close();
        other.close();
    }

    static PictureSight quality(CameraState state, double peakChange, boolean sceneCut) {
        return Pictures.sight(new ImageQuality(state, 120, 40, 1, 0, peakChange, false, sceneCut));
    }

    private static final PictureSight CALM = quality(CameraState.OK, 0, false);

    private static List<Integer> looksAt(PresenceMemory memory, int frames, PictureSight quality, int furtherRuns) {
        return looksAt(picture, memory, frames, quality, furtherRuns);
    }

    private static List<Integer> looksAt(
            DecodedImage picture, PresenceMemory memory, int frames, PictureSight quality, int furtherRuns) {
        List<Integer> looks = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            if (memory.due(i * FRAME_NS, quality, picture)) {
                memory.beginLook(i * FRAME_NS, quality.sceneCut(), picture);
                for (int k = 0; k < furtherRuns; k++) {
                    memory.spend(PhoneLook.CENTERNET_CLOSE);
                }
                looks.add(i);
            }
        }
        return looks;
    }

    @Test
    void shouldLookOnceAnIntervalAndThenEveryThirdWhenNothingHappens() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());

        int still = 45 + 5 * picture.draw(3, DecodedImage.Draw.PRESENCE);
        assertThat(looksAt(memory, still + 20, CALM, 0))
                .containsExactly(0, 5, 10, 15, 20, 25, 30, 35, 40, still, still + 15);
        assertThat(memory.isSettled()).isTrue();
        assertThat(memory.looks()).as("looks at something new").isEqualTo(8);
    }

    /** What was seen is in pixels of the size before. */
    @Test
    void shouldLookAtOnceAndAsAtSomethingNewWhenThePicturesHaveAnotherSize() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        looksAt(memory, 58, CALM, 0);
        assertThat(memory.isSettled()).isTrue();
        ObjectCandidates phone = new ObjectCandidates(1);
        phone.add(NanoDetClasses.CELL_PHONE, 0.5f, 0, 0, 0, 10, 20);
        memory.phoneCase().follow(phone, 0, memory.looks());
        long nowNs = 58 * FRAME_NS;
        try (DecodedImage larger = new DecodedImage();
                Size size = new Size(640, 480)) {
            opencv_imgproc.resize(picture.upright(), larger.upright(), size);
            larger.refresh();

            assertThat(memory.due(nowNs, CALM, picture)).isFalse();
            assertThat(memory.due(nowNs, CALM, larger)).isTrue();
            memory.beginLook(nowNs, false, larger);
            assertThat(memory.isSettled()).isFalse();
            assertThat(memory.phoneCase().spot().size()).isZero();
            assertThat(memory.due(nowNs + 1, CALM, larger)).isFalse();
        }
    }

    /** Or else sessions that began together would look together for ever. */
    @Test
    void shouldWaitForTheFirstLookAtAStillPictureAsThePictureDraws() {
        Set<Integer> draws = new TreeSet<>();
        for (int grey = 80; grey < 90; grey++) {
            try (DecodedImage still = image(grey)) {
                int draw = still.draw(3, DecodedImage.Draw.PRESENCE);
                draws.add(draw);

                assertThat(looksAt(still, new PresenceMemory(Policy.interview()), 75, CALM, 0))
                        .startsWith(0, 5, 10, 15, 20, 25, 30, 35, 40)
                        .contains(45 + 5 * draw, 60 + 5 * draw);
            }
        }
        assertThat(draws).contains(0, 1, 2);
    }

    @Test
    void shouldLookOnNoMoreThanEveryThirdFrameWhenFramesComeSeldomAndTheEngineIsOverloaded() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        memory.press(Pressure.of(Shedding.OBJECTS, false));
        List<Integer> looks = new ArrayList<>();
        memory.beginLook(0, false, picture);
        int first = 1 + picture.draw(3, DecodedImage.Draw.PRESENCE);
        for (int i = 1; i < 10; i++) {
            long timestampNs = i * 20_000_000_000L;
            if (memory.due(timestampNs, CALM, picture)) {
                memory.beginLook(timestampNs, false, picture);
                looks.add(i);
            }
        }

        assertThat(looks).startsWith(first, first + 3, first + 6);
    }

    @Test
    void shouldLookAtTheNextIntervalWhenThePictureChanges() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        int still = 45 + 5 * picture.draw(3, DecodedImage.Draw.PRESENCE);
        looksAt(memory, still + 1, CALM, 0);
        long last = still * FRAME_NS;

        assertThat(memory.due(last + 5 * FRAME_NS, CALM, picture)).isFalse();
        assertThat(memory.due(last + 4 * FRAME_NS, CALM, other)).isFalse();
        assertThat(memory.due(last + 5 * FRAME_NS, CALM, other)).isTrue();
        memory.beginLook(last + 5 * FRAME_NS, false, other);
        assertThat(memory.isSettled()).isFalse();
        assertThat(memory.due(last + 10 * FRAME_NS, CALM, other)).isTrue();
    }

    @Test
    void shouldLookAgainWhenAnotherPersonIsSeenInAStillPicture() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        looksAt(memory, 58, CALM, 0);
        ObjectDetection person = new ObjectDetection("person", 0.8, new BoundingBox(0, 0, 10, 10));

        memory.keep(Pictures.presence(new PresenceObservation(55 * FRAME_NS, true, List.of(person), List.of())));

        assertThat(memory.due(60 * FRAME_NS, CALM, picture)).isTrue();
    }

    @Test
    void shouldLookAtEveryFrameWhenIntervalIsZero() {
        Policy policy =
                Policy.interview().toBuilder().presenceInterval(Duration.ZERO).build();

        assertThat(looksAt(new PresenceMemory(policy), 6, CALM, 2)).hasSize(6);
    }

    @Test
    void shouldKeepTheBeatWhenFrameTimesAreRounded() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        int looks = 0;
        for (int i = 0; i < 91; i++) {
            long timestampNs = i * 333_000_000L;
            if (memory.due(timestampNs, CALM, i / 3 % 2 == 0 ? picture : other)) {
                memory.beginLook(timestampNs, false, i / 3 % 2 == 0 ? picture : other);
                looks++;
            }
        }

        assertThat(looks).isEqualTo(31);
    }

    @Test
    void shouldNotLookWhenNothingCanBeSeen() {
        for (CameraState state : new CameraState[] {CameraState.BLACK, CameraState.COVERED}) {
            assertThat(looksAt(new PresenceMemory(Policy.interview()), 20, quality(state, 50, true), 0))
                    .isEmpty();
        }
        assertThat(looksAt(new PresenceMemory(Policy.interview()), 20, quality(CameraState.DARK, 0, false), 0))
                .hasSize(4);
    }

    @Test
    void shouldLookSoonerWhenSomethingMoves() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());

        move(160, 120);

        assertThat(looksAt(memory, 21, quality(CameraState.OK, 60, false), 0)).hasSizeGreaterThan(5);
    }

    @Test
    void shouldLookSoonerWhenSomethingMovesBesideThePersonButNotWhenThePersonDoes() {
        ObjectDetection person = new ObjectDetection("person", 0.8, new BoundingBox(100, 60, 100, 180));
        for (boolean beside : new boolean[] {false, true}) {
            PresenceMemory memory = new PresenceMemory(Policy.interview());
            memory.beginLook(0, false, picture);
            memory.keep(Pictures.presence(new PresenceObservation(0, true, List.of(person), List.of())));
            move(beside ? 260 : 150, 120);

            assertThat(memory.due(3 * FRAME_NS, quality(CameraState.OK, 60, false), picture))
                    .as("beside: %s", beside)
                    .isEqualTo(beside);
        }
    }

    @Test
    void shouldPutALookOffWhileAskedToButNotForEver() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        memory.press(Pressure.of(Shedding.OBJECTS, false));
        memory.beginLook(0, false, picture);
        memory.due(FRAME_NS, CALM, picture); // The first count begins where the picture draws.
        memory.beginLook(FRAME_NS, false, picture);
        long t0 = FRAME_NS;
        long second = 1_000_000_000L;
        int frames = 0;
        memory.press(Pressure.of(Shedding.OBJECTS, true));
        while (!memory.due(t0 + ++frames * second, CALM, picture)) {
            assertThat(frames).isLessThan(100);
        }
        memory.beginLook(t0 + frames * second, false, picture);

        assertThat(frames).isEqualTo(3 * PresenceMemory.MOST_PUT_OFF);
        for (int i = 1; i < 6; i++) {
            assertThat(memory.due(t0 + (frames + i) * second, CALM, picture))
                    .as("frame %d", i)
                    .isFalse();
        }
        memory.press(Pressure.of(Shedding.OBJECTS, false));
        assertThat(memory.due(t0 + (frames + 6) * second, CALM, picture))
                .as("a calmer moment")
                .isTrue();
    }

    /** One block of the picture changed much, at this place. */
    private static void move(int xPx, int yPx) {
        Arrays.fill(picture.blockChange(), 0);
        int column = xPx * QualityMeter.GRID / picture.widthPx();
        int row = yPx * QualityMeter.GRID / picture.heightPx();
        picture.blockChange()[row * QualityMeter.GRID + column] = 60;
    }

    @Test
    void shouldStayWithinItsMeansWhenEverythingCallsForMore() {
        move(160, 120);
        for (boolean cut : new boolean[] {false, true}) {
            PresenceMemory memory = new PresenceMemory(Policy.interview());
            double cost = 0;
            for (int i = 0; i < 500; i++) {
                if (memory.due(i * FRAME_NS, quality(CameraState.OK, 60, cut), i % 2 == 0 ? picture : other)) {
                    memory.beginLook(i * FRAME_NS, cut, i % 2 == 0 ? picture : other);
                    cost += PhoneLook.NANODET_WHOLE.cost();
                    while (memory.spend(PhoneLook.CENTERNET_WHOLE)) {
                        cost += PhoneLook.CENTERNET_WHOLE.cost();
                    }
                }
            }

            assertThat(cost).as("scene cuts: %s", cut).isBetween(120.0, 180.0);
        }
    }

    @Test
    void shouldLookLessOftenAtAStillPictureTooWhenTheEngineIsOverloaded() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        memory.press(Pressure.of(Shedding.OBJECTS, false));

        List<Integer> looks = looksAt(memory, 250, CALM, 0);
        List<Integer> waits = IntStream.range(1, looks.size())
                .mapToObj(i -> looks.get(i) - looks.get(i - 1))
                .toList();

        assertThat(waits.get(0)).as("as the picture draws").isBetween(1, 16);
        assertThat(waits.subList(1, 8)).containsOnly(15);
        assertThat(waits.get(8)).as("as the picture draws").isIn(15, 30, 35);
        assertThat(waits.subList(9, waits.size())).isNotEmpty().containsOnly(35);
    }

    /** Sessions that began together, with pictures of their own that stay as they are but for noise, or change from frame to frame. */
    private static final class Exam {
        private final List<PresenceMemory> sessions = Stream.generate(() -> new PresenceMemory(Policy.interview()))
                .limit(60)
                .toList();
        private final int[] lastLook = new int[60];
        private final int[] lastWait = new int[60];
        private final Random noise = new Random(11);
        private final long frameNs;
        private final boolean changing;
        private int frame;
        /** Frames on which what was last seen was older than the rules hold it for. */
        private int stale;

        Exam(long frameNs, boolean changing) {
            this.frameNs = frameNs;
            this.changing = changing;
        }

        Exam press(Shedding shedding, boolean putsOff) {
            sessions.forEach(session -> session.press(Pressure.of(shedding, putsOff)));
            return this;
        }

        /** How many looked at each of the next frames. */
        int[] looks(int frames) {
            int[] looks = new int[frames];
            for (int i = 0; i < frames; i++, frame++) {
                for (int k = 0; k < sessions.size(); k++) {
                    int grey = 20 + 3 * k + noise.nextInt(3);
                    try (DecodedImage picture = image(changing ? (grey + 97 * frame) % 256 : grey)) {
                        if (sessions.get(k).due(frame * frameNs, CALM, picture)) {
                            sessions.get(k).beginLook(frame * frameNs, false, picture);
                            lastWait[k] = frame - lastLook[k];
                            lastLook[k] = frame;
                            looks[i]++;
                        }
                        long usualNs = Math.max(1_000_000_000L, Math.min(lastWait[k] * frameNs, 2_000_000_000L));
                        stale += (frame - lastLook[k]) * frameNs > 4 * usualNs ? 1 : 0;
                    }
                }
            }
            return looks;
        }
    }

    /** Or else looks of three seconds would come in three of seven, or all whose wait is over at once and in step from then on. */
    @ParameterizedTest
    @ValueSource(longs = {1_000_000_000L, FRAME_NS})
    void shouldSpreadLooksAtStillPicturesWhenSheddingBeginsAndWhenItEnds(long frameNs) {
        int second = (int) (1_000_000_000L / frameNs);
        Exam exam = new Exam(frameNs, false);
        exam.looks(30 * second);
        exam.press(Shedding.OBJECTS, false).looks(14 * second);
        int[] shed = exam.looks(7 * second);
        exam.press(Shedding.NONE, false).looks(9 * second);
        int[] planned = exam.looks(3 * second);

        assertThat(Arrays.stream(shed).sum()).isBetween(57, 63);
        assertThat(mostInARow(shed, second))
                .as("in a second of %s", Arrays.toString(shed))
                .isLessThan(22);
        assertThat(Arrays.stream(planned).sum()).isEqualTo(60);
        assertThat(mostInARow(planned, second))
                .as("in a second of %s", Arrays.toString(planned))
                .isLessThan(34);
        assertThat(Arrays.stream(planned).max().orElseThrow())
                .as("on a frame of %s", Arrays.toString(planned))
                .isLessThan(second == 1 ? 34 : 15);
        assertThat(exam.stale).isZero();
    }

    @Test
    void shouldKeepTheBeatOfLooksAtStillPicturesWhenTheNextLevelWaitsNoLonger() {
        Exam exam = new Exam(FRAME_NS, false);
        exam.looks(150);
        exam.press(Shedding.OBJECTS, false).looks(70);
        int[] before = exam.looks(35);
        int[] after = exam.press(Shedding.PERSONS, true).looks(35);

        // Nine frames put off four times are 7.2 s, a little more than the looks wait for.
        assertThat(mostInARow(after, 15)).isLessThanOrEqualTo(mostInARow(before, 15) + 12);
        assertThat(Arrays.stream(after).sum()).isBetween(50, 62);
        assertThat(exam.stale).isZero();
    }

    @Test
    void shouldSpreadLooksAtChangingPicturesWhenSheddingBegins() {
        Exam exam = new Exam(1_000_000_000L, true);
        int[] planned = exam.looks(5);
        exam.press(Shedding.OBJECTS, false).looks(6);
        int[] shed = exam.looks(6);

        assertThat(planned).containsOnly(60);
        assertThat(Arrays.stream(shed)).as(Arrays.toString(shed)).allMatch(looks -> looks > 5 && looks < 34);
    }

    private static int mostInARow(int[] looks, int frames) {
        return IntStream.rangeClosed(0, looks.length - frames)
                .map(from -> Arrays.stream(looks, from, from + frames).sum())
                .max()
                .orElseThrow();
    }

    @Test
    void shouldNotEarnRunsByGapsWhenTheEngineIsOverloaded() {
        PresenceMemory planned = new PresenceMemory(Policy.interview());
        PresenceMemory stretched = new PresenceMemory(Policy.interview());
        stretched.press(Pressure.of(Shedding.OBJECTS, false));
        for (PresenceMemory memory : List.of(planned, stretched)) {
            memory.beginLook(0, false, picture);
            memory.beginLook(60_000_000_000L, false, picture);
        }

        assertThat(planned.savedRuns()).isEqualTo(3.75);
        assertThat(stretched.savedRuns()).isEqualTo(1.25);
    }

    @Test
    void shouldForgetTheSuspicionWhenTheSceneIsCut() {
        PresenceMemory memory = new PresenceMemory(Policy.interview());
        ObjectCandidates phone = new ObjectCandidates(1);
        phone.add(NanoDetClasses.CELL_PHONE, 0.3f, 0, 10, 10, 50, 80);
        memory.beginLook(0, false, picture);
        memory.phoneCase().follow(phone, 0, memory.looks());

        memory.beginLook(FRAME_NS, true, picture);

        assertThat(memory.phoneCase().spot().size()).isZero();
        assertThat(memory.phoneCase().evidence()).isZero();
    }
}
