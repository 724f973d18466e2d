package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.Doubt;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.testdata.TestSeed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A neutral that was found while the candidate looked elsewhere gives way; one that was found at the screen does not. */
class NeutralContestTest {
    private static final Policy POLICY = Policy.closedBook();

    private static Seen atTheKeys() {
        return Seen.attentive().head(2, -18);
    }

    /** Nothing is told any more some seconds after, and the candidate is known to look at the screen. */
    private static void expectMended(Judged judged, double turnedS, double keptS) {
        assertThat(judged.attention().reading().answer()).isEqualTo(Answer.ABSENT);
        assertThat(judged.finish().closed(AlertType.EYES_LOOKING_AWAY))
                .allSatisfy(alert -> assertThat(alert.endNs() / 1e9).isLessThan(turnedS + keptS + 1));
    }

    @ParameterizedTest
    @CsvSource({"1, 6", "2, 3", "5, 2", "15, 2", "30, 2", "5, 12", "15, 12"})
    void shouldCorrectANeutralFoundWhileTheCandidateLookedAtTheKeys(double fps, double keysS) {
        Judged judged = new Judged(POLICY)
                .play(fps, 0, keysS, t -> atTheKeys())
                .play(fps, keysS, keysS + 60, t -> Seen.attentive());

        assertThat(judged.events(SessionEvent.Kind.CALIBRATED))
                .hasSize(2)
                .last()
                .satisfies(event -> {
                    assertThat(event.message()).contains("pitch 5.0", "eyes yaw");
                    assertThat(event.startNs()).isGreaterThanOrEqualTo(Judged.ns(keysS - 0.5));
                });
        expectMended(judged, keysS, Math.max(keysS, 5 / fps));
    }

    @Test
    void shouldCorrectItThoughHeadAndEyesAreNeverQuiteStill() {
        Random random = new Random(TestSeed.value());
        Judged judged = new Judged(POLICY)
                .play(
                        15,
                        0,
                        60,
                        t -> Seen.attentive()
                                .head(1 + 1.5 * random.nextGaussian(), (t < 3 ? -18 : 5) + 1.5 * random.nextGaussian())
                                .eyes(-1 + 3 * random.nextGaussian(), 7 + 3 * random.nextGaussian()));

        expectMended(judged, 3, 4);
    }

    @Test
    void shouldCorrectItWhenTheCandidateGoesBackToTheKeysNowAndThen() {
        Judged judged = new Judged(POLICY)
                .play(15, 0, 4, t -> atTheKeys())
                .play(15, 4, 59, t -> t % 4 < 3 ? Seen.attentive() : atTheKeys());

        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).hasSize(2);
        expectMended(judged, 4, 12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 15})
    void shouldCorrectANeutralFoundWhileTheEyesLookedAside(double fps) {
        Judged judged = new Judged(Policy.interview())
                .play(fps, 0, 2, t -> Seen.attentive().eyes(11, 7))
                .play(fps, 2, 60, t -> Seen.attentive().eyes(-5, 7));

        expectMended(judged, 2, 2);
    }

    @Test
    void shouldCorrectTheHeadsNeutralWhenTheEyesAreNeverRead() {
        Judged judged = new Judged(POLICY)
                .play(5, 0, 5, t -> atTheKeys().eyesUnread(Doubt.TOO_SMALL))
                .play(5, 5, 60, t -> Seen.attentive().eyesUnread(Doubt.TOO_SMALL));

        expectMended(judged, 5, 5);
    }

    /** The camera stands at the height of the eyes, or below them as in a laptop: then the phone lies nearer to it. */
    @ParameterizedTest
    @CsvSource({"5, 2", "5, 20", "15, 2", "15, 20"})
    void shouldTellOfAPhoneBelowThoughTheCandidateLooksAtItForLonger(double screenPitchDeg, double screenS) {
        Judged judged = new Judged(POLICY)
                .play(5, 0, screenS, t -> Seen.attentive().head(1, screenPitchDeg))
                .play(5, screenS, 60, t -> Seen.attentive().head(1, screenPitchDeg - 26))
                .play(5, 60, 70, t -> Seen.attentive().head(1, screenPitchDeg))
                .finish();

        expectTold(judged, screenS, 60);
    }

    private static void expectTold(Judged judged, double from, double to) {
        List<Alert> told = judged.closed(AlertType.EYES_LOOKING_AWAY);
        assertThat(told).singleElement().satisfies(alert -> {
            assertThat(alert.startNs() / 1e9).isCloseTo(from, within(0.2));
            assertThat(alert.endNs() / 1e9).isCloseTo(to, within(0.2));
        });
        assertThat(judged.events(SessionEvent.Kind.CALIBRATED)).hasSize(1);
    }

    @Test
    void shouldTellOfEyesLoweredToAPhoneThoughTheCandidateLooksAtItForLonger() {
        Judged judged = new Judged(POLICY)
                .play(5, 0, 5, t -> Seen.attentive().eyes(-1, 12))
                .play(5, 5, 40, t -> Seen.attentive().eyes(-1, -7))
                .play(5, 40, 50, t -> Seen.attentive().eyes(-1, 12))
                .finish();

        expectTold(judged, 5, 40);
    }

    /** The screen stands to the right of the camera, and what is looked at to the left. */
    @Test
    void shouldTellOfALookAcrossTheCameraFromAScreenAside() {
        Judged judged = new Judged(POLICY)
                .play(5, 0, 5, t -> Seen.attentive().head(14, 5))
                .play(5, 5, 40, t -> Seen.attentive().head(-12, 5))
                .play(5, 40, 50, t -> Seen.attentive().head(14, 5))
                .finish();

        expectTold(judged, 5, 40);
    }

    @Test
    void shouldKeepANeutralThatTheCandidateHasKeptTo() {
        Judged judged = new Judged(POLICY)
                .play(5, 0, 40, t -> atTheKeys())
                .play(5, 40, 120, t -> Seen.attentive())
                .finish();

        expectTold(judged, 40, 120);
    }

    @Test
    void shouldKeepTheNeutralThatTheHostsPointsGave() {
        Judged judged = new Judged(POLICY);
        judged.signal(new CalibrationTarget(Judged.ns(0.5), Judged.ns(2.5), 0.5, 0.5));
        judged.play(5, 0, 3, t -> atTheKeys())
                .play(5, 3, 60, t -> Seen.attentive())
                .finish();

        expectTold(judged, 3, 60);
    }
}
