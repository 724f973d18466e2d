package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.core.sight.Box;
import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.Sight;
import java.util.Map;

/**
 * No face is in the picture. Only an absence that perception vouches for counts, and never one in a picture too dark or too
 * bright to see a face in.
 */
final class NoFaceRule implements FrameRule {
    /** A body with at least this score is mentioned beside the missing face. */
    private static final double BODY_SCORE = 0.55;

    /** A face that was hidden for no longer than this before nobody was there left when it was hidden. */
    private static final long LEFT_WHILE_HIDDEN_NS = 9_000_000_000L;

    /** Nobody who sat still and was seen whole gets up and out of the picture in less. */
    private static final long LEAVING_NS = 500_000_000L;

    /** A face that moved by less from one frame to the next sat still. */
    private static final double REST_WIDTHS = 0.4;

    /** A moment without motion is not yet an empty seat. */
    private static final long STILL_AWAY_NS = 750_000_000L;

    /** A doubt that lasts longer is none of a moment. */
    private static final long DOUBT_NS = 1_500_000_000L;

    private final AlertRule rule;
    private boolean on;
    private long lastSeenNs = Finding.NOT_KNOWN;
    private long hiddenSinceNs = Finding.NOT_KNOWN;
    private long absentSinceNs = Finding.NOT_KNOWN;
    private long lastAbsentNs = Finding.NOT_KNOWN;
    /** Where the face was seen last, whether it sat still there, and whether that was on the frame before. */
    private final Box place = new Box();

    private boolean atRest;
    private boolean justSeen;

    NoFaceRule(Policy policy) {
        rule = policy.rule(AlertType.NO_FACE);
    }

    @Override
    public Finding judge(Scene scene) {
        justSeen &= scene.sighted() && !scene.now.afterGap();
        return scene.sighted() ? judge(scene.seen) : Finding.UNKNOWN;
    }

    @Override
    public void skip(Moment now) {
        justSeen = false;
    }

    private Finding judge(Sight seen) {
        boolean seenBefore = justSeen;
        justSeen = seen.face().isPresent();
        long nowNs = seen.timestampNs();
        CameraState camera = seen.quality().state();
        switch (seen.face().answer()) {
            case PRESENT -> {
                notePlace(seen, seenBefore);
                lastSeenNs = nowNs;
                hiddenSinceNs = Finding.NOT_KNOWN;
                absentSinceNs = Finding.NOT_KNOWN;
                on = false;
                return Finding.OFF;
            }
            case CANNOT_TELL -> {
                noteHidden(seen, nowNs);
                return Finding.UNKNOWN;
            }
            default -> {
                if (camera == CameraState.DARK || camera == CameraState.OVEREXPOSED) {
                    return Finding.UNKNOWN;
                }
                // An absence that is not certain enough is no presence.
                if (seen.face().confidence() < (on ? rule.exit() : rule.enter())) {
                    return Finding.UNKNOWN;
                }
                absentSinceNs = absentSinceNs == Finding.NOT_KNOWN ? nowNs : absentSinceNs;
                lastAbsentNs = nowNs;
                boolean wasHidden = hiddenSinceNs != Finding.NOT_KNOWN;
                if (wasHidden && nowNs - absentSinceNs < STILL_AWAY_NS) {
                    return Finding.UNKNOWN;
                }
                on = true;
                boolean leftHidden = wasHidden && absentSinceNs - hiddenSinceNs <= LEFT_WHILE_HIDDEN_NS;
                if (leftHidden) {
                    return absent(seen).since(hiddenSinceNs);
                }
                return seenBefore ? left(absent(seen), nowNs) : absent(seen);
            }
        }
    }

    private void notePlace(Sight seen, boolean seenBefore) {
        if (seen.faces().isEmpty()) {
            atRest = false;
            return;
        }
        Box face = seen.faces().get(0).box();
        double wayPx = Math.hypot(face.centerXPx() - place.centerXPx(), face.centerYPx() - place.centerYPx());
        boolean whole = face.leftPx() >= 0
                && face.topPx() >= 0
                && face.rightPx() <= seen.widthPx()
                && face.bottomPx() <= seen.heightPx();
        atRest = whole && seenBefore && wayPx <= REST_WIDTHS * face.widthPx();
        place.set(face);
    }

    /**
     * Between the frame that shows the face last and the one without it the face went half-way, as far as one knows; but whoever
     * sat still on the former was on the way for a while first, where frames are so far apart that there was time for it. How long
     * it takes at most nobody knows, so that a face on its way tells no more than half-way. A hold counts from there in any case.
     */
    private Finding left(Finding absent, long nowNs) {
        long apartNs = nowNs - lastSeenNs;
        long leavingNs = atRest ? Math.max(0, Math.min(LEAVING_NS, apartNs - LEAVING_NS)) : 0;
        return absent.since(lastSeenNs + (leavingNs + apartNs) / 2).countedSince(lastSeenNs + apartNs / 2);
    }

    private void noteHidden(Sight seen, long nowNs) {
        switch (seen.face().doubt().orElse(Doubt.UNCLEAR)) {
            case OCCLUDED -> {
                absentSinceNs = Finding.NOT_KNOWN;
                if (hiddenSinceNs == Finding.NOT_KNOWN && lastSeenNs != Finding.NOT_KNOWN) {
                    hiddenSinceNs = lastSeenNs + (nowNs - lastSeenNs) / 2;
                }
            }
            // A moment's doubt about what else may be a face changes nothing about the one that is hidden, nor about
            // its absence.
            case ROTATED, NOT_EVALUATED -> {
                if (absentSinceNs != Finding.NOT_KNOWN && nowNs - lastAbsentNs > DOUBT_NS) {
                    absentSinceNs = Finding.NOT_KNOWN;
                }
            }
            default -> hiddenSinceNs = Finding.NOT_KNOWN;
        }
    }

    @Override
    public void exchange(StateExchange state) {
        on = state.of(on);
        lastSeenNs = state.of(lastSeenNs);
        hiddenSinceNs = state.of(hiddenSinceNs);
        absentSinceNs = state.of(absentSinceNs);
        lastAbsentNs = state.of(lastAbsentNs);
        state.all(place);
        atRest = state.of(atRest);
        justSeen = state.of(justSeen);
    }

    private static Finding absent(Sight seen) {
        double confidence = seen.face().confidence();
        if (seen.presence().evaluatedAtNs() == PresenceObservation.NEVER) {
            return Finding.on(confidence, "face", "No face is in the picture", Map.of());
        }
        boolean body = false;
        for (DetectionSight person : seen.presence().persons()) {
            body |= person.score() >= BODY_SCORE;
        }
        return body
                ? Finding.on(
                        confidence,
                        "body",
                        "No face is in the picture, though a person is seen",
                        Map.of("body", "seen"))
                : Finding.on(confidence, "nobody", "Nobody is in the picture", Map.of("body", "not_seen"));
    }
}
