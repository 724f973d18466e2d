package io.invigil.core.vision;

import io.invigil.api.BoundingBox;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.PresenceObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Looks for bodies and objects, when they are due: with one detector on the whole picture; where that may show a phone, with a
 * second detector and from close by; and now and then closer at the places where a small phone may be held. Persons and objects come with low scores too; a rule decides over time.
 * The score of a phone is {@link PhoneEvidence#score}, of everything else the detector's own. One to a lane, for one thread
 * at a time; everything about a session is in its {@link PresenceMemory}.
 */
final class PresenceAnalyst implements AutoCloseable {
    private static final int[] CATEGORIES = {
        NanoDetClasses.PERSON,
        NanoDetClasses.CELL_PHONE,
        NanoDetClasses.BOOK,
        NanoDetClasses.LAPTOP,
        NanoDetClasses.TV,
        NanoDetClasses.REMOTE
    };
    private static final float[] MIN_SCORES = {0.25f, 0.08f, 0.2f, 0.2f, 0.2f, 0.2f};
    private static final NanoDetDecoder.Wanted WANTED = new NanoDetDecoder.Wanted(CATEGORIES, MIN_SCORES);

    private static final int MOST_CANDIDATES = 256;
    private static final int MOST_TOLD = 24;
    private static final double MAX_IOU = 0.5;
    private static final double MAX_PERSON_INSIDE = 0.8;
    private static final double MIN_PHONE_SCORE = 0.05;

    private static final Comparator<ObjectDetection> BEST_FIRST =
            Comparator.comparingDouble(ObjectDetection::score).reversed();

    private final NanoDet nanoDet;
    private final CenterNet centerNet;
    private final ObjectCandidates whole = new ObjectCandidates(MOST_CANDIDATES);
    private final ObjectCandidates close = new ObjectCandidates(MOST_CANDIDATES);
    private final ObjectCandidates secondWhole = new ObjectCandidates(MOST_CANDIDATES);
    private final ObjectCandidates secondClose = new ObjectCandidates(MOST_CANDIDATES);
    private final PhoneEvidence evidence = new PhoneEvidence();

    PresenceAnalyst(OnnxModel nanoDetModel, OnnxModel centerNetModel) {
        nanoDet = new NanoDet(nanoDetModel, WANTED);
        centerNet = new CenterNet(centerNetModel);
    }

    /**
     * Looks at the picture when a look is due, and otherwise says again what was last seen.
     *
     * @param bgrUpright 8-bit upright picture in full resolution; only read
     * @param quality what was measured on this picture
     * @param timestampNs the frame's media time
     * @param memory the session's memory
     * @return boxes in pixels of this picture, best score first; fresh only when the detector ran on this very frame
     */
    PresenceObservation analyse(Mat bgrUpright, ImageQuality quality, long timestampNs, PresenceMemory memory) {
        if (!memory.due(timestampNs, quality)) {
            return memory.seen();
        }
        memory.beginLook(timestampNs, quality.sceneCut());
        Tile picture = Tile.whole(bgrUpright.cols(), bgrUpright.rows());
        evidence.clear();
        nanoDet(bgrUpright, picture, whole);
        if (PhoneEvidence.worthAsking(whole)) {
            askAgain(bgrUpright, picture, memory);
        } else {
            lookAround(bgrUpright, picture, memory);
        }
        ObjectCandidates phones = evidence.weigh();
        memory.suspect(phones.size() == 0 ? 0 : phones.score(0));
        PresenceObservation seen = new PresenceObservation(timestampNs, true, detections(true, whole), objects(phones));
        memory.keep(seen);
        return seen;
    }

    /** The whole picture may show a phone: asks the other detector, and then one of the two again from close by. */
    private void askAgain(Mat bgr, Tile picture, PresenceMemory memory) {
        if (memory.spendRun()) {
            centerNet(bgr, picture, secondWhole);
        }
        ObjectCandidates phones = evidence.weigh();
        boolean suspicious = phones.size() > 0 && phones.score(0) >= PhoneEvidence.WORTH_A_LOOK;
        if (suspicious && memory.spendRun()) {
            Tile tile = PresencePlan.round(phones, 0, picture);
            memory.lookedAtSpot(true);
            if (memory.spotLooksInARow() % 2 == 1) {
                nanoDet(bgr, tile, close);
            } else {
                centerNet(bgr, tile, secondClose);
            }
        }
    }

    /** Nothing shows in the whole picture: now and then looks closer where a small phone may be held. */
    private void lookAround(Mat bgr, Tile picture, PresenceMemory memory) {
        memory.lookedAtSpot(false);
        Tile tile = PresencePlan.lookAround(whole, picture, memory.looks());
        if (tile == null || !memory.spendRun()) {
            return;
        }
        nanoDet(bgr, tile, close);
        if (PhoneEvidence.worthAsking(close) && memory.spendRun()) {
            centerNet(bgr, tile, secondClose);
        }
    }

    private void nanoDet(Mat bgr, Tile tile, ObjectCandidates into) {
        into.clear();
        nanoDet.look(bgr, tile, into);
        into.suppress(MAX_IOU, MAX_PERSON_INSIDE);
        evidence.addNanoDet(into, tile);
    }

    private void centerNet(Mat bgr, Tile tile, ObjectCandidates into) {
        into.clear();
        centerNet.look(bgr, tile, into);
        into.suppress(MAX_IOU, MAX_PERSON_INSIDE);
        evidence.addCenterNet(into, tile);
    }

    private List<ObjectDetection> objects(ObjectCandidates phones) {
        List<ObjectDetection> objects = detections(false, whole);
        for (int i = 0; i < phones.size(); i++) {
            double score = PhoneEvidence.score(phones.score(i));
            if (score >= MIN_PHONE_SCORE) {
                objects.add(detection(phones, i, score));
            }
        }
        objects.sort(BEST_FIRST);
        return objects.size() > MOST_TOLD ? objects.subList(0, MOST_TOLD) : objects;
    }

    private static List<ObjectDetection> detections(boolean persons, ObjectCandidates from) {
        List<ObjectDetection> found = new ArrayList<>();
        for (int i = 0; i < from.size() && found.size() < MOST_TOLD; i++) {
            boolean person = from.category(i) == NanoDetClasses.PERSON;
            if (person == persons && from.category(i) != NanoDetClasses.CELL_PHONE) {
                found.add(detection(from, i, from.score(i)));
            }
        }
        return found;
    }

    private static ObjectDetection detection(ObjectCandidates from, int i, double score) {
        return new ObjectDetection(
                NanoDetClasses.name(from.category(i)),
                score,
                new BoundingBox(
                        from.left(i),
                        from.top(i),
                        from.right(i) - (double) from.left(i),
                        from.bottom(i) - (double) from.top(i)));
    }

    @Override
    public void close() {
        nanoDet.close();
        centerNet.close();
    }
}
