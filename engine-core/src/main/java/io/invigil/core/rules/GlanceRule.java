package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.GlanceLimits;
import io.invigil.api.Policy;
import java.util.Locale;
import java.util.Map;

/**
 * Short looks away come again and again: so many, and so large a share of the time in which the candidate could be judged, within
 * a sliding window of media time. A glance lasts long enough not to be a slip of one frame and too short for an alert of its
 * own; looks that last longer are looking away, told or not, and neither they nor what follows them so soon that it would go on
 * with the same alert count here.
 */
final class GlanceRule implements FrameRule {
    /** Shorter looks are slips of the eyes or of the detector. */
    static final long SHORTEST_NS = 350_000_000L;

    static final int CAPACITY = 128;
    static final int BUCKETS = 60;

    /** What lies between frames further apart is not known. */
    private static final long NEIGHBOUR_NS = 1_200_000_000L;

    private static final double LEAST_CONFIDENCE = 0.5;
    private static final double MOST_CONFIDENCE = 0.9;
    private static final long NEVER = Long.MIN_VALUE;

    private final GlanceLimits limits;
    private final double enter;
    private final double exit;
    private final long windowNs;
    private final long bucketNs;
    private final long longestNs;
    private final long mergeGapNs;

    final long[] startsNs = new long[CAPACITY];
    final long[] endsNs = new long[CAPACITY];
    int size;
    final long[] judgedNs = new long[BUCKETS];
    /** Buckets are counted from the session's first frame, so that they are the same wherever its time begins. */
    long originNs = NEVER;

    long bucket = NEVER;
    long previousNs = NEVER;
    Answer previous = Answer.CANNOT_TELL;
    long awaySinceNs = NEVER;
    long longLookEndNs = NEVER;
    /** The first frame after a gap: glances before it are counted, but say nothing about the time after. */
    long firstNs = NEVER;

    boolean on;

    GlanceRule(Policy policy) {
        limits = policy.glances();
        AlertRule rule = policy.rule(AlertType.REPEATED_GLANCES);
        enter = rule.enter();
        exit = rule.exit();
        windowNs = limits.window().toNanos();
        bucketNs = windowNs / BUCKETS;
        AlertRule lookAway = policy.rule(AlertType.EYES_LOOKING_AWAY);
        longestNs = Math.max(lookAway.hold().toNanos(), 2 * SHORTEST_NS);
        mergeGapNs = lookAway.mergeGap().toNanos();
    }

    @Override
    public Finding judge(Scene scene) {
        return judge(scene.now, scene.looking);
    }

    private Finding judge(Moment now, Looking looking) {
        long timeNs = now.timestampNs();
        forget(timeNs);
        if (now.afterGap()) {
            firstNs = timeNs;
        }
        Answer answer = looking.reading().answer();
        boolean neighbours = previousNs != NEVER && !now.afterGap() && timeNs - previousNs <= NEIGHBOUR_NS;
        if (neighbours && answer != Answer.CANNOT_TELL && previous != Answer.CANNOT_TELL) {
            judgedNs[Math.floorMod(bucket, BUCKETS)] += timeNs - previousNs;
        }
        if (!neighbours || answer == Answer.CANNOT_TELL) {
            // Where the look ended is not known.
            awaySinceNs = NEVER;
        } else if (answer == Answer.PRESENT && previous == Answer.ABSENT) {
            awaySinceNs = middle(timeNs);
        } else if (answer == Answer.ABSENT && awaySinceNs != NEVER) {
            end(middle(timeNs));
            awaySinceNs = NEVER;
        }
        previousNs = timeNs;
        previous = answer;
        return finding();
    }

    private long middle(long timeNs) {
        return previousNs + (timeNs - previousNs) / 2;
    }

    private void end(long endNs) {
        long lengthNs = endNs - awaySinceNs;
        boolean goesOn = longLookEndNs != NEVER && awaySinceNs - longLookEndNs <= mergeGapNs;
        if (lengthNs >= longestNs || goesOn) {
            longLookEndNs = endNs;
            return;
        }
        if (lengthNs < SHORTEST_NS) {
            return;
        }
        if (size == CAPACITY) {
            drop(1);
        }
        startsNs[size] = awaySinceNs;
        endsNs[size] = endNs;
        size++;
    }

    private void forget(long nowNs) {
        int dropped = 0;
        while (dropped < size && nowNs - endsNs[dropped] > windowNs) {
            dropped++;
        }
        drop(dropped);
        originNs = originNs == NEVER ? nowNs : originNs;
        long next = Math.floorDiv(nowNs - originNs, bucketNs);
        if (bucket != NEVER) {
            for (long b = bucket + 1; b <= Math.min(next, bucket + BUCKETS); b++) {
                judgedNs[Math.floorMod(b, BUCKETS)] = 0;
            }
        }
        bucket = next;
    }

    private void drop(int count) {
        size -= count;
        System.arraycopy(startsNs, count, startsNs, 0, size);
        System.arraycopy(endsNs, count, endsNs, 0, size);
    }

    private Finding finding() {
        long glancedNs = 0;
        for (int i = 0; i < size; i++) {
            glancedNs += endsNs[i] - startsNs[i];
        }
        long seenNs = 0;
        for (long part : judgedNs) {
            seenNs += part;
        }
        // A share of little time says little: half of the window must have been judged.
        double share = (double) glancedNs / Math.max(seenNs, windowNs / 2);
        double measure = Math.min((double) size / limits.count(), share / limits.share());
        on = measure >= (on ? exit : enter);
        if (!on) {
            return Finding.OFF;
        }
        if (endsNs[size - 1] < firstNs) {
            return Finding.UNKNOWN;
        }
        double confidence = Math.min(MOST_CONFIDENCE, LEAST_CONFIDENCE + 0.2 * (measure - 1) + 0.2);
        return Finding.on(
                        Math.max(LEAST_CONFIDENCE, confidence),
                        "glances",
                        String.format(
                                Locale.ROOT,
                                "Looked away shortly %d times within %.0f s, %.0f %% of that time",
                                size,
                                windowNs / 1e9,
                                100 * share),
                        Map.of(
                                "count", Integer.toString(size),
                                "share", String.format(Locale.ROOT, "%.2f", share),
                                "window_s", Long.toString(windowNs / 1_000_000_000L)))
                .since(startsNs[0]);
    }

    @Override
    public void exchange(StateExchange state) {
        size = state.count(size, CAPACITY);
        for (int i = 0; i < size; i++) {
            startsNs[i] = state.of(startsNs[i]);
            endsNs[i] = state.of(endsNs[i]);
        }
        state.all(judgedNs);
        originNs = state.of(originNs);
        bucket = state.of(bucket);
        previousNs = state.of(previousNs);
        previous = state.of(previous, Answer.values());
        awaySinceNs = state.of(awaySinceNs);
        longLookEndNs = state.of(longLookEndNs);
        firstNs = state.of(firstNs);
        on = state.of(on);
    }
}
