package io.invigil.core.vision;

import io.invigil.api.Doubt;
import io.invigil.api.Reading;
import io.invigil.core.sight.Box;
import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.PictureSight;
import io.invigil.core.sight.PresenceSight;

/**
 * Decides whether a face is there, is not, or cannot be told. Absence takes a picture good enough to see a face, a search of
 * all of it, and nothing that explains why a face that is there would not be seen.
 */
final class FaceAnswer {
    /** A picture that does not change for this long says nothing about the present. */
    private static final long STALE_NS = 2_000_000_000L;
    /** For this long after a face was seen, a doubtful sight of one is taken for it. */
    private static final long LINGER_NS = 2_500_000_000L;

    /** For this long a face that turned aside before it vanished is taken for hidden, while something of the candidate is seen. */
    private static final long HIDDEN_NS = 8_000_000_000L;

    /** For this long the face of somebody who looked ahead is, since nobody turns round unseen. */
    private static final long HIDDEN_ALIVE_NS = 30_000_000_000L;

    /** For this long a face that sat still is, though nothing else of the candidate is seen. */
    private static final long HIDDEN_STILL_NS = 4_000_000_000L;

    /** A hand or a sheet takes this long to cover a face. */
    private static final long VANISHING_NS = 700_000_000L;

    private static final double BORDER_WIDTHS = 0.15;
    private static final double LOOMING_SCORE = 0.35;
    private static final double DOUBTFUL_SCORE = 0.5;
    /** What looks this much like a face is doubtful at any time. */
    private static final double DOUBTFUL_CERTAINTY = 0.25;

    private static final double CLOSE_SHARE = 0.75;
    /** A face as large as this, of which only something that moves is left, has come still nearer. */
    private static final double NEAR_SHARE = 0.45;

    /** Of the contrast of a picture with a near face, skin alone has less. */
    private static final double SKIN_CONTRAST = 0.5;

    /** A whole picture with less contrast is fog or a dirty lens: a plain wall has corners, shades and light from one side. */
    private static final double FOG_CONTRAST = 4;

    /** Nobody who goes bares so much of a plain wall; what is held before the lens covers as much. */
    private static final double COVERED_SHARE = 0.5;

    private static final double BODY_SCORE = 0.5;
    /** Where a face was a moment ago, less certainty will do. */
    private static final double HIDDEN_BODY_SCORE = 0.3;

    private static final double BODY_FILLS = 0.7;

    /** Whoever leaves goes farther than this in {@link FaceTrail#LEAST_NS}. */
    private static final double SETTLED_WIDTHS = 0.12;
    /** Whoever gets up moves farther than this before the face is lost; a half hidden face seems to move by less. */
    private static final double REST_WIDTHS = 0.4;

    private static final long REST_NS = 600_000_000L;
    /** A face seen again where it was after no more than this has been there in between. */
    private static final long REST_GAP_NS = 1_100_000_000L;

    private static final double AHEAD_DEG = 30;
    /** So much may the ratios of width and height of two sizes of one stream differ. */
    private static final double SAME_SHAPE = 0.02;

    /** How long a sighting of bodies counts; the rules let it count for about as long. */
    private static final long BODY_LIFE_NS = 8_000_000_000L;

    private FaceAnswer() {}

    /** Answers for one frame and remembers it. */
    static Reading answer(
            DecodedImage image,
            PictureSight quality,
            FacesInFrame faces,
            PresenceSight presence,
            long nowNs,
            AnswerMemory memory) {
        boolean stale = stale(quality, nowNs, memory);
        forgetAnotherSize(image, memory);
        if (faces.count > 0) {
            if (!faces.candidateAway) {
                remember(image, quality, faces.slots[0], nowNs, memory);
                if (bodySeen(BODY_SCORE, presence, nowNs, memory)) {
                    memory.bodySeenNs = nowNs;
                }
            }
            return stale ? Reading.cannotTell(Doubt.STALE) : Reading.present(confidence(faces.slots[0].score));
        }
        if (quality.sceneCut()) {
            // Another scene, or a sheet pulled before the lens: whoever is still there moves.
            memory.lastSettled = false;
        }
        memory.seat.unseen(quality.motion(), image.widthPx(), image.heightPx(), nowNs);
        memory.surroundings.unseen(quality);
        return switch (quality.state()) {
            case BLACK, COVERED -> Reading.cannotTell(Doubt.COVERED);
            case DARK -> Reading.cannotTell(Doubt.DARK);
            case BLURRED -> Reading.cannotTell(Doubt.BLURRED);
            case OVEREXPOSED -> Reading.cannotTell(Doubt.OVEREXPOSED);
            case OK -> inGoodPicture(image, quality, faces, presence, nowNs, stale, memory);
        };
    }

