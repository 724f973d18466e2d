package io.invigil.core.rules;

import io.invigil.api.CameraState;
import io.invigil.core.sight.PictureSight;
import io.invigil.core.sight.Sight;
import java.util.Map;

/**
 * The picture repeats. A frame that equals the one before says that the picture stood still since that one; a lone different
 * frame (coders refine a still picture at key frames) does not end it, the interval tracker sees to that. A picture that was
 * coded anew on its way never equals the one before quite, but whoever lives does not hold a face as still as it does. A black,
 * covered or dark picture is still for other reasons.
 */
final class FrozenVideoRule implements FrameRule {
    /** After standing still for this long the picture says nothing about the present. */
    static final long STALE_NS = 1_000_000_000L;
    /** Different frames for less than this are taken for key frames of a still picture. */
    static final long GLITCH_NS = 1_200_000_000L;

    /**
     * What coding leaves of no change between frames so far apart, and what a face may stir then. Measured on recordings at 5
     * frames a second, some of them shrunk and coded again: of frozen ones 64 of 66 frames lie within all three, of some 3400
     * live frames with a face none does.
     */
    private static final double CODED_CHANGE = 0.05;

    private static final double CODED_PEAK_CHANGE = 0.7;
    private static final double HELD_FACE_MOTION = 1.0;
    private static final long HELD_NS = 150_000_000L;

    /** Pictures of a camera slower than the stream come so soon after one another, key frames of a still picture do not. */
    private static final long CAMERA_NS = 700_000_000L;

    private static final int CAMERA_PICTURES = 3;

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
    /** The first face that was last seen to live, since a poster and a face found anew have no motion either; 0 for none. */
    int livingTrack;
    /** Whether the frame before repeated a picture. */
    boolean repeats;
    /** The last picture that was no repeat after some that were, and how many such came one soon after another. */
    long newPictureNs = NEVER;

    int newPictures;

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
        noteLife(seen);
        if (beforeNs == NEVER || !standsStill(seen, now.timestampNs() - beforeNs)) {
            noteNewPicture(seen.quality(), now.timestampNs());
            differentFrames++;
            differentInARow++;
            // Every other frame of a camera slower than the stream repeats: only a clear majority means standing still.
            if (AGREEING_SHARE * differentFrames > stillFrames
                    || movesOn(now.timestampNs())
                    || isOfASlowCamera(now.timestampNs())) {
                forget();
            }
            return Finding.OFF;
        }
        stillFrames++;
        differentInARow = 0;
        repeats = true;
        lastStillNs = now.timestampNs();
        if (stillSinceNs == NEVER) {
            stillSinceNs = beforeNs;
        }
        if (isOfASlowCamera(now.timestampNs())) {
            return Finding.OFF;
        }
        return Finding.on(CONFIDENCE, "frozen", "The picture does not change", Map.of())
                .since(stillSinceNs);
    }

    private void noteLife(Sight seen) {
        if (!seen.faces().isEmpty() && seen.faces().get(0).motion() >= FaceLife.LIVING_MOTION) {
            livingTrack = seen.faces().get(0).trackId();
        }
    }

    private boolean standsStill(Sight seen, long apartNs) {
        return seen.quality().unchanged()
                || apartNs >= HELD_NS
                        && isWithinCoding(seen.quality())
                        && !seen.faces().isEmpty()
                        && seen.faces().get(0).trackId() == livingTrack
                        && seen.faces().get(0).motion() < HELD_FACE_MOTION;
    }

    private static boolean isWithinCoding(PictureSight picture) {
        return picture.change() < CODED_CHANGE && picture.peakChange() < CODED_PEAK_CHANGE;
    }

    /** Counts the pictures that end some repeats of the one before, each soon after the last. */
    private void noteNewPicture(PictureSight picture, long nowNs) {
        if (repeats && !isWithinCoding(picture)) {
            newPictures = newPictureNs != NEVER && nowNs - newPictureNs < CAMERA_NS ? newPictures + 1 : 1;
            newPictureNs = nowNs;
        }
        repeats = false;
    }

    /** Whether a camera has given several pictures one after another, however often the stream repeats each. */
    private boolean isOfASlowCamera(long nowNs) {
        return newPictures >= CAMERA_PICTURES && nowNs - newPictureNs < CAMERA_NS;
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

    /** What is known of new pictures stays: the next one, soon after, says the same again. */
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
        livingTrack = state.of(livingTrack);
        repeats = state.of(repeats);
        newPictureNs = state.of(newPictureNs);
        newPictures = state.of(newPictures);
    }
}
