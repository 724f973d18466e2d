package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.ImageQuality;
import io.invigil.api.Modality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SceneMotion;
import io.invigil.testdata.TestSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObservationRoundTripTest {
    private final ObservationParser parser = new ObservationParser();

    @Test
    void shouldReadEqualRecordsBackWhenObservationsAreWritten() {
        long seed = TestSeed.value();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            LoggedObservation logged = anything(random);
            String line = ObservationWriter.write(logged);
            assertThat(line).doesNotContain("\n");
            assertThat(parser.parse(line)).as("seed %d, line %s", seed, line).isEqualTo(logged);
            assertThat(ObservationWriter.write(parser.parse(line))).isEqualTo(line);
        }
    }

    @Test
    void shouldWriteNumbersPlainlyWhenTheyAreSmallLargeOrWhole() {
        assertThat(JsonText.plain(0.002)).isEqualTo("0.002");
        assertThat(JsonText.plain(2.0E-5)).isEqualTo("0.00002");
        assertThat(JsonText.plain(1.0E10)).isEqualTo("10000000000");
        assertThat(JsonText.plain(12.50)).isEqualTo("12.5");
        assertThat(JsonText.plain(0)).isEqualTo("0");
        assertThat(JsonText.plain(-0.0)).isEqualTo("-0.0");
        assertThat(JsonText.plain(Double.NaN)).isEqualTo("null");
    }

    @Test
    void shouldNameTheMemberWhenLineIsNoObservation() {
        String line = ObservationWriter.write(anything(new Random(1)));
        assertThatThrownBy(() -> parser.parse("{")).hasMessage("not a JSON object");
        assertThatThrownBy(() -> parser.parse("{}")).hasMessage("schema is missing");
        assertThatThrownBy(() -> parser.parse("{\"schema\":99}")).hasMessage("schema is 99, must be 1");
        assertThatThrownBy(() -> parser.parse(line.replace("\"t_ns\":", "\"t\":")))
                .hasMessage("t_ns is missing");
        assertThatThrownBy(() -> parser.parse(line.replaceFirst("\"brightness\":[0-9.]+", "\"brightness\":\"x\"")))
                .hasMessage("brightness must be a number");
        assertThatThrownBy(() -> parser.parse(line.replaceFirst("\"state\":\"[a-z]+\"", "\"state\":\"odd\"")))
                .hasMessage("state is \"odd\", which is not known");
    }

    private static LoggedObservation anything(Random random) {
        List<FaceObservation> faces = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            faces.add(new FaceObservation(
                    random.nextInt(100),
                    box(random),
                    unit(random),
                    random.nextDouble() * 50,
                    random.nextBoolean()
                            ? Optional.of(new HeadPose(angle(random), angle(random), angle(random), 61.5, unit(random)))
                            : Optional.empty(),
                    random.nextBoolean()
                            ? Optional.of(new Gaze(angle(random), angle(random), angle(random), 0, unit(random)))
                            : Optional.empty(),
                    reading(random)));
        }
        Observation observation = new Observation(
                random.nextInt(1_000_000),
                random.nextLong() >>> 20,
                640,
                480,
                new ImageQuality(
                        CameraState.values()[random.nextInt(CameraState.values().length)],
                        random.nextDouble() * 255,
                        unit(random),
                        unit(random),
                        0,
                        random.nextInt(255),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean()
                                ? SceneMotion.UNKNOWN
                                : new SceneMotion(
                                        1 + random.nextInt(9),
                                        unit(random),
                                        -unit(random),
                                        random.nextBoolean()
                                                ? ""
                                                : "0123456789".repeat(7).substring(6),
                                        random.nextInt(1_000_000))),
                reading(random),
                faces,
                random.nextBoolean()
                        ? PresenceObservation.NONE
                        : new PresenceObservation(
                                random.nextInt(),
                                random.nextBoolean(),
                                List.of(new ObjectDetection("person", unit(random), box(random))),
                                List.of(new ObjectDetection("cell phone", unit(random), box(random)))));
        Attention attention = new Attention(
                reading(random),
                Direction.values()[random.nextInt(Direction.values().length)],
                Modality.values()[random.nextInt(Modality.values().length)],
                angle(random),
                angle(random),
                angle(random),
                angle(random));
        return new LoggedObservation(observation, attention);
    }

    private static Reading reading(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Reading.present(unit(random));
            case 1 -> Reading.absent(unit(random));
            default -> Reading.cannotTell(Doubt.values()[random.nextInt(Doubt.values().length)]);
        };
    }

    private static BoundingBox box(Random random) {
        return new BoundingBox(random.nextInt(640) - 5.5, random.nextDouble() * 480, 40, random.nextDouble() * 100);
    }

    private static double unit(Random random) {
        return Math.round(random.nextDouble() * 1000) / 1000.0;
    }

    private static double angle(Random random) {
        return Math.round((random.nextDouble() - 0.5) * 18000) / 100.0;
    }
}