    private static Reading inGoodPicture(
            DecodedImage image,
            PictureSight quality,
            FacesInFrame faces,
            PresenceSight presence,
            long nowNs,
            boolean stale,
            AnswerMemory memory) {
        if (stale) {
            return Reading.cannotTell(Doubt.STALE);
        }
        if (!faces.searched) {
            return Reading.cannotTell(Doubt.NOT_EVALUATED);
        }
        if (image.backlit()) {
            return Reading.cannotTell(Doubt.BACKLIT);
        }
        if (faces.doubtCount > 0 || seenWithin(HIDDEN_ALIVE_NS, nowNs, memory)) {
            memory.surroundings.compare(image, quality.motion());
        }
        double doubtfulScore = 0;
        double doubtfulCertainty = 0;
        for (int i = 0; i < faces.doubtCount; i++) {
            FacesInFrame.Doubtful doubt = faces.doubts[i];
            if (!isPartOfTheRoom(image, doubt, memory)) {
                doubtfulScore = Math.max(doubtfulScore, doubt.score);
                doubtfulCertainty = Math.max(doubtfulCertainty, doubt.certainty);
            }
        }
        boolean justSeen = memory.faceSeenNs != AnswerMemory.NEVER && nowNs - memory.faceSeenNs <= LINGER_NS;
        if (bodyFillsPicture(image, presence, nowNs)
                || faces.loomingScore >= LOOMING_SCORE
                || seenWithin(HIDDEN_NS, nowNs, memory) && memory.lastHeightShare > CLOSE_SHARE) {
            return Reading.cannotTell(Doubt.TOO_CLOSE);
        }
        if (doubtfulCertainty >= DOUBTFUL_CERTAINTY || justSeen && doubtfulScore >= DOUBTFUL_SCORE) {
            return Reading.cannotTell(Doubt.ROTATED);
        }
        if (hidden(presence, nowNs, memory)) {
            return Reading.cannotTell(Doubt.OCCLUDED);
        }
        if (quality.contrast() < FOG_CONTRAST) {
            return Reading.cannotTell(Doubt.UNCLEAR);
        }
        if (seenWithin(HIDDEN_ALIVE_NS, nowNs, memory)
                && flatShare(image) >= memory.leastFlatShare.value() + COVERED_SHARE) {
            return Reading.cannotTell(Doubt.COVERED);
        }
        if (filledByCandidate(quality, nowNs, memory)) {
            return Reading.cannotTell(Doubt.TOO_CLOSE);
        }
        if (seenWithin(HIDDEN_ALIVE_NS, nowNs, memory)) {
            if (memory.surroundings.isMostlyGone()) {
                return Reading.cannotTell(memory.lastHeightShare > NEAR_SHARE ? Doubt.TOO_CLOSE : Doubt.OCCLUDED);
            }
            if (stayed(memory) && memory.surroundings.isHiddenBesideFace(bodyGone(presence, memory))) {
                return Reading.cannotTell(Doubt.OCCLUDED);
            }
        }
        return Reading.absent(confidence(1 - doubtfulScore / 2));
    }

    /** Whether what may be a face is what stood there while the candidate's was seen: a lamp, or a picture on the wall. */
    private static boolean isPartOfTheRoom(DecodedImage image, FacesInFrame.Doubtful doubt, AnswerMemory memory) {
        double scale = (double) image.smallWidth() / image.widthPx();
        return memory.surroundings.isRoom(doubt.leftPx, doubt.topPx, doubt.rightPx, doubt.bottomPx, scale);
    }

