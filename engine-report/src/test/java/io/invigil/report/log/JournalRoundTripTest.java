package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Accommodation;
import io.invigil.api.AlertType;
import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.HostEvent;
import io.invigil.api.IdentityObservation;
import io.invigil.api.ImageQuality;
import io.invigil.api.Modality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SceneMotion;
import io.invigil.api.Severity;
import io.invigil.api.SpoofObservation;
import io.invigil.testdata.TestSeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalRoundTripTest {
    private static final Instant WHEN = Instant.parse("2026-11-02T09:00:00Z");

    private final JournalParser parser = new JournalParser();

    @Test
    void shouldReadEqualRecordsBackWhenObservationsAreWritten() {
        long seed = TestSeed.value();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            LoggedObservation logged = anything(random);
            String line = JournalWriter.write(logged);
            assertThat(line).doesNotContain("\n");
            assertThat(parser.entry(line)).as("seed %d, line %s", seed, line).isEqualTo(logged);
            assertThat(JournalWriter.write(parser.entry(line))).isEqualTo(line);
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
        String line = JournalWriter.write(anything(new Random(1)));
        assertThatThrownBy(() -> parser.entry("{")).hasMessage("not a JSON object");
        assertThatThrownBy(() -> parser.entry("{}")).hasMessage("line is missing");
        assertThatThrownBy(() -> parser.entry("{\"line\":\"x\"}"))
                .hasMessage("line is \"x\", must be observation, failed or signal");
        assertThatThrownBy(() -> parser.entry(line.replace("\"t_ns\":", "\"t\":")))
                .hasMessage("t_ns is missing");
        assertThatThrownBy(() -> parser.entry(line.replaceFirst("\"brightness\":[0-9.]+", "\"brightness\":\"x\"")))
                .hasMessage("brightness must be a number");
        assertThatThrownBy(() -> parser.entry(line.replaceFirst("\"state\":\"[a-z]+\"", "\"state\":\"odd\"")))
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
                                List.of(new ObjectDetection("cell phone", unit(random), box(random)))),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new IdentityObservation(
                                random.nextBoolean() ? IdentityObservation.NO_REFERENCE : random.nextLong() >>> 20,
                                random.nextBoolean(),
                                unit(random),
                                reading(random))),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new SpoofObservation(random.nextBoolean(), unit(random), reading(random))));
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

    @Test
    void shouldReadEqualRecordsBackWhenFailuresAndSignalsAreWritten() {
        List<JournalEntry> entries = List.of(
                new FailedFrame(7, -5, "FRAME_DECODE"),
                new LoggedSignal(new Pause(3_000_000_000L, true)),
                new LoggedSignal(new CalibrationTarget(5, 2_000_000_005L, 0.05, 0.95)),
                new LoggedSignal(HostEvent.began("window_blur", 12)),
                new LoggedSignal(new HostEvent(
                        "left_the_room",
                        HostEvent.Phase.MOMENT,
                        13,
                        Optional.of(Severity.CRITICAL),
                        "The \"door\" was heard")));
        for (JournalEntry entry : entries) {
            String line = JournalWriter.write(entry);
            assertThat(parser.entry(line)).isEqualTo(entry);
            assertThat(line).doesNotContain("\n");
        }
    }

    @Test
    void shouldRefuseASignalWhenItIsOfNoKnownKindOrOutOfRange() {
        assertThatThrownBy(() -> parser.entry("{\"line\":\"signal\",\"t_ns\":5,\"volume\":1}"))
                .hasMessage("the signal is of no known kind: it must have event, paused or calibration_until_ns");
        String target = JournalWriter.write(new LoggedSignal(new CalibrationTarget(5, 2_000_000_005L, 0.05, 0.95)));
        assertThatThrownBy(() -> parser.entry(target.replace("0.95", "1.5"))).hasMessageContaining("yShare");
        assertThatThrownBy(() -> parser.entry(target.replace("x_share", "x"))).hasMessage("x_share is missing");
    }

    @Test
    void shouldReadTheHeadBackWithPolicyAndAccommodations() {
        JournalHead head = new JournalHead(
                Policy.strict(),
                List.of(
                        Accommodation.silence(AlertType.EYES_LOOKING_AWAY, "office", WHEN, "note 12"),
                        Accommodation.relax(AlertType.NO_FACE, 1.5, "office", WHEN, "leans aside")),
                Map.of("mesh", "00ff"));
        String line = JournalWriter.write(head);
        assertThat(parser.head(line)).isEqualTo(head);
        assertThat(parser.head(line)
                        .effectivePolicy()
                        .rule(AlertType.EYES_LOOKING_AWAY)
                        .enabled())
                .isFalse();
        assertThat(line).doesNotContain("\n");
    }

    @Test
    void shouldSayWhatIsWrongWhenTheHeadIsNone() {
        String line = JournalWriter.write(new JournalHead(Policy.interview(), List.of(), Map.of()));
        assertThatThrownBy(() -> parser.head(JournalWriter.write(anything(new Random(1)))))
                .hasMessageStartingWith("the log has no head that says under which policy it was written");
        assertThatThrownBy(() -> parser.head(line.replace("\"schema\":2", "\"schema\":3")))
                .hasMessage("schema is 3, must be 2");
        assertThatThrownBy(() -> parser.head(line.replace("\"hold_s\":1.5", "\"hold_s\":99")))
                .hasMessage("rules.no_face.hold_s is 99, must be a number in 0..60");
        assertThatThrownBy(() -> parser.head(line.replace("\"accommodations\":[]", "\"accommodations\":[{}]")))
                .hasMessage("accommodations[0].kind is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"t_ns\":[0-9]+|\"t_ns\":99999999999999999999|t_ns must be a whole number of at most 64 bits",
                "\"frame\":[0-9]+|\"frame\":{}|frame must be a whole number of at most 64 bits",
                "\"width_px\":640|\"width_px\":4294967936|width_px is 4294967936, must be in 0..2147483647",
                "\"state\":\"[a-z]+\"|\"state\":{}|state must be a text",
                "\"line\":\"observation\"|\"line\":[]|line must be a text",
                "\"persons\":\\[|\"persons\":7,\"x\":[|persons must be an array",
                "\"box_px\":\\[[-0-9.]+|\"box_px\":[\"a\"|box_px must be an array of four numbers",
            })
    void shouldNameTheMemberWhenItsValueIsOfAnotherKind(String from, String to, String message) {
        String line = null;
        for (int seed = 0; line == null || !line.contains("box_px"); seed++) {
            line = JournalWriter.write(anything(new Random(seed)));
        }
        String damaged = line.replaceFirst(from, Matcher.quoteReplacement(to));
        assertThat(damaged).isNotEqualTo(line);
        assertThatThrownBy(() -> parser.entry(damaged))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
