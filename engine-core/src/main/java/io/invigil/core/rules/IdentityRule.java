package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.Detector;
import io.invigil.api.IdentityObservation;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.core.sight.FaceSight;
import io.invigil.core.sight.Sight;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Another face than at the session's start is the candidate's. Single looks err, mostly through blur and covered eyes, so the
 * median of the policy's number of last ones counts, of at least three since the face was last lost sight of; three in a row that show another make
 * an alert without waiting for a further frame. What was decided of a face holds while that face is followed: once a look showed
 * the candidate, looks at the same face from frame to frame that show somebody else are taken for looks through a fogged or half
 * covered lens, until they go on for long. A session resumed in another process has no reference at first, and then another one.
 */
final class IdentityRule implements FrameRule {
    private static final int LEAST_LOOKS = 3;
    /** A face that could not be compared for this long may have become another's without being lost sight of. */
    private static final long STALE_NS = 15_000_000_000L;
    /** The same in looks that may be missed, where looks are rare. */
    private static final int STALE_INTERVALS = 3;

    /** A spoiled picture of somebody who sits there all the time looks like another's for no longer. */
    private static final long SPOILED_NS = 15_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final boolean wanted;
    private final AlertRule rule;
    private final TickWindow looks;
    private final int leastLooks;
    private final long staleNs;
    private final SeatWatch seat = new SeatWatch();
    private final Seat place = new Seat();
    private boolean confirmed;
    private long referenceAtNs = IdentityObservation.NO_REFERENCE;
    private long lastLookNs = NEVER;
    private double lastDistance;
    private Answer lastLook = Answer.PRESENT;

    IdentityRule(Policy policy) {
        wanted = policy.needs(Detector.IDENTITY);
        rule = policy.rule(AlertType.IDENTITY_CHANGED);
        int pooled = policy.identity().pooledLooks();
        leastLooks = Math.min(LEAST_LOOKS, pooled);
        looks = new TickWindow(pooled, leastLooks, rule.enter(), rule.exit());
        staleNs = Math.max(
                STALE_NS, STALE_INTERVALS * policy.identity().interval().toNanos());
    }

    @Override
    public Finding judge(Scene scene) {
        Sight seen = scene.seen;
        IdentityObservation identity = seen.identity().orElse(null);
        if (!scene.sighted()) {
            seat.missed();
        }
        if (!wanted || identity == null || !scene.sighted()) {
            return Finding.UNKNOWN;
        }
        long nowNs = seen.timestampNs();
        noteReference(identity, nowNs, scene.events);
        if (seen.faces().isEmpty()) {
            seat.missed();
            return seen.face().isAbsent() ? Finding.OFF : Finding.UNKNOWN;
        }
        if (seat.changed(scene.now, seen) || lastLookNs != NEVER && nowNs - lastLookNs > staleNs) {
            looks.clear();
            lastLookNs = NEVER;
            confirmed = false;
        }
        confirmed &= isFollowed(nowNs, seen.faces().get(0));
        // With several people it is open whose the seat is, and that is told as such.
        if (scene.people > 1 && !looks.isOn()) {
            return Finding.UNKNOWN;
        }
        if (identity.compared()) {
            scene.candidateChanged = take(identity, nowNs);
            confirmed |= identity.reading().isPresent() && !looks.isOn();
        }
        if (looks.isOn()) {
            confirmed &= nowNs - looks.sinceNs() < SPOILED_NS;
            if (confirmed) {
                return Finding.UNKNOWN;
            }
            // The median lags behind: a look that says otherwise puts it in doubt.
            return lastDistance >= rule.exit() ? other() : Finding.UNKNOWN;
        }
        return looks.isUndecided() ? Finding.UNKNOWN : looks.off();
    }

    /** Whether this can only be the face of the frame before: frames so near each other leave no time to change places. */
    private boolean isFollowed(long nowNs, FaceSight face) {
        boolean followed = place.seenNs != NEVER
                && nowNs - place.seenNs <= Seat.INSTANT_NS
                && !place.isTakenOver(nowNs, face.trackId(), face.box());
        place.take(nowNs, face.trackId(), face.box());
        return followed;
    }

    private void noteReference(IdentityObservation identity, long nowNs, List<SessionEvent> events) {
        if (!identity.hasReference() || identity.referenceAtNs() == referenceAtNs) {
            return;
        }
        boolean first = referenceAtNs == IdentityObservation.NO_REFERENCE;
        referenceAtNs = identity.referenceAtNs();
        looks.clear();
        lastLookNs = NEVER;
        lastLook = Answer.PRESENT;
        confirmed = false;
        String message = first
                ? "A reference of the candidate's face was taken; it is kept in memory only, and later faces are held against it"
                : "A new reference of the candidate's face was taken after the session was resumed: whoever sat there then is"
                        + " whom later faces are held against";
        events.add(new SessionEvent(SessionEvent.Kind.REFERENCE_TAKEN, referenceAtNs, nowNs, message));
    }

    /**
     * Takes a look; true when it is the first to show another person than the looks before. One look at a face that was followed
     * all the time errs, unless the others bear it out.
     */
    private boolean take(IdentityObservation identity, long nowNs) {
        looks.add(nowNs, identity.distance());
        lastLookNs = nowNs;
        lastDistance = identity.distance();
        Answer answer = identity.reading().answer();
        if (answer == Answer.CANNOT_TELL || answer == lastLook) {
            return false;
        }
        if (confirmed && looks.isOn() != (answer == Answer.ABSENT)) {
            return false;
        }
        lastLook = answer;
        return true;
    }

    private Finding other() {
        double distance = looks.median();
        double confidence = Math.round(Math.min(0.95, 0.6 + (distance - rule.exit())) * 1000) / 1000.0;
        Finding other = Finding.on(
                        confidence,
                        "other",
                        String.format(
                                Locale.ROOT,
                                "The face is unlike the one at the start of the session: distance %.2f, told from %.2f on",
                                distance,
                                rule.enter()),
                        Map.of("distance", String.format(Locale.ROOT, "%.2f", distance)))
                .since(looks.sinceNs());
        // The next frame says nothing new where looks are rarer than frames, and asks for a further look where they are
        // not.
        return looks.runOf(rule.exit()) >= leastLooks ? other.ofSeveralFrames() : other;
    }

    @Override
    public void exchange(StateExchange state) {
        looks.exchange(state);
        referenceAtNs = state.of(referenceAtNs);
        seat.exchange(state);
        place.exchange(state);
        confirmed = state.of(confirmed);
        lastLookNs = state.of(lastLookNs);
        lastDistance = state.of(lastDistance);
        lastLook = state.of(lastLook, Answer.values());
    }
}