    private static boolean stale(PictureSight quality, long nowNs, AnswerMemory memory) {
        if (!quality.unchanged()) {
            memory.unchangedSinceNs = AnswerMemory.NEVER;
            return false;
        }
        if (memory.unchangedSinceNs == AnswerMemory.NEVER) {
            memory.unchangedSinceNs = nowNs;
        }
        return nowNs - memory.unchangedSinceNs >= STALE_NS;
    }

    private static void remember(
            DecodedImage image, PictureSight quality, FacesInFrame.Slot candidate, long nowNs, AnswerMemory memory) {
        forgetAnotherView(quality, memory);
        double xPx = candidate.leftPx + candidate.widthPx / 2;
        double yPx = candidate.topPx + candidate.heightPx / 2;
        boolean ahead = candidate.head.isFound() ? Math.abs(candidate.head.yawDeg()) < AHEAD_DEG : candidate.meshed;
        memory.aheadNs = ahead ? nowNs : memory.aheadNs;
        memory.lastSettled = ahead && memory.trail.wayPx(xPx, yPx, nowNs) <= SETTLED_WIDTHS * candidate.widthPx;
        memory.trail.add(xPx, yPx, nowNs);
        rest(xPx, yPx, candidate.widthPx, nowNs, memory);
        memory.faceSeenNs = nowNs;
        memory.surroundings.seen(image, quality, candidate, nowNs);
        memory.leastFlatShare.add(flatShare(image), nowNs);
        memory.seat.seen(candidate);
        memory.lastHeightShare = Math.max(candidate.heightPx / image.heightPx(), candidate.widthPx / image.widthPx());
        if (memory.lastHeightShare > NEAR_SHARE) {
            memory.nearSeenNs = nowNs;
            memory.lessNearContrast.add(-quality.contrast(), nowNs);
        }
        memory.lastXPx = xPx;
        memory.lastYPx = yPx;
        double marginPx = BORDER_WIDTHS * candidate.widthPx;
        boolean inside = candidate.leftPx >= marginPx
                && candidate.topPx >= 0
                && candidate.leftPx + candidate.widthPx <= image.widthPx() - marginPx
                && candidate.topPx + candidate.heightPx <= image.heightPx();
        memory.insideNs = inside ? nowNs : memory.insideNs;
    }

    /** Notes where the face is at rest. */
    private static void rest(double xPx, double yPx, double widthPx, long nowNs, AnswerMemory memory) {
        if (memory.faceSeenNs == AnswerMemory.NEVER
                || nowNs - memory.faceSeenNs > REST_GAP_NS
                || Math.hypot(xPx - memory.restXPx, yPx - memory.restYPx) > REST_WIDTHS * widthPx) {
            memory.restXPx = xPx;
            memory.restYPx = yPx;
            memory.restSinceNs = nowNs;
        }
    }

    /** What was measured in pixels is scaled to a picture of another size, and is no measure for one of another shape. */
    private static void forgetAnotherSize(DecodedImage image, AnswerMemory memory) {
        if (image.widthPx() != memory.widthPx || image.heightPx() != memory.heightPx) {
            memory.leastFlatShare.forget();
            memory.lessNearContrast.forget();
            if (isOfShape(image, memory)) {
                memory.scale((double) image.widthPx() / memory.widthPx, (double) image.heightPx() / memory.heightPx);
            } else {
                memory.insideNs = AnswerMemory.NEVER;
            }
        }
        memory.widthPx = image.widthPx();
        memory.heightPx = image.heightPx();
    }

    /** A video call that adapts rounds sizes to even or whole blocks. */
    private static boolean isOfShape(DecodedImage image, AnswerMemory memory) {
        double across = (double) image.widthPx() * memory.heightPx;
        double down = (double) image.heightPx() * memory.widthPx;
        return down > 0 && Math.abs(across / down - 1) <= SAME_SHAPE;
    }

    /** What was measured of one wall is no measure for another. */
    private static void forgetAnotherView(PictureSight quality, AnswerMemory memory) {
        if (quality.motion().view() != memory.view) {
            memory.leastFlatShare.forget();
            memory.lessNearContrast.forget();
        }
        memory.view = quality.motion().view();
    }

