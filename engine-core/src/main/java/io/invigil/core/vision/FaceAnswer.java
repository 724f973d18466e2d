package io.invigil.core.vision;

import io.invigil.api.BoundingBox;
import io.invigil.api.Doubt;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;

/**
 * Decides whether a face is there, is not, or cannot be told. Absence takes a picture good enough to see a face, a search of
 * all of it, and nothing that explains why a face that is there would not be seen.
 */
final class FaceAnswer {
    /** A picture that does not change for this long says nothing about the present. */
    private static final long STALE_NS = 2_000_000_000L;
    /** For this long after a face was seen, a doubtful sight of one is taken for it. */
    private static final long LINGER_NS = 2_500_000_000L;

    /** For this long a body without a face is taken for a candidate whose face is hidden; then the face is absent. */
    private static final long HIDDEN_NS = 8_000_000_000L;

    private static final double BORDER_WIDTHS = 0.15;
    private static final double LOOMING_SCORE = 0.35;
    private static final double DOUBTFUL_SCORE = 0.5;
    /** What looks this much like a face is doubtful at any time. */
    private static final double DOUBTFUL_CERTAINTY = 0.25;

    private static final double CLOSE_SHARE = 0.75;
    private static final double BODY_SCORE = 0.5;
    /** Where a face was a moment ago, less certainty will do. */
    private static final double HIDDEN_BODY_SCORE = 0.3;

    private static final double BODY_FILLS = 0.7;

    /** Frames nearer than this show how fast a face moves. */
    private static final long NEIGHBOUR_NS = 450_000_000L;

    private static final double SETTLED_WIDTHS = 0.12;
    private static final double AHEAD_DEG = 30;

    private FaceAnswer() {}

    /** Answers for one frame and remembers it. */
    static Reading answer(
            DecodedImage image,
            ImageQuality quality,
            FacesInFrame faces,
            PresenceObservation presence,
            long nowNs,
            AnswerMemory memory) {
        boolean stale = stale(quality, nowNs, memory);
        if (faces.count > 0) {
            remember(image, faces.slots[0], nowNs, memory);
            return stale ? Reading.cannotTell(Doubt.STALE) : Reading.present(confidence(faces.slots[0].score));
        }
        if (quality.sceneCut()) {
            memory.faceSeenNs = AnswerMemory.NEVER;
        }
        return switch (quality.state()) {
            case BLACK, COVERED -> Reading.cannotTell(Doubt.COVERED);
            case DARK -> Reading.cannotTell(Doubt.DARK);
            case BLURRED -> Reading.cannotTell(Doubt.BLURRED);
            case OVEREXPOSED -> Reading.cannotTell(Doubt.OVEREXPOSED);
            case OK -> inGoodPicture(image, faces, presence, nowNs, stale, memory);
        };
    }

    private static Reading inGoodPicture(
            DecodedImage image,
            FacesInFrame faces,
            PresenceObservation presence,
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
        boolean justSeen = memory.faceSeenNs != AnswerMemory.NEVER && nowNs - memory.faceSeenNs <= LINGER_NS;
        if (bodyFillsPicture(image, presence)
                || faces.loomingScore >= LOOMING_SCORE
                || hiddenAtMost(nowNs, memory) && memory.lastHeightShare > CLOSE_SHARE) {
            return Reading.cannotTell(Doubt.TOO_CLOSE);
        }
        if (faces.doubtfulCertainty >= DOUBTFUL_CERTAINTY || justSeen && faces.doubtfulScore >= DOUBTFUL_SCORE) {
            return Reading.cannotTell(Doubt.ROTATED);
        }
        if (hidden(presence, nowNs, memory)) {
            return Reading.cannotTell(Doubt.OCCLUDED);
        }
        return Reading.absent(confidence(1 - faces.doubtfulScore / 2));
    }

    private static boolean stale(ImageQuality quality, long nowNs, AnswerMemory memory) {
        if (!quality.unchanged()) {
            memory.unchangedSinceNs = AnswerMemory.NEVER;
            return false;
        }
        if (memory.unchangedSinceNs == AnswerMemory.NEVER) {
            memory.unchangedSinceNs = nowNs;
        }
        return nowNs - memory.unchangedSinceNs >= STALE_NS;
    }

    private static void remember(DecodedImage image, FacesInFrame.Slot candidate, long nowNs, AnswerMemory memory) {
        double xPx = candidate.leftPx + candidate.widthPx / 2;
        double yPx = candidate.topPx + candidate.heightPx / 2;
        double wayPx = Math.hypot(xPx - memory.lastXPx, yPx - memory.lastYPx);
        boolean ahead = candidate
                .headPose
                .filter(pose -> Math.abs(pose.yawDeg()) < AHEAD_DEG && Math.abs(pose.pitchDeg()) < AHEAD_DEG)
                .isPresent();
        memory.lastSettled = ahead
                && memory.faceSeenNs != AnswerMemory.NEVER
                && nowNs - memory.faceSeenNs <= NEIGHBOUR_NS
                && wayPx <= SETTLED_WIDTHS * candidate.widthPx;
        memory.faceSeenNs = nowNs;
        memory.lastHeightShare = Math.max(candidate.heightPx / image.heightPx(), candidate.widthPx / image.widthPx());
        memory.lastXPx = xPx;
        memory.lastYPx = yPx;
        double marginPx = BORDER_WIDTHS * candidate.widthPx;
        memory.lastInside = candidate.leftPx >= marginPx
                && candidate.topPx >= 0
                && candidate.leftPx + candidate.widthPx <= image.widthPx() - marginPx
                && candidate.topPx + candidate.heightPx <= image.heightPx();
    }

    /**
     * Whether the face vanished from the inside of the picture while the body under it is still there, or from where it sat
     * still and looked ahead.
     */
    private static boolean hidden(PresenceObservation presence, long nowNs, AnswerMemory memory) {
        if (!hiddenAtMost(nowNs, memory) || !memory.lastInside) {
            return false;
        }
        if (memory.lastSettled) {
            return true;
        }
        for (ObjectDetection person : presence.persons()) {
            BoundingBox box = person.box();
            if (person.score() >= HIDDEN_BODY_SCORE
                    && memory.lastXPx > box.leftPx()
                    && memory.lastXPx < box.rightPx()
                    && memory.lastYPx > box.topPx()
                    && memory.lastYPx < box.bottomPx()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a face was seen so recently that it may be hidden. */
    private static boolean hiddenAtMost(long nowNs, AnswerMemory memory) {
        return memory.faceSeenNs != AnswerMemory.NEVER && nowNs - memory.faceSeenNs <= HIDDEN_NS;
    }

    private static boolean bodyFillsPicture(DecodedImage image, PresenceObservation presence) {
        for (ObjectDetection person : presence.persons()) {
            BoundingBox box = person.box();
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
