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
 * distance, the median of the last {@value #INTERVALS}: a slow stream is not an interrupted one. No other rule may conclude
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
    int intervalCount;
    long previousNs = NEVER;
    /** The last frame that could be analysed, and whether a gap or a pause came since. */
    long seenNs = NEVER;

    boolean apart;
    long lastEndNs = NEVER;
    boolean silenceExpected;

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
        if (silenceExpected) {
            silenceExpected = false;
            behindSinceNs = NEVER;
        } else if (previousNs != NEVER) {
            long intervalNs = timestampNs - previousNs;
            gap = intervalNs > limitNs();
            long indexStep = frameIndex - previousIndex;
            boolean arrived = indexStep > 2 * usualIndexStep() + 1;
            behindSinceNs = gap && arrived ? previousNs : NEVER;
            if (gap && !arrived && rule.enabled() && rested()) {
                tell(new Evidence(frameIndex, timestampNs), previousNs, timestampNs, told);
            }
            indexSteps[intervalCount % INTERVALS] = indexStep;
            intervalsNs[intervalCount++ % INTERVALS] = intervalNs;
            if (intervalCount == 2 * INTERVALS) {
                intervalCount = INTERVALS;
            }
        }
        previousNs = timestampNs;
        previousIndex = frameIndex;
        apart |= gap || unseen;
        now.at(frameIndex, timestampNs, apart);
        if (seen) {
            seenNs = timestampNs;
            apart = false;
        }
        return now;
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

    private boolean rested() {
        return lastEndNs == NEVER || previousNs - lastEndNs >= rule.cooldown().toNanos();
    }

    private long limitNs() {
        long holdNs = rule.hold().toNanos();
        if (intervalCount < FEW) {
            return holdNs == 0 ? Long.MAX_VALUE : holdNs;
        }
        return Math.max(holdNs, (long) (rule.enter() * usualIntervalNs()));
    }

    /**
     * Since when frames arrived but were not analysed until the one taken last, or {@code Long.MIN_VALUE}: their numbers went
     * on while none came through, so the engine was behind and the stream was not interrupted.
     */
    long behindSinceNs() {
        return behindSinceNs;
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
        lastEndNs = endNs;
    }

    void exchange(StateExchange state) {
        state.all(intervalsNs);
        state.all(indexSteps);
        previousIndex = state.of(previousIndex);
        behindSinceNs = state.of(behindSinceNs);
        intervalCount = state.of(intervalCount);
        previousNs = state.of(previousNs);
        seenNs = state.of(seenNs);
        apart = state.of(apart);
        lastEndNs = state.of(lastEndNs);
        silenceExpected = state.of(silenceExpected);
        numbers.exchange(state);
    }
}
