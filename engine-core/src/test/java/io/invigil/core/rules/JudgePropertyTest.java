package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Accommodation;
import io.invigil.api.Alert;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.EngineException;
import io.invigil.api.Judge;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.testdata.TestSeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every stream of frames, failures and signals under every policy, shown on random ones. */
@Timeout(120)
class JudgePropertyTest {
    private static final Set<AlertType> JUDGED_BY_GAZE =
            Set.of(AlertType.EYES_LOOKING_AWAY, AlertType.REPEATED_GLANCES);

    private Random random;

    @BeforeEach
    void seed() {
        random = new Random(TestSeed.value());
    }

    private static Policy without(AlertType kind) {
        return Policy.strict()
                .withAccommodations(
                        List.of(Accommodation.silence(kind, "office", Instant.parse("2026-11-02T09:00:00Z"), "test")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 31})
    void shouldGoOnTheSameWhenRestoredAtEveryKthStep(int every) {
        for (int stream = 0; stream < 5; stream++) {
            List<Streams.Step> steps = Streams.random(random, 600);
            Judge uninterrupted = Judge.of(Policy.strict());
            List<Object> expected = Streams.judge(uninterrupted, steps);
            Judge judge = Judge.of(Policy.strict());
            List<Object> told = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                if (i % every == 0) {
                    judge = Judge.restore(Policy.strict(), judge.snapshot());
                }
                steps.get(i).give(judge, told);
            }
            assertThat(told).isEqualTo(expected);
            assertThat(judge.score()).isEqualTo(uninterrupted.score());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellNothingOfASilencedKindAndTheSameOfAllOthers(AlertType kind) {
        List<Streams.Step> steps = Streams.random(random, 1500);
        List<Object> expected = new ArrayList<>(alerts(Streams.judge(Judge.of(Policy.strict()), steps)));
        expected.removeIf(alert -> ((Alert) alert).type() == kind);
        List<Alert> told = new ArrayList<>(alerts(Streams.judge(Judge.of(without(kind)), steps)));
        assertThat(told).noneMatch(alert -> alert.type() == kind);
        if (kind == AlertType.IDENTITY_CHANGED) {
            // Without it nothing tells the rule for looking away that the neutral it knows is another person's.
            told.removeIf(alert -> JUDGED_BY_GAZE.contains(alert.type()));
            expected.removeIf(alert -> JUDGED_BY_GAZE.contains(((Alert) alert).type()));
        }
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void shouldMeetEveryKindThatIsJudgedInTheRandomStreams() {
        Set<AlertType> met = EnumSet.noneOf(AlertType.class);
        for (int stream = 0; stream < 10; stream++) { // The rarest is in two of three.
            List<Object> told = Streams.judge(Judge.of(Policy.strict()), Streams.random(random, 8000));
            alerts(told).forEach(alert -> met.add(alert.type()));
        }
        assertThat(met)
                .contains(
                        AlertType.NO_FACE,
                        AlertType.MULTIPLE_PERSONS,
                        AlertType.EYES_LOOKING_AWAY,
                        AlertType.PROHIBITED_OBJECT,
                        AlertType.BLACK_SCREEN,
                        AlertType.FROZEN_VIDEO,
                        AlertType.STREAM_GAP,
                        AlertType.PARTIAL_FACE,
                        AlertType.REPEATED_GLANCES,
                        AlertType.TAB_SWITCH,
                        AlertType.HOST_DEFINED);
    }

    private static List<Alert> alerts(List<Object> told) {
        return told.stream()
                .filter(Alert.class::isInstance)
                .map(Alert.class::cast)
                .toList();
    }

    @RepeatedTest(10)
    void shouldScoreWhatTheAlertsAddUpToByHand(RepetitionInfo repetition) {
        random = new Random(TestSeed.value() + repetition.getCurrentRepetition());
        Judge judge = Judge.of(Policy.strict());
        List<Object> told = Streams.judge(judge, Streams.random(random, 1500));
        Map<String, Alert> last = new LinkedHashMap<>();
        alerts(told).forEach(alert -> last.put(alert.id(), alert));
        SessionScore score = judge.score();
        double points = 0;
        for (SessionScore.Term term : score.terms()) {
            List<Alert> counted = term.alertIds().stream().map(last::get).toList();
            assertThat(counted).doesNotContainNull().allMatch(alert -> alert.type() == term.kind());
            assertThat(term.durationNs()).as(term.kind().wireName()).isEqualTo(coveredNs(counted));
            assertThat(term.weight())
                    .isEqualTo(Policy.strict().rule(term.kind()).weight());
            points += term.weight() * Math.min(1, (double) term.durationNs() / score.sessionNs());
        }
        assertThat(score.points()).isCloseTo(points, within(1e-9));
        assertThat(score.terms().stream()
                        .mapToInt(term -> term.alertIds().size())
                        .sum())
                .isEqualTo(last.size());
    }

    /** Time in which at least one of them holds. */
    private static long coveredNs(List<Alert> alerts) {
        List<long[]> spans = new ArrayList<>(alerts.stream()
                .map(alert -> new long[] {
                    alert.startNs(),
                    alert.type().isHostReported()
                            ? Math.max(alert.endNs(), alert.startNs() + 1_000_000_000L)
                            : alert.endNs()
                })
                .toList());
        spans.sort((a, b) -> Long.compare(a[0], b[0]));
        long sumNs = 0;
        long untilNs = Long.MIN_VALUE;
        for (long[] span : spans) {
            sumNs += Math.max(0, span[1] - Math.max(span[0], untilNs));
            untilNs = Math.max(untilNs, span[1]);
        }
        return sumNs;
    }

    @Test
    void shouldNotCountPausedTimeAsSessionTime() {
        Judged judged = new Judged(Policy.interview()).play(5, 0, 10, t -> Seen.attentive());
        judged.signal(new Pause(Judged.ns(10), true));
        assertThat(judged.rules.score().sessionNs()).isBetween(Judged.ns(9.7), Judged.ns(10));
        judged.signal(new Pause(Judged.ns(40), false));
        judged.play(5, 40, 50, t -> Seen.attentive());
        assertThat(judged.rules.score().sessionNs()).isEqualTo(Judged.ns(19.8));
    }

    @Test
    void shouldRefuseASnapshotWhenAnySettingOfThePolicyDiffers() {
        byte[] snapshot = Judge.of(Policy.strict()).snapshot();
        List<Policy> others = new ArrayList<>();
        for (AlertType kind : AlertType.values()) {
            AlertRule rule = Policy.strict().rule(kind);
            others.add(Policy.strict().toBuilder()
                    .rule(kind, rule.withWeight(rule.weight() + 1))
                    .build());
            others.add(without(kind));
        }
        others.add(Policy.strict().toBuilder().prohibitedObject("tv", 0.5).build());
        for (Policy other : others) {
            assertThatThrownBy(() -> Judge.restore(other, snapshot))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("the snapshot does not fit: the snapshot is from policy strict");
        }
        assertThat(Judge.restore(Policy.strict(), snapshot).snapshot()).isEqualTo(snapshot);
    }

    @Test
    void shouldLeaveNothingOfAKindInEventsWhenGazeIsSilenced() {
        Judge judge = Judge.of(Policy.openBook());
        List<Object> told = Streams.judge(judge, Streams.random(random, 1000));
        assertThat(told)
                .noneMatch(thing -> thing instanceof SessionEvent event
                        && (event.kind() == SessionEvent.Kind.CALIBRATED
                                || event.kind() == SessionEvent.Kind.NOT_CALIBRATED));
        assertThat(alerts(told)).isNotEmpty().noneMatch(alert -> alert.type() == AlertType.EYES_LOOKING_AWAY);
    }
}
