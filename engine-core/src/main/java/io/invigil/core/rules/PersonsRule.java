package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.core.sight.Box;
import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.FaceSight;
import io.invigil.core.sight.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two or more people are in the picture: by faces on every frame, or by bodies over the last sightings of the detector (a
 * person whose face is turned away or cut off counts, too).
 */
final class PersonsRule implements FrameRule {
    /** A body lower than this share of the picture's height is a passer-by in the distance. */
    static final double MIN_BODY_HEIGHT = 0.25;

    private static final double OWN_BODY_SCORE = 0.3;
    private static final double FACE_INSIDE = 0.7;
    private static final double SAME_BODY_IOU = 0.5;
    private static final double SAME_BODY_INSIDE = 0.75;
    private static final int MOST_COUNTED = 9;

    private final AlertRule rule;
    private final long openLimitNs;
    final FaceLife life = new FaceLife();
    final BodyLife bodyLife = new BodyLife();
    final TickWindow bodies = new TickWindow(3, 2, 2, 2);
    final TickWindow secondBodyScores = new TickWindow(3, 2, 2, 2);
    private final List<DetectionSight> distinct = new ArrayList<>();
    private final List<DetectionSight> others = new ArrayList<>();
    /** Where the last sighting saw a body beside the candidate's, if it did. */
    final Box other = new Box();

    boolean hasOther;
    /** The frame before, if it showed a second face. */
    long secondFaceNs = Finding.NOT_KNOWN;
    /** Until when a second face was seen last. */
    long secondFaceUntilNs = Finding.NOT_KNOWN;

    boolean on;
    boolean byBodies;
    /** The first frame after the last long stretch in which nothing was seen: nothing is known to have gone on in it. */
    long backNs = Finding.NOT_KNOWN;

    PersonsRule(Policy policy) {
        rule = policy.rule(AlertType.MULTIPLE_PERSONS);
        openLimitNs = Math.max(IntervalTracker.UNKNOWN_LIMIT_NS, rule.mergeGap().toNanos());
    }

    @Override
    public Finding judge(Scene scene) {
        boolean backAfterLong = scene.unseenNs > (on ? openLimitNs : IntervalTracker.UNKNOWN_LIMIT_NS);
        if (scene.looksTooOld || backAfterLong) {
            forgetBodies();
        }
        if (backAfterLong) {
            backNs = scene.seen.timestampNs();
        }
        if (scene.freshLook) {
            take(scene.seen, scene.changes);
        }
        bodyLife.watch(scene.seen);
        List<FaceSight> faces = life.people(scene.seen, leastScore());
        scene.people = faces.size();
        noteSecondFace(scene, faces.size() >= 2);
        Finding finding = judge(scene.seen, faces);
        on = finding.verdict() == Verdict.ON || on && finding.verdict() == Verdict.UNKNOWN;
        return scene.sighted() ? finding : Finding.UNKNOWN;
    }

    /** What a second person needs, by face or by body. */
    private double leastScore() {
        return on ? rule.exit() : rule.enter();
    }

    /** Takes a new sighting of bodies. The one around the candidate's face needs less proof than the others. */
    private void take(Sight seen, ChangeTrail changes) {
        distinct.clear();
        others.clear();
        DetectionSight own = ownBody(seen);
        if (own != null) {
            distinct.add(own);
        }
        List<DetectionSight> persons = seen.presence().persons();
        for (int i = 0; i < persons.size(); i++) {
            DetectionSight person = persons.get(i);
            if (person.score() >= leastScore()
                    && person.box().heightPx() >= MIN_BODY_HEIGHT * seen.heightPx()
                    && isAnother(person.box(), distinct)) {
                distinct.add(person);
                others.add(person);
            }
        }
        distinct.clear();
        if (own != null) {
            distinct.add(own);
        }
        // Somebody alone in the picture, without a face, needs no proof of life.
        List<DetectionSight> counted = own == null && others.size() == 1 ? others : bodyLife.living(seen, others);
        for (int i = 0; i < counted.size(); i++) {
            distinct.add(counted.get(i));
        }
        double otherScore = distinct.size() < 2 ? 0 : distinct.get(1).score();
        if (distinct.size() >= 2 || !PresenceTicks.isBlind(seen)) {
            long tickNs = seen.presence().evaluatedAtNs();
            long wentNs = distinct.size() < 2 && hasOther
                    ? changes.wentNs(other, seen, bodies.lastNs(), tickNs)
                    : Finding.NOT_KNOWN;
            bodies.add(tickNs, Math.min(MOST_COUNTED, distinct.size()), wentNs);
            secondBodyScores.add(tickNs, otherScore);
            hasOther = own != null && distinct.size() >= 2;
            if (hasOther) {
                other.set(distinct.get(1).box());
            }
        }
    }

