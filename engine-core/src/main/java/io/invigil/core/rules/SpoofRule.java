package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.Observation;
import io.invigil.api.SpoofObservation;
import java.util.Locale;
import java.util.Map;

/** A straight-edged outline encloses the candidate's face in the median of the last five looks, of at least three. */
final class SpoofRule {
    private static final int MEDIAN_OF = 5;
    private static final int LEAST_LOOKS = 3;
    private static final int NOBODY = -1;
    private static final long GONE_NS = 1_000_000_000L;
    private static final long STALE_NS = 10_000_000_000L;
    /** However clear the outline: what was measured is too little to be surer. */
    private static final double MOST_CONFIDENCE = 0.7;

    private static final long NEVER = Long.MIN_VALUE;

    private final TickWindow scores;
    private int trackId = NOBODY;
    private long lastFaceNs = NEVER;
    private long lastLookNs = NEVER;

    SpoofRule(AlertRule rule) {
        scores = new TickWindow(MEDIAN_OF, LEAST_LOOKS, rule.enter(), rule.exit());
    }

    /** Judges a frame in which a face could be seen. */
    Finding judge(Observation seen) {
        SpoofObservation spoof = seen.spoof().orElse(null);
        if (spoof == null) {
            return Finding.UNKNOWN;
        }
        if (seen.faces().isEmpty()) {
            return seen.face().isAbsent() ? Finding.OFF : Finding.UNKNOWN;
        }
        long nowNs = seen.timestampNs();
        int candidate = seen.faces().get(0).trackId();
        if (candidate != trackId
                || seen.quality().sceneCut()
                || nowNs - lastFaceNs > GONE_NS
                || lastLookNs != NEVER && nowNs - lastLookNs > STALE_NS) {
            scores.clear();
            lastLookNs = NEVER;
        }
        trackId = candidate;
        lastFaceNs = nowNs;
        if (spoof.looked()) {
            scores.add(nowNs, spoof.score());
            lastLookNs = nowNs;
        }
        if (scores.isOn()) {
            return outlined();
        }
        return scores.isUndecided() ? Finding.UNKNOWN : Finding.offSince(scores.sinceNs());
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

    void exchange(StateExchange state) {
        scores.exchange(state);
        trackId = state.of(trackId);
        lastFaceNs = state.of(lastFaceNs);
        lastLookNs = state.of(lastLookNs);
    }
}
