package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.BoundingBox;
import io.invigil.api.Doubt;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import org.junit.jupiter.api.Test;

/** Repeated glances, partial faces, looped video, pictures on the wall. */
class FurtherKindsTest {
    private static final Policy STRICT = Policy.strict();
    /** Where {@link Seen#presence} puts the first and the second body. */
    private static final BoundingBox FIRST = new BoundingBox(20, 100, 250, 380);

    private static final BoundingBox SECOND = new BoundingBox(320, 100, 250, 380);

    /** Glances of a length, one every so many seconds, from 20 s on for as long as told. */
    private static Judged glances(double everyS, double lengthS, double forS) {
        return Judged.stream(STRICT, 5, 200, t -> {
            boolean aside = t >= 20 && t < 20 + forS && (t - 20) % everyS < lengthS;
            return aside ? Seen.attentive().head(32, 5) : Seen.attentive();
        });
    }

    @Test
    void shouldTellGlancesThatComeAgainAndAgainAsOneAlert() {
        Judged judged = glances(6, 1, 90);
        assertThat(judged.closed(AlertType.EYES_LOOKING_AWAY)).isEmpty();
        Alert alert = judged.closed(AlertType.REPEATED_GLANCES).get(0);
        assertThat(judged.closed(AlertType.REPEATED_GLANCES)).hasSize(1);
        assertThat(alert.startNs() / 1e9).isCloseTo(20, within(0.5));
        assertThat(Integer.parseInt(alert.details().get("count"))).isBetween(5, 10);
        assertThat(alert.message()).contains("within 60 s");
    }

    @Test
    void shouldNotTellAFewGlancesNorShortOnes() {
        assertThat(glances(25, 1, 150).opened()).as("few").isEmpty();
        assertThat(glances(8, 0.4, 150).opened()).as("short").isEmpty();
    }

    @Test
    void shouldNotCountLongLooksAsGlances() {
        assertThat(glances(15, 4, 150).closed(AlertType.REPEATED_GLANCES)).isEmpty();
    }

    @Test
    void shouldTellAFaceThatIsPartlyOutOfThePictureOrTooNear() {
        Judged out = Judged.stream(
                STRICT,
                5,
                30,
                t -> t < 10 || t > 20 ? Seen.attentive() : Seen.attentive().face(1, -50, 100, 120));
        assertThat(out.closed(AlertType.PARTIAL_FACE)).singleElement().satisfies(alert -> {
            assertThat(alert.details()).containsEntry("cause", "out_of_picture");
            assertThat(alert.startNs() / 1e9).isCloseTo(10, within(0.3));
        });
        Judged near = Judged.stream(STRICT, 5, 30, t -> {
            if (t < 10 || t > 20) {
                return Seen.attentive();
            }
            return t < 15
                    ? Seen.attentive().face(1, 100, 10, 460)
                    : Seen.attentive().cannotTell(Doubt.TOO_CLOSE);
        });
        assertThat(near.closed(AlertType.PARTIAL_FACE))
                .singleElement()
                .satisfies(alert -> assertThat(alert.details()).containsEntry("cause", "too_close"));
        assertThat(near.closed(AlertType.NO_FACE)).isEmpty();
        assertThat(near.events(SessionEvent.Kind.QUALITY))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("too close"));
    }

    @Test
    void shouldTellALoopAndNoChanceRepetition() {
        Judged looped = Judged.stream(
                STRICT, 5, 60, t -> t < 20 ? Seen.attentive() : Seen.attentive().repeats(8));
        assertThat(looped.closed(AlertType.FROZEN_VIDEO)).singleElement().satisfies(alert -> {
            assertThat(alert.details()).containsEntry("variant", "loop").containsEntry("after_s", "8.0");
            assertThat(alert.startNs() / 1e9).isCloseTo(20, within(0.3));
        });
        Judged chance =
                Judged.stream(STRICT, 5, 60, t -> t % 3 < 0.1 ? Seen.attentive().repeats(5) : Seen.attentive());
        assertThat(chance.opened()).isEmpty();
    }

    private static Seen beside(double t, boolean posterThere, int steps, BoundingBox... moving) {
        double tick = Math.floor(t + 1e-9);
        return Seen.attentive()
                .face(1, 100, 120, 90)
                .presence(Judged.ns(tick), t - tick < 0.1, posterThere ? 2 : 1, null, 0)
                .moving(steps, moving);
    }

    @Test
    void shouldNotCountABodyInWhosePartOfThePictureNothingMoves() {
        Judged judged = Judged.stream(STRICT, 5, 1200, t -> beside(t, t % 7 < 5, 3, FIRST));
        assertThat(judged.opened()).isEmpty();
    }

    @Test
    void shouldCountAnEntrantWithinSecondsThoughAPosterHangsThere() {
        Judged judged = Judged.stream(
                STRICT,
                5,
                400,
                t -> t < 300 || t > 320 ? beside(t, true, 3, FIRST) : beside(t, true, 3, FIRST, SECOND));
        assertThat(judged.closed(AlertType.MULTIPLE_PERSONS))
                .first()
                .satisfies(alert -> assertThat(alert.startNs() / 1e9).isCloseTo(300, within(2.1)));
        assertThat(judged.closed(AlertType.MULTIPLE_PERSONS)).hasSize(1);
    }
}
