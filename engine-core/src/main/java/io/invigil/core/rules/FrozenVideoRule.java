package io.invigil.core.rules;

import io.invigil.api.CameraState;
import io.invigil.core.sight.Sight;
import java.util.Map;

/**
 * The picture repeats. A frame that equals the one before says that the picture stood still since that one; a lone different
 * frame (coders refine a still picture at key frames) does not end it, the interval tracker sees to that. A camera slower than
 * the stream shows each of its pictures several times, and stands still in none of them: what changes again and again within
 * {@link #LIVELY_NS} moves. A black, covered or dark picture is still for other reasons.
 */
final class FrozenVideoRule implements FrameRule {
    /** After standing still for this long the picture says nothing about the present. */
    static final long STALE_NS = 1_000_000_000L;
    /** Different frames for less than this are taken for key frames of a still picture. */
    static final long GLITCH_NS = 1_200_000_000L;

    /** Live cameras show a new picture within this time, in dim light too; key frames of a still one lie further apart. */
    static final long LIVELY_NS = 500_000_000L;

    /** A key frame changes a still picture on no more frames. */
    private static final int KEY_FRAMES = 2;
    /** So many changes one soon after another are no chance. */
    private static final int MOVING_FRAMES = 5;

    private static final int AGREEING_SHARE = 3;
    private static final double CONFIDENCE = 0.95;
    private static final long NEVER = Long.MIN_VALUE;

    private Finding finding = Finding.UNKNOWN;
    long previousNs = NEVER;
    long stillSinceNs = NEVER;
    long lastStillNs = NEVER;
    int stillFrames;
    int differentFrames;
    /** Equal frames in a row, and the frame that they are equal to. */
    int runFrames;

    long runSinceNs = NEVER;
    /** Different frames that came one soon after another, and the still frame before them. */
    int stirs;

    long stirsSinceNs = NEVER;

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
            differ(now.timestampNs());
            return Finding.OFF;
        }
        repeat(now.timestampNs(), beforeNs);
        boolean shortRun = now.timestampNs() - runSinceNs < LIVELY_NS;
        if (stillSinceNs == NEVER || shortRun && stirs > KEY_FRAMES) {
            return Finding.UNKNOWN;
        }
        return Finding.on(CONFIDENCE, "frozen", "The picture does not change", Map.of())
                .since(stillSinceNs);
    }

    private void differ(long nowNs) {
        boolean soon = runFrames < AGREEING_SHARE || nowNs - runSinceNs < LIVELY_NS;
        boolean again = runFrames == 0 && stirs > 0;
        if (stirs == 0 || !soon) {
            stirs = 0;
            stirsSinceNs = lastStillNs == NEVER ? nowNs : lastStillNs;
        }
        stirs++;
        differentFrames++;
        runFrames = 0;
        // After a moment of standing still only a clear majority means that it goes on.
        if (stillSinceNs != NEVER && (AGREEING_SHARE * differentFrames > stillFrames || movesOn(nowNs, again))) {
            stillSinceNs = NEVER;
        }
    }

    private void repeat(long nowNs, long beforeNs) {
        if (runFrames == 0) {
            runSinceNs = beforeNs;
        }
        runFrames++;
        stillFrames++;
        lastStillNs = nowNs;
        if (stillSinceNs == NEVER && nowNs - runSinceNs >= LIVELY_NS) {
            stillSinceNs = runSinceNs;
            stillFrames = runFrames;
            differentFrames = 0;
        }
    }

    /**
     * However long it stood still: several different frames in a row, or many one soon after another, for longer than key frames
     * take, are a picture that moves.
     */
    private boolean movesOn(long nowNs, boolean again) {
        return again && nowNs - lastStillNs >= GLITCH_NS || stirs >= MOVING_FRAMES && nowNs - stirsSinceNs >= GLITCH_NS;
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
        runFrames = 0;
        runSinceNs = NEVER;
        stirs = 0;
        stirsSinceNs = NEVER;
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
        runFrames = state.of(runFrames);
        runSinceNs = state.of(runSinceNs);
        stirs = state.of(stirs);
        stirsSinceNs = state.of(stirsSinceNs);
    }
}
