package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Policy;
import io.invigil.testdata.TestSeed;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One true episode gives one alert with the right start and end, whatever the kind, the frame rate and the phase. */
class EpisodeTest {
    private static final double[] RATES = {1, 2, 5, 15, 30};

    private record Kind(AlertType type, DoubleFunction<Seen> during) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(AlertType.NO_FACE, t -> Seen.attentive().nobody()),
            new Kind(AlertType.MULTIPLE_PERSONS, t -> Seen.attentive().faces(2)),
            new Kind(AlertType.EYES_LOOKING_AWAY, t -> Seen.attentive().head(35, 5)),
            new Kind(AlertType.EYES_LOOKING_AWAY, t -> Seen.attentive().eyes(-19, 7)),
            new Kind(AlertType.BLACK_SCREEN, t -> Seen.attentive().camera(CameraState.BLACK)),
            new Kind(AlertType.FROZEN_VIDEO, t -> Seen.attentive().unchanged()));

    static Stream<org.junit.jupiter.params.provider.Arguments> kindsAndRates() {
        return KINDS.stream()
                .flatMap(kind -> java.util.Arrays.stream(RATES)
                        .mapToObj(fps -> org.junit.jupiter.params.provider.Arguments.of(kind, fps)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndRates")
    void shouldGiveOneAlertForOneEpisode(Kind kind, double fps) {
        long seed = TestSeed.value();
        System.out.println("EpisodeTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            double start = 12 + random.nextDouble();
            double end = start + 8 + random.nextDouble();
            // A standing picture shows on the second equal frame, so all of its frames but the first are unchanged.
            double visibleFrom = kind.type == AlertType.FROZEN_VIDEO ? start + 1 / fps : start;
            Judged judged = Judged.stream(
                    Policy.interview(),
                    fps,
                    30,
                    t -> t >= visibleFrom && t < end ? kind.during.apply(t) : Seen.attentive());
            List<Alert> alerts = judged.closed(kind.type);
            assertThat(alerts).hasSize(1);
            assertThat(judged.opened()).containsExactly(kind.type);
            double frame = 1 / fps;
            assertThat(alerts.get(0).startNs() / 1e9).isCloseTo(start, within(frame + 0.02));
            assertThat(alerts.get(0).endNs() / 1e9).isCloseTo(end, within(frame + 0.02));
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndRates")
    void shouldBeRightOnAverage(Kind kind, double fps) {
        double startError = 0;
        double endError = 0;
        int phases = 40;
        for (int i = 0; i < phases; i++) {
            double start = 12 + i / (double) phases / fps;
            double end = start + 8;
            double visibleFrom = kind.type == AlertType.FROZEN_VIDEO ? start + 1 / fps : start;
            Alert alert = Judged.stream(
                            Policy.interview(),
                            fps,
                            26,
                            t -> t >= visibleFrom && t < end ? kind.during.apply(t) : before(kind, start - t))
                    .closed(kind.type)
                    .get(0);
            startError += alert.startNs() / 1e9 - start;
            endError += alert.endNs() / 1e9 - end;
        }
        // A standing picture starts with a frame that is seen, not between two.
        double bias = kind.type == AlertType.FROZEN_VIDEO ? 0.5 / fps : 0;
        assertThat(startError / phases).isCloseTo(bias, within(0.1 / fps + 0.01));
        assertThat(endError / phases).isCloseTo(0, within(0.1 / fps + 0.01));
    }

    /** Whoever leaves is on the way for a second. */
    private static Seen before(Kind kind, double leftS) {
        boolean leaves = kind.type == AlertType.NO_FACE && leftS > 0 && leftS < 1;
        return leaves ? Seen.attentive().face(1, 250 + 250 * (1 - leftS), 100, 120) : Seen.attentive();
    }
}
