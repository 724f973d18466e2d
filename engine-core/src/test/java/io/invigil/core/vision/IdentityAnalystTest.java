package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.Doubt;
import io.invigil.api.IdentityObservation;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.Pressure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the committed portraits of three persons, two of one of them, with the real models. */
@Timeout(300)
class IdentityAnalystTest {
    private static final Policy POLICY = Policy.interview().toBuilder()
            .rule(AlertType.IDENTITY_CHANGED, on())
            .build();
    private static final double FPS = 5;

    private static VisionPerception perception;

    private static io.invigil.api.AlertRule on() {
        return Policy.interview().rule(AlertType.IDENTITY_CHANGED).on();
    }

    @BeforeAll
    static void load() {
        perception = VisionPerception.load();
    }

    @AfterAll
    static void unload() {
        perception.close();
    }

    /** Plays pictures, each for some seconds, with sensor noise; without looks for objects. */
    private static List<Observation> play(Policy policy, double secondsEach, Mat... pictures) {
        List<Observation> seen = new ArrayList<>();
        Random random = new Random(5);
        try (PerceptionLane lane = perception.openLane();
                FrameWorkspace workspace = lane.newWorkspace();
                VisionMemory memory = (VisionMemory) perception.openMemory(policy)) {
            int index = 0;
            for (Mat picture : pictures) {
                for (int i = 0; i < secondsEach * FPS; i++) {
                    FrameBuffer frame = Pictures.noisyFrame(picture, 2, random, Math.round(index * 1e9 / FPS));
                    workspace.decode(frame, memory, Pressure.NONE);
                    workspace.face();
                    workspace.gaze();
                    seen.add(workspace.observe(index++).toObservation());
                }
            }
        }
        return seen;
    }

    private static List<IdentityObservation> compared(List<Observation> seen, double fromSeconds) {
        return seen.stream()
                .filter(o -> o.timestampNs() >= fromSeconds * 1e9)
                .map(o -> o.identity().orElseThrow())
                .filter(IdentityObservation::compared)
                .toList();
    }

    @Test
    void shouldKnowThePersonAgainOnAnotherPictureAndTellOthersApart() {
        Mat first = Pictures.face("obama.jpg");
        List<Observation> same = play(POLICY, 4, first, Pictures.face("obama2.jpg"));
        assertThat(compared(same, 4)).hasSizeGreaterThan(3).allSatisfy(look -> {
            assertThat(look.reading().answer()).isEqualTo(Answer.PRESENT);
            assertThat(look.distance()).isLessThan(IdentityAnalyst.SAME);
        });
        for (String other : new String[] {"biden.jpg", "astronaut.png"}) {
            assertThat(compared(play(POLICY, 4, first, Pictures.face(other)), 4))
                    .hasSizeGreaterThan(3)
                    .allSatisfy(look -> {
                        assertThat(look.reading().answer()).as(other).isEqualTo(Answer.ABSENT);
                        assertThat(look.distance()).as(other).isGreaterThan(IdentityAnalyst.OTHER);
                    });
        }
    }

    @Test
    void shouldTakeTheReferenceFromTheFirstLooksAndSayUntilThenThatThereIsNone() {
        List<Observation> seen = play(POLICY, 4, Pictures.face("biden.jpg"));
        IdentityObservation first = seen.get(0).identity().orElseThrow();
        assertThat(first.hasReference()).isFalse();
        assertThat(first.reading().doubt()).contains(Doubt.NO_REFERENCE);
        IdentityObservation last = seen.get(seen.size() - 1).identity().orElseThrow();
        assertThat(last.referenceAtNs() / 1e9).isBetween(1.0, 2.5);
        assertThat(compared(seen, 0)).hasSizeBetween(2, 8);
    }

