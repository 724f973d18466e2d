package io.invigil.core.rules;

import io.invigil.api.CameraState;
import io.invigil.core.sight.Sight;
import java.util.Map;

/**
 * The picture repeats. A frame that equals the one before says that the picture stood still since that one; a lone different
 * frame (coders refine a still picture at key frames) does not end it, the interval tracker sees to that. A black, covered or
 * dark picture is still for other reasons.
 */
final class FrozenVideoRule implements FrameRule {
    /** After standing still for this long the picture says nothing about the present. */
    static final long STALE_NS = 1_000_000_000L;
    /** Different frames for less than this are taken for key frames of a still picture. */
    static final long GLITCH_NS = 1_200_000_000L;

    private static final int AGREEING_SHARE = 3;
    private static final double CONFIDENCE = 0.95;
    private static final long NEVER = Long.MIN_VALUE;

    private Finding finding = Finding.UNKNOWN;
    long previousNs = NEVER;
    long stillSinceNs = NEVER;
    long lastStillNs = NEVER;
    int stillFrames;
    int differentFrames;
    int differentInARow;

    /** Looks at a frame before any other rule does: what stands still bears on all of them. */
    void look(Moment now, Sight seen) {
        finding = find(now, seen);
    }

    @Override
    public Finding judge(Scene scene) {
        return finding;
    }

    private Finding find(Moment now, Sight seen) {
        CameraState camera = seen.quality().state();
        boolean visible = camera != CameraState.BLACK && camera != CameraState.COVERED;
        if (now.afterGap()) {
            forget();
        }
        long beforeNs = previousNs;
        previousNs = now.timestampNs();
        if (!visible) {
            forget();
            return Finding.OFF;
        }
        if (camera == CameraState.DARK) {
            forget();
            return Finding.UNKNOWN;
        }
        if (!seen.quality().unchanged() || beforeNs == NEVER) {
            differentFrames++;
            differentInARow++;
            // Every other frame of a camera slower than the stream repeats: only a clear majority means standing still.
            if (AGREEING_SHARE * differentFrames > stillFrames || movesOn(now.timestampNs())) {
                forget();
            }
            return Finding.OFF;
        }
        stillFrames++;
        differentInARow = 0;
        lastStillNs = now.timestampNs();
        if (stillSinceNs == NEVER) {
            stillSinceNs = beforeNs;
        }
        return Finding.on(CONFIDENCE, "frozen", "The picture does not change", Map.of())
                .since(stillSinceNs);
    }

    /** However long it stood still: several different frames in a row, for longer than key frames take, are a picture that moves. */
    private boolean movesOn(long nowNs) {
        return differentInARow >= 2 && lastStillNs != NEVER && nowNs - lastStillNs >= GLITCH_NS;
    }

    /** A frame without an observation, or one that is not comparable with the next. */
    @Override
    public void skip(Moment now) {
        previousNs = now.timestampNs();
        if (now.afterGap()) {
            forget();
        }
    }

    private void forget() {
        stillSinceNs = NEVER;
        lastStillNs = NEVER;
        stillFrames = 0;
        differentFrames = 0;
        differentInARow = 0;
    }

    /** True when the picture has stood still for so long that it says nothing about the present. */
    boolean isStale(long timestampNs) {
        return stillSinceNs != NEVER && timestampNs - stillSinceNs >= STALE_NS;
    }

    @Override
    public void exchange(StateExchange state) {
        previousNs = state.of(previousNs);
        stillSinceNs = state.of(stillSinceNs);
        lastStillNs = state.of(lastStillNs);
        stillFrames = state.of(stillFrames);
        differentFrames = state.of(differentFrames);
        differentInARow = state.of(differentInARow);
    }
}
