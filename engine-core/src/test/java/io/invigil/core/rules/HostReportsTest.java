package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.EngineException;
import io.invigil.api.HostEvent;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.Severity;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostReportsTest {
    private static final long S = Judged.SECOND_NS;

    @Test
    void shouldRaiseOneAlertForRepeatsWithinTheMergeGap() {
        Judged judged = new Judged(Policy.interview());
        judged.play(5, 0, 10, t -> Seen.attentive());

        Optional<Alert> first = judged.signal(HostEvent.moment("tab_switch", 10 * S));
        Optional<Alert> second = judged.signal(HostEvent.moment("tab_switch", 11 * S));
        judged.play(5, 11.2, 20, t -> Seen.attentive()).finish();

        assertThat(first).map(Alert::id).contains("tab_switch-1");
        assertThat(second).map(Alert::id).contains("tab_switch-1");
        assertThat(first).contains(judged.alerts.get(0));
        assertThat(second).contains(judged.alerts.get(1));
        assertThat(judged.alerts)
                .extracting(Alert::phase)
                .containsExactly(AlertPhase.OPENED, AlertPhase.UPDATED, AlertPhase.CLOSED);
        assertThat(judged.alerts.get(2).startNs()).isEqualTo(10 * S);
        assertThat(judged.alerts.get(2).endNs()).isEqualTo(11 * S);
        assertThat(judged.alerts.get(2).details()).containsEntry("count", "2");
    }

    @Test
    void shouldRaiseTwoAlertsWhenReportsLieFurtherApartThanTheMergeGap() {
        Judged judged = new Judged(Policy.interview());

        judged.signal(HostEvent.moment("paste", 10 * S));
        judged.signal(HostEvent.moment("paste", 20 * S));
        judged.finish();

        assertThat(judged.alerts).extracting(Alert::id).containsExactly("paste-1", "paste-1", "paste-2", "paste-2");
    }

    @Test
    void shouldWaitForTheHoldWhenSomethingBegan() {
        Policy policy = Policy.interview().toBuilder()
                .rule(AlertType.WINDOW_BLUR, AlertRule.of(Severity.HIGH, 3000, 0, 0))
                .build();
        Judged judged = new Judged(policy);

        assertThat(judged.signal(HostEvent.began("window_blur", 0))).isEmpty();
        judged.signal(HostEvent.ended("window_blur", 2 * S));
        judged.signal(HostEvent.began("window_blur", 10 * S));
        judged.play(5, 10.2, 14, t -> Seen.attentive());
        judged.signal(HostEvent.ended("window_blur", 15 * S));
        judged.finish();

        assertThat(judged.alerts).extracting(Alert::id).containsOnly("window_blur-1");
        Alert closed = judged.alerts.get(judged.alerts.size() - 1);
        assertThat(closed.startNs()).isEqualTo(10 * S);
        assertThat(closed.endNs()).isEqualTo(15 * S);
    }

    @Test
    void shouldNameWhatTheHostDefinesAndTakeItsSeverity() {
        Judged judged = new Judged(Policy.interview());

        Optional<Alert> alert = judged.signal(new HostEvent(
                "lockdown_lost", HostEvent.Phase.MOMENT, 5 * S, Optional.of(Severity.CRITICAL), "The lock was opened"));

        assertThat(alert).isPresent();
        assertThat(alert.get().type()).isEqualTo(AlertType.HOST_DEFINED);
        assertThat(alert.get().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.get().message()).isEqualTo("The lock was opened");
        assertThat(alert.get().details()).containsEntry("event", "lockdown_lost");
    }

    @Test
    void shouldStaySilentWhenThePolicyHasTheKindOff() {
        Policy policy = Policy.interview().toBuilder()
                .rule(AlertType.PASTE, Policy.interview().rule(AlertType.PASTE).off())
                .build();
        Judged judged = new Judged(policy);

        assertThat(judged.signal(HostEvent.moment("paste", S))).isEmpty();
        assertThat(judged.finish().alerts).isEmpty();
    }

    @Test
    void shouldRefuseANameThatIsNoneAndTooManyNames() {
        assertThatThrownBy(() -> HostEvent.moment("Tab Switch", 0))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Tab Switch");
        Judged judged = new Judged(Policy.interview());
        for (int i = 0; i < HostEvent.MAX_NAMES; i++) {
            judged.signal(HostEvent.moment("event_" + i, i * S));
        }
        assertThatThrownBy(() -> judged.signal(HostEvent.moment("one_more", 99 * S)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("one_more");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseASignalOnAnotherClockAndGoOnAsIfItHadNotCome(boolean restored) {
        long epochNs = 1_795_788_680_153_000_000L;
        Judged judged = new Judged(Policy.interview()).play(1, 0, 6, t -> Seen.attentive());
        SessionRules rules =
                restored ? SessionRules.restore(Policy.interview(), judged.rules.snapshot()) : judged.rules;

        assertThatThrownBy(() -> rules.signal(HostEvent.moment("paste", epochNs)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("timestampNs", Long.toString(epochNs), Long.toString((24 * 3600 + 5) * S));
        assertThatThrownBy(() -> rules.signal(new Pause(epochNs, true))).isInstanceOf(IllegalArgumentException.class);

        assertThat(rules.isPaused()).isFalse();
        assertThat(rules.openAlerts()).isEmpty();
        assertThat(rules.score().sessionNs()).isEqualTo(5 * S);
        assertThat(rules.signal(HostEvent.moment("paste", 24 * 3600 * S)).answer())
                .isPresent();
    }

    @Test
    void shouldGoOnAfterALongPauseButNotOnAnotherClock() {
        Judged judged = new Judged(Policy.interview()).play(1, 0, 6, t -> Seen.attentive());
        judged.signal(new Pause(5 * S, true));

        assertThatThrownBy(() -> judged.signal(new Pause(1_795_788_680_153_000_000L, false)))
                .isInstanceOf(IllegalArgumentException.class);
        judged.signal(HostEvent.moment("paste", 20 * 86_400 * S));
        judged.signal(new Pause(3 * 86_400 * S, false));

        assertThat(judged.rules.isPaused()).isFalse();
        assertThat(judged.rules.score().sessionNs()).isEqualTo(5 * S);
    }

    @Test
    void shouldHoldAReportAgainstTheReportsBeforeWhenThereIsNoFrameYet() {
        Judged judged = new Judged(Policy.interview());
        judged.signal(HostEvent.moment("paste", -5 * S));

        assertThatThrownBy(() -> judged.signal(HostEvent.moment("paste", 86_400 * S)))
                .isInstanceOf(IllegalArgumentException.class);
        judged.play(1, 100 * 86_400.0, 100 * 86_400.0 + 2, t -> Seen.attentive());

        assertThat(judged.rules.score().sessionNs()).isEqualTo(S);
    }

    @Test
    void shouldTellNoGapAcrossAPauseAndCloseWhatIsOpen() {
        Judged judged = new Judged(Policy.interview());
        judged.play(5, 0, 10, t -> Seen.attentive().nobody());
        judged.signal(new Pause(10 * S, true));
        judged.signal(new Pause(70 * S, false));
        judged.play(5, 70, 72, t -> Seen.attentive()).finish();

        assertThat(judged.alerts).extracting(Alert::type).containsOnly(AlertType.NO_FACE);
        assertThat(judged.alerts.get(judged.alerts.size() - 1).endNs()).isLessThanOrEqualTo(10 * S);
        assertThat(judged.events)
                .extracting(SessionEvent::kind)
                .contains(SessionEvent.Kind.PAUSED, SessionEvent.Kind.RESUMED);
    }

    /** A frame that was under way when the host paused is judged after the pause. */
    @ParameterizedTest
    @ValueSource(longs = {1, 500})
    void shouldTellNoGapAcrossAPauseWhenAFrameWasUnderWay(long indexStep) {
        for (double before : new double[] {0, 10}) {
            Judged judged = new Judged(Policy.interview()).play(5, 0, before, t -> Seen.attentive());
            judged.signal(new Pause(Judged.ns(before + 0.05), true));
            judged.take(Seen.attentive().nobody().at(60, Judged.ns(before)));
            judged.signal(new Pause(Judged.ns(310), false));
            judged.take(Seen.attentive().at(60 + indexStep, Judged.ns(310.1)));
            judged.take(Seen.attentive().at(61 + indexStep, Judged.ns(310.3)));
            judged.finish();

            assertThat(judged.alerts).isEmpty();
            assertThat(judged.events(SessionEvent.Kind.BLIND)).isEmpty();
        }
    }

    @Test
    void shouldTellNothingWhileThePauseLastsAndGoOnWithWhatHasNotEnded() {
        Judged judged = new Judged(Policy.interview()).play(5, 0, 10, t -> Seen.attentive());
        judged.signal(HostEvent.began("tab_switch", 10 * S));
        judged.play(5, 10.2, 20.1, t -> Seen.attentive());
        judged.signal(new Pause(20 * S, true));
        int told = judged.alerts.size();

        assertThat(judged.signal(HostEvent.moment("paste", 30 * S))).isEmpty();
        assertThat(judged.signal(HostEvent.began("window_blur", 40 * S))).isEmpty();
        assertThat(judged.signal(HostEvent.began("audio_anomaly", 50 * S))).isEmpty();
        assertThat(judged.signal(HostEvent.ended("audio_anomaly", 60 * S))).isEmpty();
        assertThat(judged.alerts).hasSize(told);
        assertThat(judged.rules.openAlerts()).isEmpty();

        SessionRules restored = SessionRules.restore(Policy.interview(), judged.rules.snapshot());
        Pause resumed = new Pause(100 * S, false);
        assertThat(restored.signal(resumed)).isEqualTo(judged.rules.signal(resumed));
        assertThat(judged.rules.openAlerts()).extracting(Alert::type).contains(AlertType.TAB_SWITCH);
        judged.play(5, 100, 160, t -> Seen.attentive());
        judged.signal(HostEvent.ended("tab_switch", 160 * S));
        judged.signal(HostEvent.ended("window_blur", 160 * S));
        judged.finish();

        assertThat(judged.closed(AlertType.TAB_SWITCH))
                .extracting(Alert::startNs)
                .containsExactly(10 * S, 100 * S);
        assertThat(judged.closed(AlertType.TAB_SWITCH)).extracting(Alert::endNs).containsExactly(20 * S, 160 * S);
        assertThat(judged.closed(AlertType.WINDOW_BLUR))
                .extracting(Alert::startNs)
                .containsExactly(100 * S);
        assertThat(judged.closed(AlertType.WINDOW_BLUR))
                .extracting(Alert::endNs)
                .containsExactly(160 * S);
        assertThat(judged.closed(AlertType.PASTE)).isEmpty();
        assertThat(judged.closed(AlertType.AUDIO_ANOMALY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepTheHostsWordsAndNameAFrameWhenWhatItReportedOutlastsAPause(boolean begunInThePause) {
        Judged judged = new Judged(Policy.interview()).play(5, 0, 10, t -> Seen.attentive());
        HostEvent began = new HostEvent(
                "cheat_tool", HostEvent.Phase.BEGAN, 12 * S, Optional.of(Severity.CRITICAL), "A tool was found");
        if (!begunInThePause) {
            judged.signal(began);
        }
        judged.signal(new Pause(20 * S, true));
        if (begunInThePause) {
            judged.signal(began);
        }
        judged.signal(new Pause(100 * S, false));

        assertThat(judged.rules.openAlerts()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(alert.message()).isEqualTo("A tool was found");
            assertThat(alert.startNs()).isEqualTo(100 * S);
            assertThat(alert.evidence().frameIndex()).isEqualTo(49);
        });
    }

    @Test
    void shouldWaitForTheCooldownAndThenTellWhenSomethingLasts() {
        Policy policy = Policy.interview().toBuilder()
                .rule(
                        AlertType.WINDOW_BLUR,
                        Policy.interview().rule(AlertType.WINDOW_BLUR).withCooldown(Duration.ofSeconds(30)))
                .build();
        Judged judged = new Judged(policy);
        judged.signal(HostEvent.began("window_blur", 90 * S));
        judged.signal(HostEvent.ended("window_blur", 100 * S));
        judged.play(5, 105, 110, t -> Seen.attentive());
        judged.signal(HostEvent.began("window_blur", 110 * S));
        judged.play(5, 110.2, 129, t -> Seen.attentive());
        assertThat(judged.rules.openAlerts()).isEmpty();
        judged.play(5, 129, 132, t -> Seen.attentive());

        assertThat(judged.rules.openAlerts()).extracting(Alert::startNs).containsExactly(110 * S);
    }

    @Test
    void shouldTellOfALateReportWhenThereIsNoCooldown() {
        Policy policy = Policy.interview().toBuilder()
                .rule(AlertType.PASTE, AlertRule.of(Severity.LOW, 0, 0, 0))
                .build();
        Judged judged = new Judged(policy);
        judged.signal(HostEvent.moment("paste", 100 * S));
        judged.play(5, 100.2, 105, t -> Seen.attentive());

        assertThat(judged.signal(HostEvent.moment("paste", 90 * S))).isPresent();
    }

    @Test
    void shouldTellALateMomentApartFromTheOpenAlertByItself() {
        Judged judged = new Judged(Policy.interview());
        judged.signal(HostEvent.moment("paste", 100 * S));

        Optional<Alert> late = judged.signal(HostEvent.moment("paste", 40 * S));
        judged.signal(HostEvent.moment("paste", 99 * S));
        judged.finish();

        assertThat(late).map(Alert::startNs).contains(40 * S);
        assertThat(judged.closed(AlertType.PASTE)).extracting(Alert::id).containsExactly("paste-2", "paste-1");
        assertThat(judged.closed(AlertType.PASTE)).extracting(Alert::startNs).containsExactly(40 * S, 100 * S);
        assertThat(judged.closed(AlertType.PASTE))
                .extracting(alert -> alert.details().get("count"))
                .containsExactly("1", "2");
    }

    @Test
    void shouldGoOnWithWhatHasBegunWhenAMomentBeforeItIsToldLate() {
        Judged judged = new Judged(Policy.interview());
        judged.signal(HostEvent.began("tab_switch", 100 * S));
        judged.signal(HostEvent.moment("tab_switch", 40 * S));
        judged.signal(HostEvent.ended("tab_switch", 130 * S));
        judged.finish();

        assertThat(judged.closed(AlertType.TAB_SWITCH))
                .extracting(Alert::startNs)
                .containsExactly(40 * S, 100 * S);
        assertThat(judged.closed(AlertType.TAB_SWITCH)).extracting(Alert::endNs).containsExactly(40 * S, 130 * S);
    }

    @Test
    void shouldTellNoLateMomentWhenTheRuleHasAHoldOrRests() {
        AlertRule paste = Policy.interview().rule(AlertType.PASTE);
        AlertRule held = AlertRule.of(Severity.LOW, 3000, 0, 0);
        Policy policy = Policy.interview().toBuilder()
                .rule(AlertType.PASTE, paste.withCooldown(Duration.ofSeconds(30)))
                .rule(AlertType.WINDOW_BLUR, held)
                .build();
        Judged judged = new Judged(policy);
        judged.signal(HostEvent.moment("paste", 10 * S));
        judged.signal(HostEvent.moment("paste", 100 * S));
        judged.signal(HostEvent.began("window_blur", 100 * S));

        assertThat(judged.signal(HostEvent.moment("paste", 20 * S))).isEmpty();
        assertThat(judged.signal(HostEvent.moment("window_blur", 20 * S))).isEmpty();
        judged.finish();

        assertThat(judged.closed(AlertType.PASTE)).extracting(Alert::startNs).containsExactly(10 * S, 100 * S);
    }

    @Test
    void shouldLeaveRoomForTheEnginesOwnKindsWhenTheHostsNamesAreUsedUp() {
        Judged judged = new Judged(Policy.interview());
        for (int i = 0; i < HostEvent.MAX_NAMES; i++) {
            judged.signal(HostEvent.moment("event_" + i, i * S));
        }

        assertThat(judged.signal(HostEvent.moment("tab_switch", 99 * S))).isPresent();
        byte[] snapshot = judged.rules.snapshot();
        assertThat(SessionRules.restore(Policy.interview(), snapshot).snapshot())
                .isEqualTo(snapshot);
    }

    @Test
    void shouldNotTakeAPauseBeforeTheFirstFrameOffTheSession() {
        Judged judged = new Judged(Policy.interview());
        judged.signal(new Pause(0, true));
        judged.signal(new Pause(600 * S, false));
        judged.play(5, 601, 1201, t -> Seen.attentive());

        assertThat(judged.rules.score().sessionNs()).isEqualTo(Judged.ns(599.8));
    }

    @Test
    void shouldGoOnTheSameWayWhenRestoredInTheMiddleOfAReport() {
        Judged judged = new Judged(Policy.interview());
        judged.play(5, 0, 3, t -> Seen.attentive());
        judged.signal(HostEvent.began("audio_anomaly", 3 * S));
        SessionRules restored = SessionRules.restore(Policy.interview(), judged.rules.snapshot());

        HostEvent end = HostEvent.ended("audio_anomaly", 8 * S);

        assertThat(restored.signal(end)).isEqualTo(judged.rules.signal(end));
        assertThat(restored.finish()).isEqualTo(judged.rules.finish());
    }

    @Test
    void shouldListOpenAlertsOldestFirst() {
        Judged judged = new Judged(Policy.interview()).play(5, 0, 1, t -> Seen.attentive());
        judged.signal(HostEvent.began("window_blur", Judged.ns(1)));
        judged.play(5, 1, 2, t -> Seen.attentive());
        judged.play(5, 2, 6, t -> Seen.attentive().nobody());
        judged.signal(HostEvent.began("audio_anomaly", Judged.ns(6)));

        assertThat(judged.rules.openAlerts())
                .extracting(Alert::type)
                .containsExactly(AlertType.WINDOW_BLUR, AlertType.NO_FACE, AlertType.AUDIO_ANOMALY);
    }
}
