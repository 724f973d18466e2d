package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What came and went from frame to frame bears neither on what is solid after it nor on where that began. */
class FlickerTest {
    private record Kind(AlertType type, double fps, DoubleFunction<Seen> during) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(AlertType.MULTIPLE_PERSONS, 15, t -> Seen.attentive().second(90, 8)),
            new Kind(AlertType.NO_FACE, 5, t -> Seen.attentive().nobody()),
            new Kind(AlertType.FROZEN_VIDEO, 30, t -> Seen.attentive().unchanged()));

    /** Each kind after so many seconds in which the condition shows on one frame of so many. */
    static Stream<Arguments> flickers() {
        return KINDS.stream()
                .flatMap(kind -> Stream.of(10, 60, 300)
                        .flatMap(seconds -> Stream.of(2, 5, 7)
                                .filter(every -> every < kind.fps / 2)
                                .map(every -> Arguments.of(kind, seconds, every))));
    }

    private static Seen seen(Kind kind, boolean holds, double t) {
        return holds ? kind.during.apply(t) : Seen.attentive();
    }

    @ParameterizedTest
    @MethodSource("flickers")
    void shouldOpenOneHoldAfterItTurnsSolidWhenItFlickeredBefore(Kind kind, int solidFrom, int every) {
        double holdS = Policy.interview().rule(kind.type).hold().toMillis() / 1e3;
        Judged judged = Judged.stream(Policy.interview(), kind.fps, solidFrom + 31, t -> {
            boolean flickers = t < solidFrom && Math.round(t * kind.fps) % every == 0;
            return seen(kind, flickers || t >= solidFrom && t < solidFrom + 30, t);
        });

        assertThat(judged.opened()).containsExactly(kind.type);
        Alert opened = of(judged, AlertPhase.OPENED);
        assertThat(opened.startNs() / 1e9).isBetween(solidFrom - 1.1, solidFrom + 0.1);
        assertThat(opened.evidence().timestampNs() / 1e9).isBetween(solidFrom + holdS - 0.6, solidFrom + holdS + 0.3);
        assertThat(of(judged, AlertPhase.CLOSED).endNs() / 1e9).isBetween(solidFrom + 29.7, solidFrom + 30.1);
    }

    @Test
    void shouldOpenOneHoldAfterItTurnsSolidWhenItIsResumedInBetween() {
        Kind kind = KINDS.get(1);
        SessionRules rules = new SessionRules(Policy.interview());
        Alert opened = null;
        for (int i = 0; opened == null && i < 5 * 70; i++) {
            Seen seen = seen(kind, i % 2 == 0 || i >= 5 * 60, i / 5.0);
            rules = SessionRules.restore(Policy.interview(), rules.snapshot());
            List<Alert> told = rules.observe(seen.at(i, Judged.ns(i / 5.0))).alerts();
            opened = told.isEmpty() ? null : told.get(0);
        }

        assertThat(opened).isNotNull();
        assertThat(opened.startNs() / 1e9).isBetween(58.9, 60.1);
        assertThat(opened.evidence().timestampNs() / 1e9).isBetween(60.9, 61.8);
    }

    @Test
    void shouldOpenNothingWhenItOnlyFlickers() {
        for (Kind kind : KINDS) {
            Judged judged = Judged.stream(
                    Policy.interview(), kind.fps, 120, t -> seen(kind, Math.round(t * kind.fps) % 3 > 0, t));
            assertThat(judged.opened()).isEmpty();
        }
    }

    private static Alert of(Judged judged, AlertPhase phase) {
        return judged.alerts.stream()
                .filter(alert -> alert.phase() == phase)
                .findFirst()
                .orElseThrow();
    }
}
