package io.invigil.core.vision;

import io.invigil.api.BoundingBox;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.PresenceObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    /** Runs beyond the first that one look may take when a phone may be there. */
    private static final int MOST_QUESTIONS = 2;

    /** Evidence from which a spot is followed, and from which it is looked at from close by. */
    private static final double WORTH_FOLLOWING = 0.02;

    private static final double WORTH_A_CLOSE_LOOK = 0.05;

    private static final Comparator<ObjectDetection> BEST_FIRST =
            Comparator.comparingDouble(ObjectDetection::score).reversed();

    private final NanoDet nanoDet;
    private final CenterNet centerNet;
    private final Map<PhoneLook, ObjectCandidates> found = new EnumMap<>(PhoneLook.class);
    private final PhoneEvidence evidence = new PhoneEvidence();

    PresenceAnalyst(OnnxModel nanoDetModel, OnnxModel centerNetModel) {
        nanoDet = new NanoDet(nanoDetModel, WANTED);
        centerNet = new CenterNet(centerNetModel);
        for (PhoneLook look : PhoneLook.values()) {
            found.put(look, new ObjectCandidates(MOST_CANDIDATES));
        }
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
        ObjectCandidates whole = look(PhoneLook.NANODET_WHOLE, bgrUpright, picture);
        if (!memory.wantsObjects()) {
            PresenceObservation bodies = new PresenceObservation(timestampNs, true, detections(true, whole), List.of());
            memory.keep(bodies);
            return bodies;
        }
        if (PhoneEvidence.worthAsking(whole)) {
            askAgain(bgrUpright, picture, memory);
        } else {
            lookAround(bgrUpright, picture, memory, whole);
        }
        PresenceObservation seen =
                new PresenceObservation(timestampNs, true, detections(true, whole), objects(whole, settle(memory)));
        memory.keep(seen);
        return seen;
    }

    /** The whole picture may show a phone: asks the other detector, and from close by, in turn. */
    private void askAgain(Mat bgr, Tile picture, PresenceMemory memory) {
        PhoneCase phoneCase = memory.phoneCase();
        for (int asked = 0; asked < MOST_QUESTIONS; asked++) {
            ObjectCandidates phones = settle(memory);
            PhoneLook next = phoneCase.next(memory.looks(), phoneCase.evidence() >= WORTH_A_CLOSE_LOOK);
            if (phones.size() == 0 || next == null || !memory.spendRun()) {
                return;
            }
            look(next, bgr, next.isClose() ? PresencePlan.round(phoneCase.spot(), picture) : picture);
        }
    }

    /** Nothing shows in the whole picture: now and then looks closer where a small phone is or may be held. */
    private void lookAround(Mat bgr, Tile picture, PresenceMemory memory, ObjectCandidates whole) {
        Tile tile = memory.phoneCase().spot().size() > 0
                ? PresencePlan.round(memory.phoneCase().spot(), picture)
                : PresencePlan.lookAround(whole, picture, memory.looks());
        if (tile != null
                && memory.spendRun()
                && PhoneEvidence.worthAsking(look(PhoneLook.NANODET_CLOSE, bgr, tile))
                && memory.spendRun()) {
            look(PhoneLook.CENTERNET_CLOSE, bgr, tile);
        }
    }

    /** Weighs what was heard so far, and follows the strongest spot. */
    private ObjectCandidates settle(PresenceMemory memory) {
        PhoneCase phoneCase = memory.phoneCase();
        ObjectCandidates phones = evidence.weigh(phoneCase, memory.looks());
        if (phones.size() > 0 && phones.score(0) >= WORTH_FOLLOWING) {
            phoneCase.follow(phones, 0, memory.looks());
            evidence.tell(phoneCase, memory.looks());
        } else {
            phoneCase.miss(memory.looks());
        }
        return phones;
    }

    private ObjectCandidates look(PhoneLook how, Mat bgr, Tile tile) {
        ObjectCandidates into = found.get(how);
        into.clear();
        if (how == PhoneLook.NANODET_WHOLE || how == PhoneLook.NANODET_CLOSE) {
            nanoDet.look(bgr, tile, into);
        } else {
            centerNet.look(bgr, tile, into);
        }
        into.suppress(MAX_IOU, MAX_PERSON_INSIDE);
        evidence.add(how, into, tile);
        return into;
    }

    private List<ObjectDetection> objects(ObjectCandidates whole, ObjectCandidates phones) {
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
                Rounding.thousandths(score),
                new BoundingBox(
                        Rounding.tenths(from.left(i)),
                        Rounding.tenths(from.top(i)),
                        Rounding.tenths(from.right(i) - (double) from.left(i)),
                        Rounding.tenths(from.bottom(i) - (double) from.top(i))));
    }

    @Override
    public void close() {
        nanoDet.close();
        centerNet.close();
    }
}
