package io.invigil.core.sight;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Detector;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.IdentityObservation;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SceneMotion;
import io.invigil.api.SpoofObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightTest {
    private static final long SEED = 20261126;

    private final Random random = new Random(SEED);

    /** One sight for all frames, as in a session: nothing of one frame may show in the next. */
    private final Sight sight = new Sight();

    @Test
    void shouldSayWhatTheObservationSaysWhateverWasThereBefore() {
        for (int i = 0; i < 2000; i++) {
            Observation seen = observation(i);
            sight.set(seen);

            assertThat(sight.toObservation()).as("seed %d, case %d", SEED, i).isEqualTo(seen);
        }
    }

    @Test
    void shouldBeLimitedAsAnObservationIsUnderAnyDetectors() {
        for (int i = 0; i < 20_000; i++) {
            Observation seen = observation(i);
            Set<Detector> detectors = EnumSet.noneOf(Detector.class);
            for (Detector detector : Detector.values()) {
                if (random.nextBoolean()) {
                    detectors.add(detector);
                }
            }
            sight.set(seen);
            sight.limitTo(detectors);

            assertThat(sight.toObservation())
                    .as("seed %d, case %d, %s", SEED, i, detectors)
                    .isEqualTo(seen.limitedTo(detectors));
        }
    }

    @Test
    void shouldMeasureBoxesAsTheirValuesDo() {
        for (int i = 0; i < 2000; i++) {
            BoundingBox one = box();
            BoundingBox other = random.nextInt(10) == 0 ? one : box();
            Box left = new Box();
            left.set(one);
            Box right = new Box();
            right.set(other);

            assertThat(left.toBoundingBox()).isEqualTo(one);
            assertThat(left.iou(right)).isEqualTo(one.iou(other));
            assertThat(left.shareInside(right)).isEqualTo(one.shareInside(other));
            assertThat(left.shareInside(640, 480)).isEqualTo(one.shareInside(new BoundingBox(0, 0, 640, 480)));
            assertThat(left.centerXPx()).isEqualTo(one.centerXPx());
            assertThat(left.centerYPx()).isEqualTo(one.centerYPx());
        }
    }

    @Test
    void shouldCopyWhatWasSeenOfBodiesAndObjectsWhateverWasThereBefore() {
        PresenceSight copy = new PresenceSight();
        for (int i = 0; i < 2000; i++) {
            PresenceObservation seen = presence();
            PresenceSight from = new PresenceSight();
            from.set(seen);
            copy.set(from);

            assertThat(copy.toPresenceObservation()).isEqualTo(seen);
            copy.carryOn();
            assertThat(copy.toPresenceObservation()).isEqualTo(seen.carriedOn());
        }
        copy.clear();
        assertThat(copy.toPresenceObservation()).isEqualTo(PresenceObservation.NONE);
    }

    @Test
    void shouldSortObjectsAsAStableSortDoesAndDropTheRest() {
        for (int i = 0; i < 500; i++) {
            PresenceSight seen = new PresenceSight();
            seen.begin(0);
            List<ObjectDetection> things = new ArrayList<>();
            for (int k = random.nextInt(12); k > 0; k--) {
                // Few scores, so that some are the same.
                ObjectDetection thing = new ObjectDetection("book", random.nextInt(4) / 4.0, box());
                things.add(thing);
                seen.addObject().set(thing);
            }
            things.sort(Comparator.comparingDouble(ObjectDetection::score).reversed());
            seen.sortObjects(8);

            assertThat(seen.toPresenceObservation().objects()).isEqualTo(things.subList(0, Math.min(8, things.size())));
        }
    }

    /** A listener that keeps results keeps one value of a look, not one a frame. */
    @Test
    void shouldMakeTheValueOfALookOnceForASession() {
        KeptPresence kept = new KeptPresence();
        PresenceSight look = new PresenceSight();
        look.set(new PresenceObservation(7, true, things("person"), things("book")));
        sight.begin(0, 7, 640, 480);
        sight.setPresence(look, kept);
        PresenceObservation first = sight.toObservation().presence();
        look.carryOn();
        sight.begin(1, 8, 640, 480);
        sight.setPresence(look, kept);
        PresenceObservation second = sight.toObservation().presence();
        Sight another = new Sight();
        another.begin(2, 9, 640, 480);
        another.setPresence(look, kept);

        assertThat(first.fresh()).isTrue();
        assertThat(second).isEqualTo(first.carriedOn());
        assertThat(second.persons()).isSameAs(first.persons());
        assertThat(second.objects()).isSameAs(first.objects());
        assertThat(another.toObservation().presence()).isSameAs(second);
    }

    private PresenceObservation presence() {
        return new PresenceObservation(number(5), random.nextBoolean(), things("person"), things("book"));
    }

    private Observation observation(int index) {
        List<FaceObservation> faces = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            faces.add(face());
        }
        return new Observation(
                index,
                index * 200_000_000L,
                640,
                480,
                new ImageQuality(
                        pick(CameraState.values()),
                        number(),
                        number(),
                        number(),
                        number(),
                        number(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        motion()),
                reading(),
                faces,
                presence(),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new IdentityObservation(number(5), random.nextBoolean(), 0.5, reading())),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new SpoofObservation(random.nextBoolean(), 0.5, reading())));
    }

    private FaceObservation face() {
        return new FaceObservation(
                random.nextInt(9),
                box(),
                number(),
                number(),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new HeadPose(number(), number(), number(), number(), number())),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Gaze(number(), number(), number(), number(), number())),
                reading());
    }

    private List<ObjectDetection> things(String category) {
        List<ObjectDetection> things = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            things.add(new ObjectDetection(category, number(), box()));
        }
        return things;
    }

    private SceneMotion motion() {
        StringBuilder cells = new StringBuilder();
        for (int i = 0; i < SceneMotion.GRID * SceneMotion.GRID; i++) {
            cells.append(random.nextInt(10));
        }
        return random.nextInt(3) == 0
                ? SceneMotion.UNKNOWN
                : new SceneMotion(
                        random.nextInt(3), number(), number(), random.nextBoolean() ? cells.toString() : "", number(3));
    }

    private Reading reading() {
        return switch (random.nextInt(3)) {
            case 0 -> Reading.present(number());
            case 1 -> Reading.absent(random.nextInt(101) / 100.0);
            default -> Reading.cannotTell(pick(Doubt.values()));
        };
    }

    private BoundingBox box() {
        return new BoundingBox(
                random.nextInt(640) - 50, random.nextInt(480) - 50, random.nextInt(300), random.nextInt(300));
    }

    private double number() {
        return random.nextInt(1001) / 1000.0;
    }

    private long number(int below) {
        return random.nextInt(below);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
