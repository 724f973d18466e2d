package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Watches the distance between frames. A gap is longer than the rule's hold and than three times the stream's usual
 * distance, the median of the last {@value #INTERVALS}: a slow stream is not an interrupted one. No other rule may conclude
 * anything across a gap, whether or not gaps are told of.
 */
final class StreamGapRule {
    private static final int INTERVALS = 15;
    private static final int FEW = 3;
    private static final long NEVER = Long.MIN_VALUE;

    private final AlertRule rule;
    private final AlertNumbers numbers = new AlertNumbers(AlertType.STREAM_GAP);

    final long[] intervalsNs = new long[INTERVALS];
    int intervalCount;
    long previousNs = NEVER;
    long lastEndNs = NEVER;

    StreamGapRule(AlertRule rule) {
        this.rule = rule;
    }

    /** Takes the next frame's time, tells of a gap before it, and says where the frame lies. */
    Moment step(long frameIndex, long timestampNs, List<Alert> told) {
        boolean gap = false;
        if (previousNs != NEVER) {
            long intervalNs = timestampNs - previousNs;
            gap = intervalNs > limitNs();
            if (gap && rule.enabled() && rested()) {
                tell(new Evidence(frameIndex, timestampNs), previousNs, timestampNs, told);
            }
            intervalsNs[intervalCount++ % INTERVALS] = intervalNs;
            if (intervalCount == 2 * INTERVALS) {
                intervalCount = INTERVALS;
            }
        }
        previousNs = timestampNs;
        return new Moment(frameIndex, timestampNs, gap);
    }

    private boolean rested() {
        return lastEndNs == NEVER || previousNs - lastEndNs >= rule.cooldown().toNanos();
    }

    private long limitNs() {
        long holdNs = rule.hold().toNanos();
        if (intervalCount < FEW) {
            return holdNs == 0 ? Long.MAX_VALUE : holdNs;
        }
        return Math.max(holdNs, 3 * usualIntervalNs());
    }

    /** The median distance between the last frames; 0 before the second frame. */
    long usualIntervalNs() {
        if (intervalCount == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(intervalsNs, Math.min(intervalCount, INTERVALS));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void tell(Evidence evidence, long startNs, long endNs, List<Alert> told) {
        String id = numbers.next();
        String message = String.format(Locale.ROOT, "No frame arrived for %.1f s", (endNs - startNs) / 1e9);
        for (AlertPhase phase : List.of(AlertPhase.OPENED, AlertPhase.CLOSED)) {
            told.add(new Alert(
                    id, AlertType.STREAM_GAP, phase, rule.severity(), startNs, endNs, message, 1, evidence, Map.of()));
        }
        lastEndNs = endNs;
    }

    void exchange(StateExchange state) {
        state.all(intervalsNs);
        intervalCount = state.of(intervalCount);
        previousNs = state.of(previousNs);
        lastEndNs = state.of(lastEndNs);
        numbers.exchange(state);
    }
}
