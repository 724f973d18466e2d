package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.BoundingBox;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.core.sight.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonsRuleTest {
    private static final Policy POLICY = Policy.interview();

    @Test
    void shouldCountFacesWhenTwoPeopleLookIn() {
        Judged judged = Judged.stream(
                POLICY, 5, 20, t -> t >= 5 && t < 10 ? Seen.attentive().faces(2) : Seen.attentive());
        Alert alert = judged.closed(AlertType.MULTIPLE_PERSONS).get(0);
        assertThat(judged.alerts.get(0).id()).isEqualTo("multiple_persons-1");
        assertThat(alert.message()).isEqualTo("2 faces are in the picture");
        assertThat(alert.details()).isEqualTo(Map.of("count", "2", "by", "faces"));
        assertThat(alert.startNs() / 1e9).isCloseTo(5, within(0.2));
        assertThat(alert.endNs() / 1e9).isCloseTo(10, within(0.2));
    }

    @Test
    void shouldNotCountAFaceThatNeverMovesBesideACandidateWhoDoes() {
        Judged judged = Judged.stream(POLICY, 5, 60, t -> Seen.attentive().second(90, 0.5));
        assertThat(judged.opened()).isEmpty();
    }

    @Test
    void shouldCountAStillFaceWhenNothingMovesAtAll() {
        Judged judged =
                Judged.stream(POLICY, 5, 20, t -> Seen.attentive().motion(0.5).second(90, 0.5));
        assertThat(judged.opened()).containsExactly(AlertType.MULTIPLE_PERSONS);
    }

    @Test
    void shouldNotCountATinyFace() {
        Judged judged = Judged.stream(POLICY, 5, 20, t -> Seen.attentive().second(15, 20));
        assertThat(judged.opened()).isEmpty();
    }

    @Test
    void shouldCountBodiesWhenOnlyOneFaceIsSeen() {
        Judged judged = Judged.stream(POLICY, 5, 30, t -> {
            double tick = Math.floor(t + 1e-9);
            return Seen.attentive().presence(Judged.ns(tick), t - tick < 0.1, tick >= 10 && tick < 16 ? 2 : 1, null, 0);
        });
        Alert alert = judged.closed(AlertType.MULTIPLE_PERSONS).get(0);
        assertThat(judged.closed(AlertType.MULTIPLE_PERSONS)).hasSize(1);
        assertThat(alert.details()).isEqualTo(Map.of("count", "2", "by", "bodies"));
        assertThat(alert.message()).isEqualTo("2 people are in the picture");
        assertThat(alert.startNs() / 1e9).isCloseTo(10, within(0.6));
        assertThat(alert.endNs() / 1e9).isCloseTo(16, within(0.6));
    }

    /** A second body from 10 s on, looked for each second, that leaves at 16.3 s; its face is seen up to a time. */
    private static Alert leaving(double faceUntil) {
        BoundingBox theirs = new BoundingBox(20, 100, 150, 380);
        Judged judged = Judged.stream(POLICY, 10, 30, t -> {
            double tick = Math.floor(t + 1e-9);
            boolean there = tick >= 10 && tick < 17;
            Seen seen = (t >= 10 && t < faceUntil ? Seen.attentive().second(90, 8) : Seen.attentive())
                    .moving(t > 16.35 && t < 16.75 ? 9 : there ? 2 : 0, theirs);
            return there
                    ? seen.bodies(Judged.ns(tick), t - tick < 0.05, 0.8)
                    : seen.presence(Judged.ns(tick), t - tick < 0.05, 1, null, 0);
        });
        return judged.closed(AlertType.MULTIPLE_PERSONS).get(0);
    }

    @Test
    void shouldEndWhenTheSecondBodyBeganToLeaveBetweenTwoLooks() {
        Alert alert = leaving(0);
        assertThat(alert.details()).containsEntry("by", "bodies");
        assertThat(alert.endNs() / 1e9).isCloseTo(16.3, within(0.06));
    }

    @Test
    void shouldNotEndBeforeTheSecondFaceIsGone() {
        assertThat(leaving(16.55).endNs()).isEqualTo(Judged.ns(16.55));
    }

    @Test
    void shouldNotTakeTheSecondFaceForSeenAcrossFramesThatFailed() {
        Judged judged = new Judged(POLICY)
                .play(1, 0, 10, t -> Seen.attentive().presence(Judged.ns(t), true, 1, null, 0))
                .play(
                        1,
                        10,
                        20,
                        t -> Seen.attentive().second(90, 8).presence(Judged.ns(t), true, t < 19 ? 2 : 1, null, 0));
        judged.fail(20, "DECODE");
        judged.play(1, 21, 30, t -> Seen.attentive().presence(Judged.ns(t < 22 ? 19 : t), t >= 22, 1, null, 0))
                .finish();
        assertThat(judged.closed(AlertType.MULTIPLE_PERSONS).get(0).endNs()).isEqualTo(Judged.ns(19));
    }

    @Test
    void shouldPassOverALoneSightingOfASecondBody() {
        Judged judged = Judged.stream(POLICY, 5, 30, t -> {
            double tick = Math.floor(t + 1e-9);
            return Seen.attentive().presence(Judged.ns(tick), t - tick < 0.1, tick % 5 == 4 ? 2 : 1, null, 0);
        });
        assertThat(judged.opened()).isEmpty();
    }

    @Test
    void shouldRememberABoundedNumberOfFaces() {
        FaceLife life = new FaceLife();
        for (int i = 0; i < 1000; i++) {
            life.people(sight(Seen.attentive().faces(20).at(i, i * 1_000_000L)), 0.5);
        }
        assertThat(life.tracks).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void shouldCountTheCandidateByTheFaceWhenTheirOwnBodyScoresLow() {
        Seen seen = Seen.attentive();
        PersonsRule rule = new PersonsRule(POLICY);
        for (int tick = 0; tick < 3; tick++) {
            Observation plain = seen.at(tick, Judged.ns(tick));
            Observation looked = new Observation(
                    tick,
                    plain.timestampNs(),
                    640,
                    480,
                    plain.quality(),
                    plain.face(),
                    plain.faces(),
                    new PresenceObservation(
                            plain.timestampNs(),
                            true,
                            List.of(
                                    new ObjectDetection("person", 0.7, new BoundingBox(0, 100, 200, 380)),
                                    new ObjectDetection("person", 0.4, new BoundingBox(210, 80, 250, 400)),
                                    new ObjectDetection("person", 0.6, new BoundingBox(220, 200, 230, 280))),
                            List.of()));
            rule.judge(scene(looked, true));
        }
        Finding finding = rule.judge(scene(seen.at(3, Judged.ns(2.1)), false));
        assertThat(finding.details()).isEqualTo(Map.of("count", "2", "by", "bodies"));
        assertThat(finding.confidence()).isEqualTo(0.7);
    }

    private static Scene scene(Observation seen, boolean freshLook) {
        Moment now = new Moment().at(seen.frameIndex(), seen.timestampNs(), false);
        return new Scene(new ArrayList<>()).at(now, sight(seen), false, false, freshLook, 0, false);
    }

    private static Sight sight(Observation seen) {
        Sight sight = new Sight();
        sight.set(seen);
        return sight;
    }
}