    /**
     * Whether the face vanished from the inside of the picture while the body under it is still there or something moves where
     * it was, or from where it sat still and looked ahead.
     */
    private static boolean hidden(PresenceSight presence, long nowNs, AnswerMemory memory) {
        if (!shortlyBeforeVanishing(memory.insideNs, memory)) {
            return false;
        }
        if (memory.lastSettled && seenWithin(HIDDEN_STILL_NS, nowNs, memory)) {
            return true;
        }
        return seenWithin(shortlyBeforeVanishing(memory.aheadNs, memory) ? HIDDEN_ALIVE_NS : HIDDEN_NS, nowNs, memory)
                && (memory.seat.isAlive(nowNs) || bodySeen(HIDDEN_BODY_SCORE, presence, nowNs, memory));
    }

    /** Whether the face vanished from the inside of the picture and from where it had been at rest: nobody leaves like that. */
    private static boolean stayed(AnswerMemory memory) {
        return shortlyBeforeVanishing(memory.insideNs, memory)
                && memory.restSinceNs != AnswerMemory.NEVER
                && memory.faceSeenNs - memory.restSinceNs >= REST_NS;
    }

    /**
     * Whether a face that was near has come still nearer: what is left moves where it was, or all of it does and has lost the
     * contrast of face and room, as skin has.
     */
    private static boolean filledByCandidate(PictureSight quality, long nowNs, AnswerMemory memory) {
        if (memory.nearSeenNs == AnswerMemory.NEVER || nowNs - memory.nearSeenNs > HIDDEN_ALIVE_NS) {
            return false;
        }
        return seenWithin(HIDDEN_ALIVE_NS, nowNs, memory)
                        && memory.lastHeightShare > NEAR_SHARE
                        && memory.seat.isAlive(nowNs)
                || quality.contrast() < SKIN_CONTRAST * -memory.lessNearContrast.value()
                        && memory.seat.isRestless(nowNs);
    }

    private static double flatShare(DecodedImage image) {
        return FlatShare.of(image.smallGrey(), image.smallWidth(), image.smallHeight());
    }

    /** Whether the candidate's body was there with the face and is not any more, as far as a look since then tells. */
    private static boolean bodyGone(PresenceSight presence, AnswerMemory memory) {
        return shortlyBeforeVanishing(memory.bodySeenNs, memory)
                && presence.evaluatedAtNs() > memory.faceSeenNs
                && !bodySeen(HIDDEN_BODY_SCORE, presence, presence.evaluatedAtNs(), memory);
    }

    private static boolean bodySeen(double least, PresenceSight presence, long nowNs, AnswerMemory memory) {
        if (isOld(presence, nowNs)) {
            return false;
        }
        for (int i = 0; i < presence.persons().size(); i++) {
            DetectionSight person = presence.persons().get(i);
            Box box = person.box();
            if (person.score() >= least
                    && memory.lastXPx > box.leftPx()
                    && memory.lastXPx < box.rightPx()
                    && memory.lastYPx > box.topPx()
                    && memory.lastYPx < box.bottomPx()) {
                return true;
            }
        }
        return false;
    }

    /** The mesh of a half hidden face is off: the last sights of it count for little. */
    private static boolean shortlyBeforeVanishing(long timeNs, AnswerMemory memory) {
        return timeNs != AnswerMemory.NEVER && memory.faceSeenNs - timeNs <= VANISHING_NS;
    }

    private static boolean seenWithin(long spanNs, long nowNs, AnswerMemory memory) {
        return memory.faceSeenNs != AnswerMemory.NEVER && nowNs - memory.faceSeenNs <= spanNs;
    }

    /** A busy engine looks for bodies so seldom that the last look says nothing about now. */
    private static boolean isOld(PresenceSight presence, long nowNs) {
        return nowNs - presence.evaluatedAtNs() > BODY_LIFE_NS;
    }

    private static boolean bodyFillsPicture(DecodedImage image, PresenceSight presence, long nowNs) {
        if (isOld(presence, nowNs)) {
            return false;
        }
        for (int i = 0; i < presence.persons().size(); i++) {
            DetectionSight person = presence.persons().get(i);
            Box box = person.box();
            double share = box.areaPx() / ((double) image.widthPx() * image.heightPx());
            if (person.score() >= BODY_SCORE && share >= BODY_FILLS) {
                return true;
            }
        }
        return false;
    }

    private static double confidence(double value) {
        return Rounding.hundredths(Math.max(0, Math.min(1, value)));
    }
}
