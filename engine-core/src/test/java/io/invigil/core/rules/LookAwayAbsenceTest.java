package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was seen of a candidate's look before an absence says nothing about the look after it. */
class LookAwayAbsenceTest {
    private static final Policy POLICY = Policy.closedBook();
    /** Within the limits, but not by so much that an alert which is open would end. */
    private static final double OFF_NEUTRAL_DEG = 18;

    private static Seen turned(double fromNeutralDeg) {
        return Seen.attentive().head(1 + fromNeutralDeg, 5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 5, 15})
    void shouldNotCallItAwayWhenACandidateTurnsToGetUpAndComesBackSittingALittleOtherwise(double fps) {
        Judged judged = new Judged(POLICY)
                .play(fps, 0, 12, t -> Seen.attentive())
                .play(fps, 12, 13.2, t -> turned(30))
                .play(fps, 14, 40, t -> Seen.attentive().nobody())
                .play(fps, 40, 80, t -> turned(OFF_NEUTRAL_DEG))
                .finish();

        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY))
                .extracting(Alert::endNs)
                .allMatch(endNs -> endNs < Judged.ns(14));
    }

    @Test
    void shouldNotCallItAwayWhenACandidateTurnsBeforeAPauseAndComesBackSittingALittleOtherwise() {
        Judged judged = new Judged(POLICY).play(5, 0, 12, t -> Seen.attentive()).play(5, 12, 13.2, t -> turned(30));
        judged.signal(new Pause(Judged.ns(13.2), true));
        judged.signal(new Pause(Judged.ns(600), false));
        judged.play(5, 600, 640, t -> Seen.attentive().head(1, -11));

        assertThat(judged.opened()).isEmpty();
        assertThat(judged.attention().headPitchDeg())
                .as("the neutral is found afresh")
                .isCloseTo(0, within(1.0));
    }

    @Test
    void shouldTellOfALookThatGoesOnAfterAnAbsence() {
        Judged judged = new Judged(POLICY)
                .play(5, 0, 12, t -> Seen.attentive())
                .play(5, 12, 20, t -> Seen.attentive().nobody())
                .play(5, 20, 30, t -> turned(30))
                .finish();

        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY))
                .singleElement()
                .satisfies(alert -> assertThat(alert.startNs()).isEqualTo(Judged.ns(20)));
    }

    @Test
    void shouldNotTakeTheTimeBetweenTheFramesOfASlowStreamForAnAbsence() {
        Judged judged = new Judged(POLICY)
                .play(0.2, 0, 60, t -> Seen.attentive())
                .play(0.2, 60, 90, t -> turned(30))
                .play(0.2, 90, 120, t -> turned(OFF_NEUTRAL_DEG))
                .play(0.2, 120, 180, t -> Seen.attentive())
                .finish();

        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY))
                .singleElement()
                .satisfies(alert -> assertThat(alert.endNs() / 1e9).isCloseTo(120, within(5.0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 5, 15})
    void shouldNotMakeANeutralOfAMomentBeforeAnAbsence(double fps) {
        Judged judged = new Judged(POLICY)
                .play(fps, 0, 1, t -> Seen.attentive().head(2, -18))
                .play(fps, 1, 11, t -> Seen.attentive().nobody())
                .play(fps, 11, 50, t -> Seen.attentive())
                .finish();

        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY)).isEmpty();
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("pitch 5.0"));
    }

    @Test
    void shouldMakeANeutralOfASlowStream() {
        Judged judged = Judged.stream(POLICY, 0.2, 60, t -> Seen.attentive());

        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).hasSize(1);
    }
}
