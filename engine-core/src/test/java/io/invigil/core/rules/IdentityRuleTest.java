package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.Attention;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.Doubt;
import io.invigil.api.IdentityLimits;
import io.invigil.api.IdentityObservation;
import io.invigil.api.Judgement;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityRuleTest {
    private static final Policy POLICY = only(AlertType.IDENTITY_CHANGED);
    private static final Policy IDENTITY_AND_LOOKS = Policy.closedBook().toBuilder()
            .rule(
                    AlertType.IDENTITY_CHANGED,
                    Policy.closedBook().rule(AlertType.IDENTITY_CHANGED).on())
            .build();
    private static final long REFERENCE_NS = Judged.ns(2);

    private static Policy only(AlertType... types) {
        return Policy.strict().toBuilder().only(types).build();
    }

    /** One face all the time, looked at at this interval from 3 s on. */
    private static DoubleFunction<Seen> faces(double lookSeconds, DoubleUnaryOperator distance) {
        return t -> {
            double look = Math.floor(t / lookSeconds + 1e-6) * lookSeconds;
            Seen seen = Seen.attentive();
            if (t < 2) {
                return seen.notCompared(IdentityObservation.NO_REFERENCE, Doubt.NO_REFERENCE);
            }
            return t >= 3 && t - look < 0.05
                    ? seen.compared(REFERENCE_NS, distance.applyAsDouble(t))
                    : seen.notCompared(REFERENCE_NS, Doubt.NOT_EVALUATED);
        };
    }

    private static Judged looks(double lookSeconds, double seconds, DoubleUnaryOperator distance) {
        return Judged.stream(POLICY, 10, seconds, faces(lookSeconds, distance));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 1, 2})
    void shouldGiveOneAlertFromTheOtherPersonsComingToTheFirstOnesReturn(double lookSeconds) {
        Judged judged = looks(lookSeconds, 60, t -> t >= 20 && t < 40 ? 0.81 : 0.2);
        assertThat(judged.opened()).containsExactly(AlertType.IDENTITY_CHANGED);
        Alert alert = judged.closed(AlertType.IDENTITY_CHANGED).get(0);
        assertThat(alert.startNs() / 1e9).isCloseTo(20, within(lookSeconds / 2 + 0.01));
        assertThat(alert.endNs() / 1e9).isCloseTo(40, within(lookSeconds / 2 + 0.01));
        assertThat(alert.confidence()).isBetween(0.8, 0.95);
        assertThat(alert.details()).isEqualTo(Map.of("distance", "0.81"));
        assertThat(alert.message())
                .isEqualTo("The face is unlike the one at the start of the session: distance 0.81, told from 0.62 on");
    }

    @Test
    void shouldPoolAsManyLooksAsThePolicySaysHoweverRareTheyAre() {
        DoubleUnaryOperator another = t -> t >= 200 && t < 290 ? 0.81 : 0.2;
        Policy three = POLICY.toBuilder()
                .identity(new IdentityLimits(Duration.ofSeconds(20), 3))
                .build();
        Policy eleven = POLICY.toBuilder()
                .identity(new IdentityLimits(Duration.ofSeconds(20), 11))
                .build();

        assertThat(Judged.stream(three, 1, 500, faces(20, another)).opened())
                .containsExactly(AlertType.IDENTITY_CHANGED);
        assertThat(Judged.stream(eleven, 1, 500, faces(20, another)).opened()).isEmpty();
    }

    @Test
    void shouldNotDateTheChangeBackToASlipOfLongBeforeWhenManyLooksArePooled() {
        Policy many = POLICY.toBuilder()
                .identity(new IdentityLimits(Duration.ofSeconds(1), 21))
                .build();
        Judged judged = Judged.stream(many, 10, 90, faces(1, t -> t >= 38 && t < 39 || t >= 48 ? 0.81 : 0.2));

        assertThat(judged.closed(AlertType.IDENTITY_CHANGED))
                .singleElement()
                .satisfies(alert -> assertThat(alert.startNs() / 1e9).isCloseTo(47.5, within(0.6)));
    }

    @Test
    void shouldNotTellOfAFaceThatWasFollowedAllTheTimeAndLookedLikeAnothersForAWhile() {
        assertThat(looks(0.5, 60, t -> t >= 20 && t < 33 ? 0.81 : 0.2).opened()).isEmpty();
    }

    @Test
    void shouldDecideWhenFramesComeALittleMoreThanASecondApart() {
        Judged judged = new Judged(POLICY);
        for (int i = 0; i < 30; i++) {
            Seen seen = Seen.attentive().compared(REFERENCE_NS, i >= 10 ? 0.8 : 0.2);
            judged.take(seen.at(i, Judged.ns(1.04 * i)));
        }
        judged.finish();
        assertThat(judged.opened()).containsExactly(AlertType.IDENTITY_CHANGED);
    }

    /** A frame a second: the first person for a while, then looks at these distances; negative where a look fails. */
    private static Judged oneFrameASecond(int first, double... distances) {
        Judged judged = new Judged(POLICY);
        for (int i = 0; i < first + distances.length; i++) {
            double distance = i < first ? 0.2 : distances[i - first];
            Seen seen = distance < 0
                    ? Seen.attentive().notCompared(REFERENCE_NS, Doubt.ROTATED)
                    : Seen.attentive().compared(REFERENCE_NS, distance);
            judged.take(seen.at(i, Judged.ns(i)));
        }
        return judged;
    }

    @Test
    void shouldTellOnTheThirdLookInARowThatShowsAnotherAtOneFrameASecond() {
        assertThat(oneFrameASecond(0, 0.7, -1, 0.7, 0.7).opened()).containsExactly(AlertType.IDENTITY_CHANGED);
        assertThat(oneFrameASecond(5, 0.7, -1, 0.7, 0.7).opened()).containsExactly(AlertType.IDENTITY_CHANGED);
        assertThat(oneFrameASecond(5, 0.7, 0.7).opened()).isEmpty();
    }

    @Test
    void shouldWaitForAFurtherLookAtOneFrameASecondWhenOneOfTheLastThreeShowsTheFirstPerson() {
        assertThat(oneFrameASecond(0, 0.7, 0.7, 0.2, 0.7).opened()).isEmpty();
        assertThat(oneFrameASecond(0, 0.7, 0.7, 0.2, 0.7, 0.7).opened()).containsExactly(AlertType.IDENTITY_CHANGED);
    }

    @Test
    void shouldStayQuietWhenSingleLooksErr() {
        assertThat(looks(0.5, 60, t -> Math.round(t * 2) % 3 == 0 ? 0.9 : 0.3).opened())
                .isEmpty();
        assertThat(looks(0.5, 60, t -> t >= 20 && t < 21.2 ? 0.9 : 0.3).opened())
                .isEmpty();
    }

    @Test
    void shouldStayQuietWhenDistancesLieBetweenTheAnswers() {
        assertThat(looks(0.5, 60, t -> 0.6).opened()).isEmpty();
    }

    @Test
    void shouldStayQuietWhenThereIsNoReference() {
        Judged judged = Judged.stream(
                POLICY, 5, 60, t -> Seen.attentive().notCompared(IdentityObservation.NO_REFERENCE, Doubt.NO_REFERENCE));
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.events).isEmpty();
    }

    @Test
    void shouldStayQuietWhenTheKindIsOff() {
        Judged judged = Judged.stream(Policy.interview(), 10, 60, faces(0.5, t -> t >= 20 ? 0.9 : 0.2));
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.REFERENCE_TAKEN)).isEmpty();
    }

    @Test
    void shouldDecideAnewWhenTheFaceWasLostSightOf() {
        // The first person's looks must not outvote the second's.
        Judged judged = Judged.stream(
                POLICY,
                5,
                40,
                t -> t < 20 || t >= 25
                        ? faces(1, x -> x >= 25 ? 0.8 : 0.2).apply(t).track(t < 20 ? 1 : 2)
                        : Seen.attentive().nobody().notCompared(REFERENCE_NS, Doubt.NOT_EVALUATED));
        Alert alert = judged.closed(AlertType.IDENTITY_CHANGED).get(0);
        assertThat(alert.startNs() / 1e9).isCloseTo(25, within(0.01));
        assertThat(judged.closed(AlertType.IDENTITY_CHANGED)).hasSize(1);
    }

    @Test
    void shouldHoldOnWhileTheOtherPersonsFaceCannotBeCompared() {
        Judged judged = looks(0.5, 60, t -> t >= 10 ? 0.8 : 0.2);
        Judged turned = Judged.stream(
                POLICY,
                10,
                60,
                t -> t >= 20 && t < 30
                        ? Seen.attentive().notCompared(REFERENCE_NS, Doubt.ROTATED)
                        : faces(0.5, x -> x >= 10 ? 0.8 : 0.2).apply(t));
        assertThat(turned.closed(AlertType.IDENTITY_CHANGED)).hasSize(1);
        assertThat(turned.closed(AlertType.IDENTITY_CHANGED).get(0).endNs())
                .isEqualTo(judged.closed(AlertType.IDENTITY_CHANGED).get(0).endNs());
    }

    @Test
    void shouldEndWhenTheOtherPersonLeaves() {
        Judged judged = Judged.stream(
                POLICY,
                10,
                60,
                t -> t >= 30
                        ? Seen.attentive().nobody().notCompared(REFERENCE_NS, Doubt.NOT_EVALUATED)
                        : faces(0.5, x -> x >= 10 ? 0.8 : 0.2).apply(t));
        assertThat(judged.closed(AlertType.IDENTITY_CHANGED).get(0).endNs() / 1e9)
                .isCloseTo(30, within(0.06));
    }

    @Test
    void shouldLeaveItOpenWhoseTheSeatIsWhileSeveralPeopleAreThere() {
        Judged judged = Judged.stream(
                POLICY,
                10,
                60,
                t -> faces(0.5, x -> x >= 20 ? 0.8 : 0.2).apply(t).faces(t >= 15 ? 2 : 1));
        assertThat(judged.opened()).isEmpty();
    }

    @Test
    void shouldTellOfTheReferenceOnceAndOfEachNewOne() {
        Judged judged = Judged.stream(POLICY, 10, 20, faces(0.5, t -> 0.2));
        assertThat(judged.events(SessionEvent.Kind.REFERENCE_TAKEN)).hasSize(1).allSatisfy(event -> {
            assertThat(event.startNs()).isEqualTo(REFERENCE_NS);
            assertThat(event.message()).contains("memory only");
        });
    }

    @Test
    void shouldSayThatAnotherReferenceCountsWhenRulesGoOnInAnotherProcess() {
        Judged judged = new Judged(POLICY).play(10, 0, 20, faces(0.5, t -> 0.2));
        SessionRules resumed = SessionRules.restore(POLICY, judged.rules.snapshot());
        Judgement blind = resumed.observe(Seen.attentive()
                .notCompared(IdentityObservation.NO_REFERENCE, Doubt.NO_REFERENCE)
                .at(1000, Judged.ns(21)));
        assertThat(blind.alerts()).isEmpty();
        assertThat(blind.events()).isEmpty();
        Judgement again = resumed.observe(
                Seen.attentive().notCompared(Judged.ns(22), Doubt.NOT_EVALUATED).at(1001, Judged.ns(22)));
        assertThat(again.events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(SessionEvent.Kind.REFERENCE_TAKEN);
            assertThat(event.message()).contains("resumed");
        });
    }

    @Test
    void shouldNotHoldTheSecondPersonAgainstTheFirstOnesNeutral() {
        // The second person sits lower: held against the first one's neutral that would be a look down.
        Policy policy = only(AlertType.IDENTITY_CHANGED, AlertType.EYES_LOOKING_AWAY);
        DoubleFunction<Seen> script =
                t -> faces(0.5, x -> x >= 20 ? 0.8 : 0.2).apply(t).head(1, t >= 20 ? -22 : 5);
        Judged judged = Judged.stream(policy, 10, 40, script);
        assertThat(judged.opened()).containsExactly(AlertType.IDENTITY_CHANGED);
        assertThat(judged.attentions.get(judged.attentions.size() - 2).reading().answer())
                .isEqualTo(Answer.ABSENT);

        Judged unaware = Judged.stream(only(AlertType.EYES_LOOKING_AWAY), 10, 40, script);
        assertThat(unaware.opened()).containsExactly(AlertType.EYES_LOOKING_AWAY);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 15})
    void shouldKeepTheNeutralWhenOneLookAtAFollowedFaceErrs(double fps) {
        DoubleFunction<Seen> aside = t -> {
            Seen seen = Seen.attentive().head(t >= 20 && t < 50 ? 28 : 1, 5);
            boolean look = t > 1 && Math.abs(t - Math.round(t)) < 0.02;
            double distance = Math.round(t) == 22 ? 0.64 : 0.4;
            return look ? seen.compared(REFERENCE_NS, distance) : seen.notCompared(REFERENCE_NS, Doubt.NOT_EVALUATED);
        };
        Judged judged = Judged.stream(IDENTITY_AND_LOOKS, fps, 60, aside);

        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY))
                .singleElement()
                .satisfies(alert -> assertThat(alert.endNs() / 1e9).isCloseTo(50, within(0.2)));
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).hasSize(1);
    }

    @Test
    void shouldKeepTheHostsNeutralWhenOneLookAtAFollowedFaceErrs() {
        Judged judged = new Judged(IDENTITY_AND_LOOKS);
        judged.signal(new CalibrationTarget(Judged.ns(1), Judged.ns(3), 0.5, 0.5));
        judged.play(
                10,
                0,
                60,
                t -> faces(1, x -> Math.round(x) == 22 ? 0.64 : 0.4).apply(t).head(t < 40 ? 20 : 48, 5));
        judged.finish();

        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY))
                .singleElement()
                .satisfies(alert -> assertThat(alert.startNs() / 1e9).isCloseTo(40, within(0.2)));
    }

    @Test
    void shouldGiveTheNeutralUpWhenOneLookShowsAnotherFaceThatWasNotFollowed() {
        Judged judged = new Judged(only(AlertType.IDENTITY_CHANGED, AlertType.EYES_LOOKING_AWAY))
                .play(10, 0, 20, faces(0.5, t -> 0.2))
                .play(10, 20, 25, t -> Seen.attentive().nobody().notCompared(REFERENCE_NS, Doubt.NOT_EVALUATED))
                .play(10, 25, 26, t -> faces(0.5, x -> 0.8).apply(t).track(2).head(1, -22));

        assertThat(judged.attention()).isEqualTo(Attention.cannotTell(Doubt.UNCALIBRATED));
    }

    @Test
    void shouldGiveTheNeutralUpOnceWhenAnotherPersonTakesTheSeat() {
        // The second person's face is followed from the first look on, so that the looks together only say later what
        // it said.
        Judged judged = new Judged(IDENTITY_AND_LOOKS)
                .play(10, 0, 20, faces(0.5, t -> 0.2))
                .play(10, 20, 25, t -> Seen.attentive().nobody().notCompared(REFERENCE_NS, Doubt.NOT_EVALUATED))
                .play(10, 25, 28, t -> faces(0.5, x -> 0.8).apply(t).track(2).head(1, -15));

        assertThat(judged.events(SessionEvent.Kind.CALIBRATED))
                .last()
                .satisfies(event -> assertThat(event.endNs()).isLessThanOrEqualTo(Judged.ns(26.7)));
    }
}
