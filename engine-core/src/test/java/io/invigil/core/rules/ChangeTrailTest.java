package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.BoundingBox;
import io.invigil.core.sight.Box;
import io.invigil.core.sight.Sight;
import java.util.function.DoubleToIntFunction;
import org.junit.jupiter.api.Test;

class ChangeTrailTest {
    private static final BoundingBox WHERE = new BoundingBox(320, 240, 160, 120);
    private static final BoundingBox ELSEWHERE = new BoundingBox(0, 0, 160, 120);

    private final ChangeTrail trail = new ChangeTrail();
    private final Box place = new Box();

    ChangeTrailTest() {
        place.set(WHERE);
    }

    /** A look at 10 s, and frames up to the next at 11 s on which the place changes by so many steps. */
    private void second(double fps, BoundingBox where, DoubleToIntFunction steps) {
        trail.begin(Judged.ns(10));
        for (int i = 1; i <= fps; i++) {
            double seconds = 10 + i / fps;
            take(seconds, Seen.attentive().moving(steps.applyAsInt(seconds), where));
        }
    }

    private void take(double seconds, Seen seen) {
        trail.take(sight(seconds, seen));
    }

    private static Sight sight(double seconds, Seen seen) {
        Sight sight = new Sight();
        sight.set(seen.at(0, Judged.ns(seconds)));
        return sight;
    }

    private double came() {
        return seconds(trail.cameNs(place, sight(11, Seen.attentive()), Judged.ns(10), Judged.ns(11)));
    }

    private double went() {
        return seconds(trail.wentNs(place, sight(11, Seen.attentive()), Judged.ns(10), Judged.ns(11)));
    }

    private static double seconds(long timeNs) {
        return timeNs == Finding.NOT_KNOWN ? Double.NaN : timeNs / 1e9;
    }

    @Test
    void shouldTellWhenAThingHasComeByTheEndOfItsMovement() {
        second(5, WHERE, t -> t > 10.3 && t < 10.7 ? 7 : 1);
        assertThat(came()).isEqualTo(10.5);
    }

    @Test
    void shouldTellWhenAThingGoesByTheBeginningOfItsMovement() {
        second(5, WHERE, t -> t > 10.3 && t < 10.7 ? 7 : 1);
        assertThat(went()).isEqualTo(10.3);
    }

    @Test
    void shouldNotTakeASmallerMovementForTheThings() {
        second(10, WHERE, t -> t > 10.55 && t < 10.65 ? 8 : t < 10.25 || t > 10.85 ? 5 : 1);
        assertThat(came()).isEqualTo(10.55);
        assertThat(went()).isEqualTo(10.55);
    }

    @Test
    void shouldKnowNothingWhereNothingStandsOut() {
        second(5, WHERE, t -> 1);
        assertThat(came()).isNaN();
        second(5, ELSEWHERE, t -> 9);
        assertThat(came()).isNaN();
        assertThat(went()).isNaN();
    }

    @Test
    void shouldKnowNothingWhenTheCameraMovedMeanwhile() {
        trail.begin(Judged.ns(10));
        take(10.25, Seen.attentive().moving(9, WHERE));
        take(10.5, Seen.attentive());
        take(10.75, Seen.attentive().moving(0, WHERE));
        take(11, Seen.attentive().moving(0, WHERE));
        assertThat(came()).isNaN();
    }

    @Test
    void shouldKnowNothingOfTimeItDidNotSee() {
        take(10.5, Seen.attentive().moving(9, WHERE));
        take(11, Seen.attentive().moving(0, WHERE));
        assertThat(came()).isNaN();
        second(5, WHERE, t -> t < 10.3 ? 9 : 0);
        Sight now = sight(11, Seen.attentive());
        assertThat(trail.cameNs(place, now, Judged.ns(9), Judged.ns(11))).isEqualTo(Finding.NOT_KNOWN);
        assertThat(trail.cameNs(place, now, Judged.ns(10), Judged.ns(11.5))).isEqualTo(Finding.NOT_KNOWN);
    }

    @Test
    void shouldTellTheMiddleBetweenTwoLooksWhenThereIsNoFrameBetween() {
        second(1, WHERE, t -> 9);
        assertThat(came()).isEqualTo(10.5);
        assertThat(went()).isEqualTo(10.5);
    }

    @Test
    void shouldTakeNeighboursTogetherWhenThereAreManyFrames() {
        second(100, WHERE, t -> t > 10.595 && t < 10.605 ? 9 : 0);
        assertThat(came()).isBetween(10.56, 10.64);
        assertThat(trail.size).isLessThanOrEqualTo(ChangeTrail.MOST_FRAMES);
    }

    @Test
    void shouldWeighACellByItsShareOfThePlace() {
        second(5, new BoundingBox(320, 240, 80, 120), t -> t < 10.3 ? 9 : 0);
        place.set(395, 250, 80, 100);
        assertThat(came()).isNaN();
        place.set(325, 250, 80, 100);
        assertThat(came()).isEqualTo(10.1);
    }
}
