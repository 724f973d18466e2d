package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Measure;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every threshold of a kind acts: a stream that is told at one setting is not told at another. */
class ThresholdsTest {
    private static final double SECONDS = 30;

    /** A kind, thresholds under which the stream opens one alert, and others under which it opens none or two. */
    record Case(
            AlertType kind,
            DoubleFunction<Seen> script,
            double enter,
            double exit,
            double enterTooHigh,
            double exitThatSplits) {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        // Each condition holds strongly from 8 s, weakly from 13 to 18 s, strongly again until 23 s.
        cases.add(new Case(
                AlertType.MULTIPLE_PERSONS,
                t -> {
                    double tick = Math.floor(t + 1e-9);
                    double score = level(tick, 0.8, 0.55, 0.1);
                    return Seen.attentive().bodies(Judged.ns(tick), t - tick < 0.1, score);
                },
                0.7,
                0.4,
                0.9,
                0.7));
        cases.add(new Case(
                AlertType.EYES_LOOKING_AWAY,
                t -> Seen.attentive().head(level(t, 36, 20, 1), 5).eyes(0, 7),
                1.2,
                0.6,
                2.5,
                1.2));
        cases.add(new Case(
                AlertType.PROHIBITED_OBJECT,
                t -> {
                    double tick = Math.floor(t + 1e-9);
                    return Seen.attentive()
                            .presence(Judged.ns(tick), t - tick < 0.1, 1, "cell phone", level(tick, 0.7, 0.4, 0.05));
                },
                1.5,
                0.7,
                2.2,
                1.5));
        cases.add(new Case(
                AlertType.BLACK_SCREEN,
                t -> level(t, 2, 1, 0) == 2
                        ? Seen.attentive().nobody().camera(CameraState.COVERED)
                        : level(t, 2, 1, 0) == 1
                                ? Seen.attentive().nobody().camera(CameraState.DARK)
                                : Seen.attentive(),
                0.85,
                0.7,
                0.95,
                0.85));
        return cases;
    }

    private static double level(double t, double strong, double weak, double none) {
        if (t >= 8 && t < 23) {
            return t >= 13 && t < 18 ? weak : strong;
        }
        return none;
    }

    private static int alerts(Case tried, double enter, double exit) {
        Policy policy = Policy.interview().toBuilder()
                .rule(
                        tried.kind(),
                        Policy.interview()
                                .rule(tried.kind())
                                .withThresholds(enter, exit)
                                .withEnd(Duration.ofMillis(500), Duration.ofMillis(500)))
                .build();
        return Judged.stream(policy, 5, SECONDS, tried.script())
                .closed(tried.kind())
                .size();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldOpenAtTheEntryAndHoldOnDownToTheExit(Case tried) {
        assertThat(alerts(tried, tried.enter(), tried.exit())).isEqualTo(1);
        assertThat(alerts(
                        tried,
                        Math.min(
                                tried.enterTooHigh(),
                                Measure.of(tried.kind()).orElseThrow().most()),
                        tried.exit()))
                .isZero();
        assertThat(alerts(tried, tried.enter(), tried.exitThatSplits())).isEqualTo(2);
    }

    @Test
    void shouldTellOfNoFaceOnlyWhenItIsCertainEnough() {
        DoubleFunction<Observation> frame = t -> {
            Observation seen =
                    (t >= 8 ? Seen.attentive().nobody() : Seen.attentive()).at(Math.round(t * 5), Judged.ns(t));
            double certainty = t >= 13 && t < 16 ? 0.6 : 0.9;
            return t < 8
                    ? seen
                    : new Observation(
                            seen.frameIndex(),
                            seen.timestampNs(),
                            640,
                            480,
                            seen.quality(),
                            Reading.absent(certainty),
                            seen.faces(),
                            seen.presence());
        };
        assertThat(noFace(frame, 0.8, 0.5)).isEqualTo(1);
        assertThat(noFace(frame, 0.95, 0.5)).isZero();
        // What is not certain enough is no presence; an open alert outlives it for three seconds only.
        assertThat(noFace(frame, 0.8, 0.8)).isEqualTo(2);
    }

    private static int noFace(DoubleFunction<Observation> frames, double enter, double exit) {
        Policy policy = Policy.interview().toBuilder()
                .rule(
                        AlertType.NO_FACE,
                        Policy.interview().rule(AlertType.NO_FACE).withThresholds(enter, exit))
                .build();
        Judged judged = new Judged(policy);
        for (int i = 0; i < 5 * SECONDS; i++) {
            judged.take(frames.apply(i / 5.0));
        }
        return judged.finish().closed(AlertType.NO_FACE).size();
    }

    @Test
    void shouldCallAPictureFrozenOnlyFromItsShareOfEqualFramesOn() {
        // From 5 s on three frames in four equal the one before.
        DoubleFunction<Seen> script =
                t -> t >= 5 && Math.round(t * 5) % 5 != 0 ? Seen.attentive().unchanged() : Seen.attentive();
        assertThat(frozen(script, 0.75, 0.75)).isPositive();
        assertThat(frozen(script, 1, 1)).isZero();
    }

    private static int frozen(DoubleFunction<Seen> script, double enter, double exit) {
        Policy policy = Policy.interview().toBuilder()
                .rule(
                        AlertType.FROZEN_VIDEO,
                        Policy.interview().rule(AlertType.FROZEN_VIDEO).withThresholds(enter, exit))
                .build();
        return Judged.stream(policy, 5, SECONDS, script)
                .closed(AlertType.FROZEN_VIDEO)
                .size();
    }

    @Test
    void shouldCallASilenceAGapFromItsMultipleOfTheUsualDistanceOn() {
        for (double enter : new double[] {3, 30}) {
            Policy policy = Policy.interview().toBuilder()
                    .rule(
                            AlertType.STREAM_GAP,
                            Policy.interview().rule(AlertType.STREAM_GAP).withThresholds(enter, enter))
                    .build();
            Judged judged = new Judged(policy).play(5, 0, 10, t -> Seen.attentive());
            judged.play(5, 14, 20, t -> Seen.attentive()).finish();
            assertThat(judged.closed(AlertType.STREAM_GAP)).hasSize(enter == 3 ? 1 : 0);
        }
    }

    @Test
    void shouldTellTheEndAfterTheReleaseAndCloseAfterTheMergeGap() {
        Policy policy = Policy.interview().toBuilder()
                .rule(
                        AlertType.NO_FACE,
                        Policy.interview()
                                .rule(AlertType.NO_FACE)
                                .withEnd(Duration.ofSeconds(1), Duration.ofSeconds(4)))
                .build();
        Judged judged = new Judged(policy)
                .play(5, 0, 11, t -> t >= 3 && t < 6 ? Seen.attentive().nobody() : Seen.attentive());
        assertThat(judged.alerts).hasSize(3);
        assertThat(judged.alerts.get(1).endNs()).isEqualTo(judged.alerts.get(2).endNs());
        Judged early = new Judged(policy)
                .play(5, 0, 8, t -> t >= 3 && t < 6 ? Seen.attentive().nobody() : Seen.attentive());
        assertThat(early.alerts).hasSize(2);
    }
}
