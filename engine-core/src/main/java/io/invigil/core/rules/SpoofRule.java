package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.SpoofObservation;
import io.invigil.core.sight.Sight;
import java.util.Locale;
import java.util.Map;

/** A straight-edged outline encloses the candidate's face in the median of the policy's number of last looks, of at least three. */
final class SpoofRule implements FrameRule {
    private static final int LEAST_LOOKS = 3;
    private static final long STALE_NS = 10_000_000_000L;
    /** Looks that may be missed before those before are too old, where looks are rare. */
    private static final int STALE_INTERVALS = 3;
    /** However clear the outline: what was measured is too little to be surer. */
    private static final double MOST_CONFIDENCE = 0.7;

    private static final long NEVER = Long.MIN_VALUE;

    private final TickWindow scores;
    private final long staleNs;
    private final SeatWatch seat = new SeatWatch();
    private long lastLookNs = NEVER;

    SpoofRule(Policy policy) {
        AlertRule rule = policy.rule(AlertType.SPOOF);
        int pooled = policy.spoof().pooledLooks();
        scores = new TickWindow(pooled, Math.min(LEAST_LOOKS, pooled), rule.enter(), rule.exit());
        staleNs = Math.max(STALE_NS, STALE_INTERVALS * policy.spoof().interval().toNanos());
    }

    @Override
    public Finding judge(Scene scene) {
        Sight seen = scene.seen;
        SpoofObservation spoof = seen.spoof().orElse(null);
        if (!scene.sighted()) {
            seat.missed();
        }
        if (spoof == null || !scene.sighted()) {
            return Finding.UNKNOWN;
        }
        if (seen.faces().isEmpty()) {
            seat.missed();
            return seen.face().isAbsent() ? Finding.OFF : Finding.UNKNOWN;
        }
        long nowNs = seen.timestampNs();
        if (seat.changed(scene.now, seen) || lastLookNs != NEVER && nowNs - lastLookNs > staleNs) {
            scores.clear();
            lastLookNs = NEVER;
        }
        if (spoof.looked()) {
            scores.add(nowNs, spoof.score());
            lastLookNs = nowNs;
        }
        if (scores.isOn()) {
            return outlined();
        }
        return scores.isUndecided() ? Finding.UNKNOWN : scores.off();
    }

    private Finding outlined() {
        double score = scores.median();
        return Finding.on(
                        Math.min(MOST_CONFIDENCE, score),
                        "outline",
                        String.format(
                                Locale.ROOT,
                                "Straight edges enclose the face as a screen's or a print's would (%.0f%% of each side seen)",
                                100 * score),
                        Map.of("sign", "outline", "score", String.format(Locale.ROOT, "%.2f", score)))
                .since(scores.sinceNs());
    }

    @Override
    public void exchange(StateExchange state) {
        scores.exchange(state);
        seat.exchange(state);
        lastLookNs = state.of(lastLookNs);
    }
}
