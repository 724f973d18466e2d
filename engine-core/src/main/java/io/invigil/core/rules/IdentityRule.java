package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.Answer;
import io.invigil.api.IdentityObservation;
import io.invigil.api.Observation;
import io.invigil.api.SessionEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Another face than at the session's start is the candidate's. Single looks err, mostly through blur and covered eyes, so the
 * median of the last five counts, of at least three since the face was last lost sight of. What was decided of a face holds
 * while that face is followed. A session resumed in another process has no reference at first, and then another one.
 */
final class IdentityRule {
    private static final int MEDIAN_OF = 5;
    private static final int LEAST_LOOKS = 3;
    private static final int NOBODY = -1;
    /** A face that was not seen for this long may come back as another's. */
    private static final long GONE_NS = 1_000_000_000L;
    /** A face that could not be compared for this long may have become another's without being lost sight of. */
    private static final long STALE_NS = 15_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final AlertRule rule;
    private final TickWindow looks;
    private long referenceAtNs = IdentityObservation.NO_REFERENCE;
    private int trackId = NOBODY;
    private long lastFaceNs = NEVER;
    private long lastLookNs = NEVER;
    private double lastDistance;
    private Answer lastLook = Answer.PRESENT;
    private boolean swapped;

    IdentityRule(AlertRule rule) {
        this.rule = rule;
        looks = new TickWindow(MEDIAN_OF, LEAST_LOOKS, rule.enter(), rule.exit());
    }

    /**
     * Judges a frame in which a face could be seen.
     *
     * @param people how many faces count as people; with several it is open whose the seat is, and that is told as such
     */
    Finding judge(Observation seen, int people, List<SessionEvent> events) {
        swapped = false;
        IdentityObservation identity = seen.identity().orElse(null);
        if (identity == null) {
            return Finding.UNKNOWN;
        }
        long nowNs = seen.timestampNs();
        noteReference(identity, nowNs, events);
        if (seen.faces().isEmpty()) {
            return seen.face().isAbsent() ? Finding.OFF : Finding.UNKNOWN;
        }
        int candidate = seen.faces().get(0).trackId();
        if (candidate != trackId
                || seen.quality().sceneCut()
                || nowNs - lastFaceNs > GONE_NS
                || lastLookNs != NEVER && nowNs - lastLookNs > STALE_NS) {
            looks.clear();
            lastLookNs = NEVER;
        }
        trackId = candidate;
        lastFaceNs = nowNs;
        if (people > 1 && !looks.isOn()) {
            return Finding.UNKNOWN;
        }
        if (identity.compared()) {
            take(identity, nowNs);
        }
        if (looks.isOn()) {
            // The median lags behind: a look that says otherwise puts it in doubt.
            return lastDistance >= rule.exit() ? other() : Finding.UNKNOWN;
        }
        return looks.isUndecided() ? Finding.UNKNOWN : Finding.offSince(looks.sinceNs());
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
        String message = first
                ? "A reference of the candidate's face was taken; it is kept in memory only, and later faces are held against it"
                : "A new reference of the candidate's face was taken after the session was resumed: whoever sat there then is"
                        + " whom later faces are held against";
        events.add(new SessionEvent(SessionEvent.Kind.REFERENCE_TAKEN, referenceAtNs, nowNs, message));
    }

    private void take(IdentityObservation identity, long nowNs) {
        looks.add(nowNs, identity.distance());
        lastLookNs = nowNs;
        lastDistance = identity.distance();
        Answer answer = identity.reading().answer();
        if (answer != Answer.CANNOT_TELL && answer != lastLook) {
            lastLook = answer;
            swapped = true;
        }
    }

    private Finding other() {
        double distance = looks.median();
        double confidence = Math.round(Math.min(0.95, 0.6 + (distance - rule.exit())) * 1000) / 1000.0;
        return Finding.on(
                        confidence,
                        "other",
                        String.format(
                                Locale.ROOT,
                                "The face is unlike the one at the start of the session: distance %.2f, told from %.2f on",
                                distance,
                                rule.enter()),
                        Map.of("distance", String.format(Locale.ROOT, "%.2f", distance)))
                .since(looks.sinceNs());
    }

    /** True when the last judged frame is the first that shows another person than the one before, or this one back. */
    boolean swapped() {
        return swapped;
    }

    void exchange(StateExchange state) {
        looks.exchange(state);
        referenceAtNs = state.of(referenceAtNs);
        trackId = state.of(trackId);
        lastFaceNs = state.of(lastFaceNs);
        lastLookNs = state.of(lastLookNs);
        lastDistance = state.of(lastDistance);
        lastLook = state.of(lastLook, Answer.values());
    }
}
