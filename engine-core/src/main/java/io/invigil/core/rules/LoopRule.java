package io.invigil.core.rules;

import io.invigil.core.sight.Sight;
import java.util.Locale;
import java.util.Map;

/**
 * The picture is a recording played again and again: most frames of the last seconds were shown before to the last grain of
 * noise, though the picture moves. One frame of a recording is sampled at another moment in each round, so that not every frame
 * has its twin; but a live camera gives none at all.
 */
final class LoopRule implements FrameRule {
    static final long WINDOW_NS = 10_000_000_000L;
    static final int CAPACITY = 96;

    private static final int LEAST_REPEATS = 6;
    private static final double ENTER_SHARE = 0.3;
    /** Without a repetition for this long the recording is over. */
    private static final long SILENCE_NS = 2_500_000_000L;

    private static final long SAMPLE_NS = 120_000_000L;
    private static final double CONFIDENCE = 0.9;
    private static final long NEVER = Long.MIN_VALUE;

    final long[] timesNs = new long[CAPACITY];
    final long[] repeatsAfterNs = new long[CAPACITY];
    int size;
    boolean on;
    long sinceNs = NEVER;
    long lastRepeatNs = NEVER;

    @Override
    public Finding judge(Scene scene) {
        return judge(scene.now, scene.seen);
    }

    private Finding judge(Moment now, Sight seen) {
        if (now.afterGap()) {
            size = 0;
            on = false;
        }
        if (seen.quality().unchanged()) {
            return on ? Finding.UNKNOWN : Finding.OFF;
        }
        long repeat = seen.quality().motion().repeatsAfterNs();
        take(now.timestampNs(), repeat);
        int repeats = 0;
        for (int i = 0; i < size; i++) {
            repeats += repeatsAfterNs[i] > 0 ? 1 : 0;
        }
        if (repeat > 0) {
            lastRepeatNs = now.timestampNs();
        }
        if (!on && repeats >= LEAST_REPEATS && repeats >= ENTER_SHARE * size) {
            on = true;
            sinceNs = firstRepeatNs();
        } else if (on && now.timestampNs() - lastRepeatNs > SILENCE_NS) {
            on = false;
            size = 0;
            return Finding.offSince(lastRepeatNs);
        }
        if (!on) {
            return Finding.OFF;
        }
        return repeat > 0 ? on() : Finding.UNKNOWN;
    }

    private Finding on() {
        double lagS = lag() / 1e9;
        return Finding.on(
                        CONFIDENCE,
                        "loop",
                        String.format(
                                Locale.ROOT,
                                "The picture repeats what was shown %.0f s before, to the last grain of noise",
                                lagS),
                        Map.of("variant", "loop", "after_s", String.format(Locale.ROOT, "%.1f", lagS)))
                .since(sinceNs);
    }

    private void take(long nowNs, long repeat) {
        if (size > 0 && nowNs - timesNs[size - 1] < SAMPLE_NS) {
            // At high frame rates one of several neighbours is enough, a repeat for preference.
            repeatsAfterNs[size - 1] = Math.max(repeatsAfterNs[size - 1], repeat);
            return;
        }
        int dropped = 0;
        while (dropped < size && nowNs - timesNs[dropped] > WINDOW_NS) {
            dropped++;
        }
        if (dropped == 0 && size == CAPACITY) {
            dropped = 1;
        }
        size -= dropped;
        System.arraycopy(timesNs, dropped, timesNs, 0, size);
        System.arraycopy(repeatsAfterNs, dropped, repeatsAfterNs, 0, size);
        timesNs[size] = nowNs;
        repeatsAfterNs[size] = repeat;
        size++;
    }

    private long firstRepeatNs() {
        for (int i = 0; i < size; i++) {
            if (repeatsAfterNs[i] > 0) {
                return timesNs[i];
            }
        }
        return Finding.NOT_KNOWN;
    }

    /** How long ago the newest repeated frame was shown. */
    private long lag() {
        for (int i = size - 1; i >= 0; i--) {
            if (repeatsAfterNs[i] > 0) {
                return repeatsAfterNs[i];
            }
        }
        return 0;
    }

    @Override
    public void exchange(StateExchange state) {
        size = state.count(size, CAPACITY);
        for (int i = 0; i < size; i++) {
            timesNs[i] = state.of(timesNs[i]);
            repeatsAfterNs[i] = state.of(repeatsAfterNs[i]);
        }
        on = state.of(on);
        sinceNs = state.of(sinceNs);
        lastRepeatNs = state.of(lastRepeatNs);
    }
}
