package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Watches the distance between frames. A gap is longer than the rule's hold and than so many times the stream's usual
 * distance, the median of the last {@value #INTERVALS}: a slow stream is not an interrupted one. One among the first
 * {@value #FEW} distances is told with the first that is much shorter. No other rule may conclude
 * anything across a gap, whether or not gaps are told of, nor across as long a stretch of frames that failed.
 */
final class StreamGapRule {
    private static final int INTERVALS = 15;
    private static final int FEW = 3;
    private static final long NEVER = Long.MIN_VALUE;

    private final AlertRule rule;
    private final Moment now = new Moment();
    private final AlertNumbers numbers = new AlertNumbers(AlertType.STREAM_GAP);

    final long[] intervalsNs = new long[INTERVALS];
    final long[] indexSteps = new long[INTERVALS];
    private final long[] sorted = new long[INTERVALS];
    long previousIndex;
    long behindSinceNs = NEVER;
    long behindUntilNs = NEVER;
    int intervalCount;
    long previousNs = NEVER;
    /** The last frame that could be analysed, and whether a gap or a pause came since. */
    long seenNs = NEVER;

    boolean apart;
    long lastEndNs = NEVER;
    boolean silenceExpected;
    private final DoubtfulGaps doubts = new DoubtfulGaps();

    private boolean afterSilence;

    StreamGapRule(AlertRule rule) {
        this.rule = rule;
    }

    /**
     * Takes the next frame's time, tells of a gap before it, and says where the frame lies; that is good until the next.
     *
     * @param seen whether the frame could be analysed
     */
    Moment step(long frameIndex, long timestampNs, boolean seen, List<Alert> told) {
        boolean gap = silenceExpected;
        boolean unseen = seenNs != NEVER && timestampNs - seenNs > limitNs();
        behindSinceNs = NEVER;
        if (silenceExpected) {
            silenceExpected = false;
        } else if (previousNs != NEVER) {
            long intervalNs = timestampNs - previousNs;
            gap = intervalNs > limitNs();
            long indexStep = frameIndex - previousIndex;
            boolean arrived = indexStep > 2 * usualIndexStep() + 1;
            settleDoubts(intervalNs, told);
            if (gap) {
                DoubtfulGaps.Gap here = new DoubtfulGaps.Gap(arrived, previousNs, timestampNs, frameIndex);
                if (intervalCount < FEW && intervalNs <= limitNs(leastIntervalNs())) {
                    doubts.add(here);
                } else {
                    tell(here, told);
                }
            }
            indexSteps[intervalCount % INTERVALS] = indexStep;
            intervalsNs[intervalCount++ % INTERVALS] = intervalNs;
            if (intervalCount == 2 * INTERVALS) {
                intervalCount = INTERVALS;
            }
        }
        previousNs = timestampNs;
        previousIndex = frameIndex;
        afterSilence = gap;
        apart |= gap || unseen;
        now.at(frameIndex, timestampNs, apart);
        if (seen) {
            seenNs = timestampNs;
            apart = false;
        }
        return now;
    }

    /** Early distances were gaps if this one is much shorter; all alike, the stream is slow. */
    private void settleDoubts(long intervalNs, List<Alert> told) {
        long limitNs = limitNs(intervalNs);
        DoubtfulGaps.Gap gap = doubts.takeLongerThan(limitNs);
        while (gap != null) {
            tell(gap, told);
            // One event a frame: another stretch in which frames were not analysed is told with the next.
            gap = behindSinceNs == NEVER ? doubts.takeLongerThan(limitNs) : null;
        }
        if (intervalCount > FEW && behindSinceNs == NEVER) {
            doubts.clear();
        }
    }

    private void tell(DoubtfulGaps.Gap gap, List<Alert> told) {
        if (gap.arrived()) {
            behindSinceNs = gap.startNs();
            behindUntilNs = gap.endNs();
        } else if (rule.enabled() && rested(gap.startNs())) {
            tell(new Evidence(gap.endIndex(), gap.endNs()), gap.startNs(), gap.endNs(), told);
        }
    }

    /** Whether the frame taken last came after a gap or a pause: no frame, not even one that failed, lies between. */
    boolean isAfterSilence() {
        return afterSilence;
    }

    OptionalLong lastTimestampNs() {
        return previousNs == NEVER ? OptionalLong.empty() : OptionalLong.of(previousNs);
    }

    /** Whoever hands over frames by themselves, as a log does, may have them in any order; rules cannot. */
    void requireAfterLast(long timestampNs) {
        if (previousNs != NEVER && timestampNs <= previousNs) {
            throw new EngineException(
                    ErrorCode.FRAME_OUT_OF_ORDER,
                    "timestampNs is " + timestampNs + ", must be more than the frame's before, " + previousNs);
        }
    }

    /** The host asked for silence: the next frame comes after a gap that is nobody's fault. */
    void expectSilence() {
        silenceExpected = previousNs != NEVER;
    }

    private boolean rested(long startNs) {
        long cooldownNs = rule.cooldown().toNanos();
        return lastEndNs == NEVER || cooldownNs == 0 || startNs - lastEndNs >= cooldownNs;
    }

    private long limitNs() {
        return limitNs(intervalCount < FEW ? 0 : usualIntervalNs());
    }

    private long limitNs(long distanceNs) {
        long holdNs = rule.hold().toNanos();
        if (intervalCount < FEW && holdNs == 0) {
            return Long.MAX_VALUE;
        }
        return Math.max(holdNs, (long) (rule.enter() * distanceNs));
    }

    /** The least of the few distances so far; more than any before the second frame. */
    private long leastIntervalNs() {
        long leastNs = Long.MAX_VALUE;
        for (int i = 0; i < intervalCount; i++) {
            leastNs = Math.min(leastNs, intervalsNs[i]);
        }
        return leastNs;
    }

    /**
     * Since when frames arrived but were not analysed until the one taken last, or {@code Long.MIN_VALUE}: their numbers went
     * on while none came through, so the engine was behind and the stream was not interrupted.
     */
    long behindSinceNs() {
        return behindSinceNs;
    }

    /** Until when: the frame taken last, or the one before it. */
    long behindUntilNs() {
        return behindUntilNs;
    }

    private long usualIndexStep() {
        return intervalCount == 0 ? 1 : median(indexSteps);
    }

    private long median(long[] values) {
        int count = Math.min(intervalCount, INTERVALS);
        System.arraycopy(values, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        return sorted[count / 2];
    }

    /** The median distance between the last frames; 0 before the second frame. */
    long usualIntervalNs() {
        return intervalCount == 0 ? 0 : median(intervalsNs);
    }

    private void tell(Evidence evidence, long startNs, long endNs, List<Alert> told) {
        String id = numbers.next();
        String message = String.format(Locale.ROOT, "No frame arrived for %.1f s", (endNs - startNs) / 1e9);
        for (AlertPhase phase : List.of(AlertPhase.OPENED, AlertPhase.CLOSED)) {
            told.add(new Alert(
                    id, AlertType.STREAM_GAP, phase, rule.severity(), startNs, endNs, message, 1, evidence, Map.of()));
        }
        lastEndNs = Math.max(lastEndNs, endNs); // An early gap may be told after a later one.
    }

    void exchange(StateExchange state) {
        state.all(intervalsNs);
        state.all(indexSteps);
        previousIndex = state.of(previousIndex);
        doubts.exchange(state);
        intervalCount = state.of(intervalCount);
        previousNs = state.of(previousNs);
        seenNs = state.of(seenNs);
        apart = state.of(apart);
        lastEndNs = state.of(lastEndNs);
        silenceExpected = state.of(silenceExpected);
        numbers.exchange(state);
    }
}