    /** The likeliest body around the candidate's face; null without one, or when the sighting is of an earlier frame. */
    private static DetectionSight ownBody(Sight seen) {
        if (!seen.presence().fresh() || seen.faces().isEmpty()) {
            return null;
        }
        Box face = seen.faces().get(0).box();
        DetectionSight own = null;
        List<DetectionSight> persons = seen.presence().persons();
        for (int i = 0; i < persons.size(); i++) {
            DetectionSight person = persons.get(i);
            if (person.score() >= OWN_BODY_SCORE
                    && face.shareInside(person.box()) >= FACE_INSIDE
                    && (own == null || person.score() > own.score())) {
                own = person;
            }
        }
        return own;
    }

    private static boolean isAnother(Box box, List<DetectionSight> others) {
        for (int i = 0; i < others.size(); i++) {
            DetectionSight other = others.get(i);
            if (box.iou(other.box()) > SAME_BODY_IOU
                    || box.shareInside(other.box()) > SAME_BODY_INSIDE
                    || other.box().shareInside(box) > SAME_BODY_INSIDE) {
                return false;
            }
        }
        return true;
    }

    /** Looks at the faces of a frame and at the bodies as last seen. */
    private Finding judge(Sight seen, List<FaceSight> faces) {
        int people = faces.size();
        if (people >= 2) {
            byBodies = false;
            int count = Math.min(MOST_COUNTED, people);
            return on(count, "faces", Math.min(1, faces.get(1).score())).since(Math.max(life.secondSinceNs(), backNs));
        }
        if (bodies.isOn()) {
            byBodies = true;
            return on((int) bodies.median(), "bodies", Math.min(1, secondBodyScores.median()))
                    .since(bodies.sinceNs());
        }
        if (seen.face().isUnknown() && bodies.isUndecided()) {
            return Finding.UNKNOWN;
        }
        // Bodies tell late that they are gone, faces at once.
        return byBodies && !bodies.isUndecided() ? bodiesGone() : Finding.OFF;
    }

    /** The second body left no sooner than the second face. */
    private Finding bodiesGone() {
        long sinceNs = bodies.sinceNs();
        return bodies.off().butSince(sinceNs == Finding.NOT_KNOWN ? sinceNs : Math.max(sinceNs, secondFaceUntilNs));
    }

    /** A face went half-way between the last frame that shows it and the next, unless nothing may be concluded across them. */
    private void noteSecondFace(Scene scene, boolean seen) {
        long nowNs = scene.seen.timestampNs();
        if (!scene.sighted()) {
            secondFaceNs = Finding.NOT_KNOWN;
            return;
        }
        if (seen) {
            secondFaceUntilNs = nowNs;
        } else if (secondFaceNs != Finding.NOT_KNOWN && !scene.now.afterGap()) {
            secondFaceUntilNs = secondFaceNs + (nowNs - secondFaceNs) / 2;
        }
        secondFaceNs = seen ? nowNs : Finding.NOT_KNOWN;
    }

    @Override
    public void skip(Moment now) {
        secondFaceNs = Finding.NOT_KNOWN;
    }

    private static Finding on(int count, String by, double confidence) {
        return Finding.on(
                confidence,
                by + count,
                count + ("faces".equals(by) ? " faces are in the picture" : " people are in the picture"),
                Map.of("count", Integer.toString(count), "by", by));
    }

    /** Forgets the bodies: they were seen too long ago. */
    private void forgetBodies() {
        bodies.clear();
        secondBodyScores.clear();
        hasOther = false;
    }

    @Override
    public void exchange(StateExchange state) {
        life.exchange(state);
        bodyLife.exchange(state);
        bodies.exchange(state);
        secondBodyScores.exchange(state);
        state.all(other);
        hasOther = state.of(hasOther);
        secondFaceNs = state.of(secondFaceNs);
        secondFaceUntilNs = state.of(secondFaceUntilNs);
        on = state.of(on);
        byBodies = state.of(byBodies);
        backNs = state.of(backNs);
    }
}
