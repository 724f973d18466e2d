package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.Judge;
import io.invigil.api.Judgement;
import io.invigil.api.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an alert that is open when nothing is seen for a while, of every kind and however it comes about. */
class GapTest {
    private static final double FPS = 5;
    private static final double CAME_S = 10;
    private static final double GAP_S = 22;
    private static final double LAST_S = GAP_S - 1 / FPS;

    /** What is seen while a condition holds. */
    private enum Condition {
        NOBODY(AlertType.NO_FACE),
        FACES(AlertType.MULTIPLE_PERSONS),
        BODIES(AlertType.MULTIPLE_PERSONS),
        HEAD(AlertType.EYES_LOOKING_AWAY),
        EYES(AlertType.EYES_LOOKING_AWAY),
        PHONE(AlertType.PROHIBITED_OBJECT),
        BLACK(AlertType.BLACK_SCREEN),
        STILL(AlertType.FROZEN_VIDEO),
        LOOP(AlertType.FROZEN_VIDEO),
        CLOSE(AlertType.PARTIAL_FACE),
        GLANCES(AlertType.REPEATED_GLANCES),
        OTHER(AlertType.IDENTITY_CHANGED),
        OUTLINE(AlertType.SPOOF);

        private final AlertType type;

        Condition(AlertType type) {
            this.type = type;
        }

        private boolean isOfTheCamera() {
            return this == BLACK || this == STILL || this == LOOP;
        }

        private Seen seen(double seconds, boolean holds) {
            Seen seen = Seen.attentive();
            double tick = Math.floor(seconds + 1e-9);
            boolean fresh = seconds - tick < 0.1;
            seen.presence(
                    Judged.ns(tick),
                    fresh,
                    holds && this == BODIES ? 2 : 1,
                    "cell phone",
                    holds && this == PHONE ? 0.8 : 0);
            if (type == AlertType.IDENTITY_CHANGED) {
                seen.compared(0, holds ? 0.9 : 0.3);
            } else if (type == AlertType.SPOOF) {
                seen.outline(holds ? 0.9 : 0.1);
            }
            if (!holds) {
                return seen;
            }
            return switch (this) {
                case NOBODY -> seen.nobody();
                case FACES -> seen.faces(2);
                case HEAD -> seen.head(35, 5);
                case EYES -> seen.eyes(-25, 7);
                case BLACK -> seen.camera(CameraState.BLACK).nobody();
                case STILL -> seen.unchanged();
                case LOOP -> seen.repeats(6);
                case CLOSE -> seen.cannotTell(Doubt.TOO_CLOSE);
                case GLANCES -> seen.head((int) Math.floor(seconds / 0.8 + 1e-9) % 2 == 0 ? 30 : 1, 5);
                case OTHER -> seen.track(2);
                case BODIES, PHONE, OUTLINE -> seen;
            };
        }
    }

    /** Why nothing is seen. */
    private enum Silence {
        NO_FRAMES,
        RESTART,
        FAILED_FRAMES,
        COVERED,
        FROZEN
    }

