package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.Sight;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One kind of forbidden thing is in the picture: the median of its best score over the last five sightings reaches the
 * policy's score. The rule's thresholds are shares of that score.
 */
final class ObjectRule {
    private final String category;
    private final double exitScore;
    final TickWindow scores;
    private Finding finding;
    final IntervalTracker tracker;

    ObjectRule(String category, double minScore, AlertRule rule, AlertNumbers numbers) {
        this.category = category;
        exitScore = rule.exit() * minScore;
        scores = new TickWindow(5, 3, rule.enter() * minScore, exitScore);
        tracker = new IntervalTracker(rule, numbers);
    }

    /** Forgets what was seen: it is too old. */
    void forget() {
        scores.clear();
        finding = null;
    }

    /** Takes a new sighting. */
    void take(Sight seen) {
        double best = 0;
        List<DetectionSight> objects = seen.presence().objects();
        for (int i = 0; i < objects.size(); i++) {
            DetectionSight object = objects.get(i);
            if (object.category().equals(category)) {
                best = Math.max(best, object.score());
            }
        }
        if (best >= exitScore || !PresenceTicks.isBlind(seen)) {
            scores.add(seen.presence().evaluatedAtNs(), best);
            finding = null;
        }
    }

    /** What the sightings so far say. */
    Finding judge() {
        if (scores.isUndecided()) {
            return Finding.UNKNOWN;
        }
        if (!scores.isOn()) {
            return scores.off();
        }
        // The same from one sighting to the next.
        finding = finding == null ? on() : finding;
        return finding;
    }

    private Finding on() {
        double score = Math.min(1, scores.median());
        String message = String.format(Locale.ROOT, "A %s is in the picture (score %.2f)", category, score);
        return Finding.on(
                        score,
                        category,
                        message,
                        Map.of("object", category, "score", String.format(Locale.ROOT, "%.2f", score)))
                .since(scores.sinceNs());
    }

    void exchange(StateExchange state) {
        scores.exchange(state);
        finding = null;
        tracker.exchange(state);
    }
}