    @Test
    void shouldNotTellWhenTheFaceIsBlurredOrSmall() {
        Mat face = Pictures.face("obama.jpg");
        Mat blurred = new Mat();
        opencv_imgproc.GaussianBlur(face, blurred, new Size(0, 0), face.cols() / 40.0);
        List<Observation> seen = play(POLICY, 4, face, blurred);
        assertThat(seen.subList(20, 40))
                .allSatisfy(o -> assertThat(o.identity().orElseThrow().reading().isAbsent())
                        .isFalse());
        assertThat(seen.subList(20, 40))
                .anySatisfy(o ->
                        assertThat(o.identity().orElseThrow().reading().doubt()).contains(Doubt.BLURRED));
    }

    @Test
    void shouldLookAtNothingAndKeepNothingWhenThePolicyDoesNotAsk() {
        try (VisionPerception fresh = VisionPerception.load();
                VisionMemory memory = (VisionMemory) fresh.openMemory(Policy.interview())) {
            assertThat(memory.identity()).isNull();
            assertThat(memory.spoof()).isNull();
            assertThat(fresh.loadedFaceRecognition()).isFalse();
            VisionMemory asking = (VisionMemory) fresh.openMemory(POLICY);
            assertThat(asking.identity()).isNotNull();
            assertThat(fresh.loadedFaceRecognition()).isTrue();
            asking.close();
        }
        assertThat(play(Policy.interview(), 1, Pictures.face("obama.jpg"))).allSatisfy(o -> {
            assertThat(o.identity()).isEmpty();
            assertThat(o.spoof()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 200, 1000, 5000})
    void shouldLookAsOftenAsThePolicySaysAndSoonerWhereThereIsADoubt(long intervalMs) {
        IdentityMemory memory = new IdentityMemory(intervalMs * 1_000_000);
        memory.follow(1, 0, false);
        float[] descriptor = new float[FaceDescriber.SIZE];
        for (int i = 0; i < IdentityMemory.REFERENCE_LOOKS; i++) {
            memory.addToReference(descriptor, i, 0.5);
        }
        for (int i = 0; i < 10; i++) {
            memory.looked(0, true);
        }
        assertThat(memory.due(intervalMs * 1_000_000)).isTrue();
        assertThat(memory.due(intervalMs * 1_000_000 / 2)).isEqualTo(intervalMs == 0);
        memory.looked(0, false);
        assertThat(memory.due(Math.min(400, intervalMs) * 1_000_000)).isTrue();

        SpoofMemory spoof = new SpoofMemory(intervalMs * 1_000_000);
        spoof.looked(0);
        assertThat(spoof.due(intervalMs * 1_000_000)).isTrue();
        assertThat(spoof.due(intervalMs * 1_000_000 / 2)).isEqualTo(intervalMs == 0);
    }

    @Test
    void shouldEraseTheReferenceWhenTheSessionEnds() {
        IdentityMemory memory = new IdentityMemory(1_000_000_000L);
        float[] descriptor = new float[FaceDescriber.SIZE];
        java.util.Arrays.fill(descriptor, 0.1f);
        for (int i = 0; i < IdentityMemory.REFERENCE_LOOKS; i++) {
            memory.addToReference(descriptor, i, 0.5);
        }
        assertThat(memory.distance(descriptor)).isZero();
        memory.close();
        assertThat(memory.hasReference()).isFalse();
        assertThat(memory.distance(descriptor)).isGreaterThan(1);
    }

    @Test
    void shouldStartTheReferenceOverWhenLooksDoNotFitEachOther() {
        IdentityMemory memory = new IdentityMemory(1_000_000_000L);
        float[] one = new float[FaceDescriber.SIZE];
        float[] two = new float[FaceDescriber.SIZE];
        two[0] = 1;
        for (int i = 0; i < IdentityMemory.REFERENCE_LOOKS - 1; i++) {
            memory.addToReference(one, i, 0.5);
        }
        for (int i = 0; i < IdentityMemory.REFERENCE_LOOKS; i++) {
            assertThat(memory.hasReference()).isFalse();
            memory.addToReference(two, 10 + i, 0.5);
        }
        assertThat(memory.hasReference()).isTrue();
        assertThat(memory.distance(two)).isZero();
    }
}
