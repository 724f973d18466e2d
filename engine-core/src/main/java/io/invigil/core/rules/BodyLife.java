package io.invigil.core.rules;

import io.invigil.core.sight.Box;
import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.Sight;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells bodies of people from pictures of bodies: where a person is, the picture changes by itself, where a poster hangs, it
 * does not. A further body counts once its part of the picture moved much in one look or a little in two of the last few, and
 * goes on counting while it moves now and then. Where nothing is known about motion, every body counts.
 */
final class BodyLife {
    static final int MAX_TRACKS = 8;
    /** Looks in which signs of life are added up. */
    static final int LOOKS = 5;
    /** A body that has not moved for so many looks may be a picture after all. */
    static final int STILL_LOOKS = 30;

    private static final long FORGET_NS = 8_000_000_000L;
    private static final double SAME_BODY_IOU = 0.35;
    private static final int MUCH_STEPS = 2;
    private static final double MUCH_SHARE = 0.25;
    private static final int LITTLE_STEPS = 1;
    private static final double LITTLE_SHARE = 0.12;
    private static final int ALIVE_SIGNS = 2;

    /** One body seen again and again in about the same place. */
    static final class Track {
        final Box box = new Box();
        long lastNs;
        final long[] signs = new long[LOOKS];
        int looks;
        int stillLooks;
        boolean alive;
    }

    final OwnMotion motion = new OwnMotion(OwnMotion.BODY_WIDTHS);
    final List<Track> tracks = new ArrayList<>();
    private final List<DetectionSight> living = new ArrayList<>();

    /** Takes a frame, between looks as well. */
    void watch(Sight seen) {
        motion.take(seen);
    }

    /** Those of the bodies seen by a look that live, good until the next call; call once a look. */
    List<DetectionSight> living(Sight seen, List<DetectionSight> bodies) {
        long nowNs = seen.timestampNs();
        forget(nowNs);
        living.clear();
        for (int i = 0; i < bodies.size(); i++) {
            DetectionSight body = bodies.get(i);
            if (!motion.known || isAlive(follow(nowNs, body.box()), seen)) {
                living.add(body);
            }
        }
        motion.reset();
        return living;
    }

    private void forget(long nowNs) {
        for (int i = tracks.size() - 1; i >= 0; i--) {
            if (nowNs - tracks.get(i).lastNs > FORGET_NS) {
                tracks.remove(i);
            }
        }
    }

    private Track follow(long nowNs, Box box) {
        Track best = null;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            boolean free = track.lastNs != nowNs;
            if (free
                    && track.box.iou(box) >= SAME_BODY_IOU
                    && (best == null || track.box.iou(box) > best.box.iou(box))) {
                best = track;
            }
        }
        if (best == null) {
            best = new Track();
            if (tracks.size() == MAX_TRACKS) {
                tracks.remove(0);
            }
            tracks.add(best);
        }
        best.box.set(box);
        best.lastNs = nowNs;
        return best;
    }

    private boolean isAlive(Track track, Sight seen) {
        int sign = 0;
        if (motion.fresh) {
            if (motion.movesByItself(track.box, MUCH_STEPS, MUCH_SHARE, seen)) {
                sign = ALIVE_SIGNS;
            } else if (motion.movesByItself(track.box, LITTLE_STEPS, LITTLE_SHARE, seen)) {
                sign = 1;
            }
        }
        track.signs[track.looks % LOOKS] = sign;
        track.looks = track.looks == 2 * LOOKS - 1 ? LOOKS : track.looks + 1;
        track.stillLooks = sign > 0 ? 0 : Math.min(STILL_LOOKS, track.stillLooks + 1);
        long signs = 0;
        for (long one : track.signs) {
            signs += one;
        }
        track.alive = signs >= ALIVE_SIGNS || track.alive && track.stillLooks < STILL_LOOKS;
        return track.alive;
    }

    void exchange(StateExchange state) {
        motion.exchange(state);
        List<Track> before = new ArrayList<>(tracks);
        int count = state.count(before.size(), MAX_TRACKS);
        tracks.clear();
        for (int i = 0; i < count; i++) {
            Track track = i < before.size() ? before.get(i) : new Track();
            state.all(track.box);
            track.lastNs = state.of(track.lastNs);
            state.all(track.signs);
            track.looks = state.of(track.looks);
            track.stillLooks = state.of(track.stillLooks);
            track.alive = state.of(track.alive);
            tracks.add(track);
        }
    }
}