    static List<Arguments> gaps() {
        List<Arguments> gaps = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            for (Silence silence : Silence.values()) {
                // A cover is seen, and does not put an end to what was counted within a minute.
                if (silence == Silence.COVERED && (condition == Condition.BLACK || condition == Condition.GLANCES)) {
                    continue;
                }
                // Cameras are judged by the picture as it is, and glances for a minute.
                if (silence == Silence.FROZEN && (condition.isOfTheCamera() || condition == Condition.GLANCES)) {
                    continue;
                }
                for (double seconds : new double[] {2.4, 3.4, 5, 8, 20}) {
                    gaps.add(Arguments.of(condition, silence, seconds));
                }
            }
        }
        return gaps;
    }

    /** The alerts of the condition's kind as they were told. */
    private static List<Alert> judge(Condition condition, Silence silence, double gapS, boolean goesOn) {
        Judge judge = Judge.of(Policy.strict());
        List<Alert> told = new ArrayList<>();
        double backS = GAP_S + gapS;
        for (int i = 0; i < (backS + 20) * FPS; i++) {
            double s = i / FPS;
            boolean unseen = s >= GAP_S - 1e-9 && s < backS - 1e-9;
            boolean holds = s >= CAME_S && s < backS + (goesOn ? 10 : 0) - 1e-9;
            Seen seen = condition.seen(s, holds);
            Judgement judgement = null;
            if (!unseen) {
                judgement = judge.observe(seen.at(i, Judged.ns(s)));
            } else if (silence == Silence.RESTART) {
                judge = Judge.restore(Policy.strict(), judge.snapshot());
            } else if (silence == Silence.FAILED_FRAMES) {
                judgement = judge.frameFailed(i, Judged.ns(s), "DECODE");
            } else if (silence == Silence.COVERED) {
                judgement = judge.observe(Seen.attentive()
                        .camera(CameraState.COVERED)
                        .cannotTell(Doubt.COVERED)
                        .at(i, Judged.ns(s)));
            } else if (silence == Silence.FROZEN) {
                // A still picture is looked at every third second.
                judgement = judge.observe(
                        condition.seen(s - s % 3, holds).unchanged().at(i, Judged.ns(s)));
            }
            if (judgement != null) {
                told.addAll(judgement.alerts());
            }
        }
        told.addAll(judge.finish().alerts());
        return told.stream().filter(alert -> alert.type() == condition.type).toList();
    }

    private static List<Alert> closed(List<Alert> told) {
        return told.stream().filter(alert -> alert.phase() == AlertPhase.CLOSED).toList();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("gaps")
    void shouldTellNothingAfterAGapOfWhatWasSeenOnlyBefore(Condition condition, Silence silence, double gapS) {
        List<Alert> closed = closed(judge(condition, silence, gapS, false));
        assertThat(closed).hasSize(1);
        assertThat(closed.get(0).startNs() / 1e9).isCloseTo(CAME_S, within(1.0));
        assertThat(closed.get(0).endNs() / 1e9).isBetween(LAST_S - 1, lastS(silence));
    }

    /**
     * Frames of a covered camera lie between the looks that say when a thing went; a picture that stands still counts for a second.
     */
    private static double lastS(Silence silence) {
        return LAST_S + (silence == Silence.COVERED ? 1 : silence == Silence.FROZEN ? 2 : 0);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("gaps")
    void shouldBeginAfreshAfterAGapOrGoOnWithTheSameAlert(Condition condition, Silence silence, double gapS) {
        List<Alert> closed = closed(judge(condition, silence, gapS, true));
        double backS = GAP_S + gapS;
        assertThat(closed.get(0).startNs() / 1e9).isCloseTo(CAME_S, within(1.0));
        if (condition != Condition.GLANCES) { // Those count for a minute.
            assertThat(closed.get(closed.size() - 1).endNs() / 1e9).isCloseTo(backS + 10, within(1.0));
        }
        if (closed.size() == 1) {
            assertThat(gapS).isLessThan(3);
        } else {
            assertThat(closed).hasSize(2);
            assertThat(closed.get(0).endNs() / 1e9).isBetween(LAST_S - 1, lastS(silence));
            double lateS = silence == Silence.FROZEN ? 2 : 1; // A moment's motion is no end of a freeze.
            double earlyS = silence == Silence.COVERED ? 1 : 0;
            assertThat(closed.get(1).startNs() / 1e9).isBetween(backS - earlyS, backS + lateS);
        }
    }

    /** A body without a face and a phone that stay, and a cover that ends within the merge gap. */
    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"BODIES", "PHONE"})
    void shouldGoOnWithTheSameAlertWhenACoverIsShorterThanTheMergeGap(Condition condition) {
        Policy patient = Policy.strict().toBuilder()
                .rule(
                        condition.type,
                        Policy.strict().rule(condition.type).withEnd(Duration.ofMillis(400), Duration.ofSeconds(6)))
                .build();
        Judged judged = Judged.stream(
                patient,
                5,
                40,
                t -> t < 22 || t >= 25.4
                        ? condition.seen(t, t >= 10)
                        : condition.seen(t, true).camera(CameraState.COVERED).cannotTell(Doubt.COVERED));

        assertThat(judged.closed(condition.type)).singleElement().satisfies(alert -> {
            assertThat(alert.startNs() / 1e9).isCloseTo(10, within(1.0));
            assertThat(alert.endNs() / 1e9).isCloseTo(40, within(1.0));
        });
    }

    @Test
    void shouldGoOnWithTheSameAlertWhenItIsBackWithinTheMergeGap() {
        Policy interview = Policy.interview();
        Policy patient = interview.toBuilder()
                .rule(
                        AlertType.NO_FACE,
                        interview.rule(AlertType.NO_FACE).withEnd(Duration.ofMillis(400), Duration.ofSeconds(15)))
                .build();
        List<Alert> closed = new Judged(patient)
                .play(5, 0, 5, t -> Seen.attentive())
                .play(5, 5, 10, t -> Seen.attentive().nobody())
                .play(5, 20, 25, t -> Seen.attentive().nobody())
                .play(5, 45, 50, t -> Seen.attentive().nobody())
                .finish()
                .closed(AlertType.NO_FACE);
        assertThat(closed).extracting(Alert::startNs).containsExactly(Judged.ns(4.9), Judged.ns(45));
        assertThat(closed).extracting(Alert::endNs).containsExactly(Judged.ns(24.8), Judged.ns(49.8));
    }
}
