package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.core.sight.Box;
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
    private static final double SAME_PLACE_IOU = 0.5;

    private final String category;
    private final double enterScore;
    private final double exitScore;
    final TickWindow scores;
    /** Where the last sighting saw it, if it did. */
    final Box place = new Box();

    boolean hasPlace;
    private Finding finding;
    final IntervalTracker tracker;

    ObjectRule(String category, double minScore, AlertRule rule, AlertNumbers numbers) {
        this.category = category;
        enterScore = rule.enter() * minScore;
        exitScore = rule.exit() * minScore;
        scores = new TickWindow(5, 3, enterScore, exitScore);
        tracker = new IntervalTracker(rule, numbers);
    }

    /** Forgets what was seen: it is too old. */
    void forget() {
        scores.clear();
        hasPlace = false;
        finding = null;
    }

    /** Takes a new sighting, and what changed since the last. */
    void take(Sight seen, ChangeTrail changes) {
        DetectionSight found = best(seen);
        double score = found == null ? 0 : found.score();
        if (score >= exitScore || !PresenceTicks.isBlind(seen)) {
            long lookNs = seen.presence().evaluatedAtNs();
            scores.add(lookNs, score, turnedNs(found, seen, changes, lookNs));
            finding = null;
        }
    }

    private DetectionSight best(Sight seen) {
        DetectionSight best = null;
        List<DetectionSight> objects = seen.presence().objects();
        for (int i = 0; i < objects.size(); i++) {
            DetectionSight object = objects.get(i);
            if (object.category().equals(category) && (best == null || object.score() > best.score())) {
                best = object;
            }
        }
        return best;
    }

    /**
     * When since the last sighting the thing came to where it is now, or left where it was; or when it came that the last sighting saw
     * there already, less surely.
     */
    private long turnedNs(DetectionSight found, Sight seen, ChangeTrail changes, long lookNs) {
        double before = scores.last();
        double now = found == null ? 0 : found.score();
        long wentNs =
                now < before && hasPlace ? changes.wentNs(place, seen, scores.lastNs(), lookNs) : Finding.NOT_KNOWN;
        boolean wasThere = now >= enterScore
                && before < enterScore
                && before >= exitScore
                && hasPlace
                && place.iou(found.box()) >= SAME_PLACE_IOU;
        hasPlace = found != null;
        if (hasPlace) {
            place.set(found.box());
        }
        if (wasThere) {
            return scores.lastTurnNs();
        }
        return now > before ? changes.cameNs(place, seen, scores.lastNs(), lookNs) : wentNs;
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
                .since(scores.sinceNs())
                .countedSince(scores.countedSinceNs());
    }

    void exchange(StateExchange state) {
        scores.exchange(state);
        state.all(place);
        hasPlace = state.of(hasPlace);
        finding = null;
        tracker.exchange(state);
    }
}
