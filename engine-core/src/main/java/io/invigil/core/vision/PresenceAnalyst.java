package io.invigil.core.vision;

import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.PictureSight;
import io.invigil.core.sight.PresenceSight;
import java.util.EnumMap;
import java.util.Map;

/**
 * Looks for bodies and objects, when they are due: with one detector on the whole picture; where that may show a phone, with a
 * second detector and from close by; and where it does not, closer at one part after the other, since a small phone is not seen
 * in the whole. Persons and objects come with low scores too; a rule decides over time. The score of a phone is
 * {@link PhoneEvidence#score}, of another thing {@link ThingScore#of}, of a person the detector's own. One to a lane, for one
 * thread at a time; everything about a session is in its {@link PresenceMemory}.
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
    private static final double MIN_PHONE_SCORE = 0.07;

    /** Runs beyond the first that one look may take when a phone may be there. */
    private static final int MOST_QUESTIONS = 2;

    /** Of so many looks one asks again about what was found to be no phone, here or elsewhere; the others look elsewhere. */
    private static final int LOOKS_BESIDE_UNLIKELY = 4;

    /** Evidence from which a spot is followed, and from which it is looked at from close by. */
    private static final double WORTH_FOLLOWING = 0.02;

    private static final double WORTH_A_CLOSE_LOOK = 0.05;

    /** Score of a phone that should not be forgotten in a still picture; rules hold on to one for about as long. */
    private static final double WORTH_KEEPING = 0.25;

    private final NanoDet nanoDet;
    private final CenterNet centerNet;
    private final Map<PhoneLook, ObjectCandidates> found = new EnumMap<>(PhoneLook.class);
    private final PhoneEvidence evidence = new PhoneEvidence();
    /** All of the picture. */
    private Tile picture = Tile.whole(1, 1);

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
     * @param image the upright picture; only read
     * @param quality what was measured on this picture
     * @param timestampNs the frame's media time
     * @param memory the session's memory
     * @param into receives boxes in pixels of this picture, best score first; fresh only when the detector ran on this very frame
     */
    void analyse(
            DecodedImage image, PictureSight quality, long timestampNs, PresenceMemory memory, PresenceSight into) {
        if (!memory.due(timestampNs, quality, image)) {
            into.set(memory.seen());
            return;
        }
        memory.beginLook(timestampNs, quality.sceneCut(), image);
        if (picture.widthPx() != image.widthPx() || picture.heightPx() != image.heightPx()) {
            picture = Tile.whole(image.widthPx(), image.heightPx());
        }
        evidence.clear();
        into.begin(timestampNs);
        ObjectCandidates whole = look(PhoneLook.NANODET_WHOLE, image, picture);
        addPersons(whole, into);
        if (memory.wantsObjects()) {
            // A phone found from close by is not seen in the whole; once told of, it is looked after in stillness.
            if (!memory.isSettled() || PhoneEvidence.score(memory.phoneCase().evidence()) >= WORTH_KEEPING) {
                lookCloser(image, memory, whole);
            }
            ObjectCandidates phones = settle(memory);
            memory.phoneCase().conclude(memory.looks());
            memory.phoneDenials()
                    .conclude(
                            evidence.isAnswered(), evidence.strongestWord(), phones.size() == 0 ? 0 : phones.score(0));
            addThings(whole, into);
            addPhones(phones, into);
            into.sortObjects(MOST_TOLD);
        }
        memory.keep(into);
    }

    private void lookCloser(DecodedImage image, PresenceMemory memory, ObjectCandidates whole) {
        PhoneCase phoneCase = memory.phoneCase();
        boolean round = phoneCase.isDenied(memory.looks()) && memory.looks() % 2 == 0
                || phoneCase.isUnlikely() && memory.looks() % LOOKS_BESIDE_UNLIKELY != 0
                || isUsual(memory);
        if (!round && PhoneEvidence.worthAsking(PhoneLook.NANODET_WHOLE, whole)) {
            askAgain(image, memory);
        } else if (!round && phoneCase.spot().size() > 0) {
            lookFromClose(PhoneLook.NANODET_CLOSE, image, PresencePlan.round(phoneCase.spot(), picture), memory);
        } else {
            lookAround(image, memory);
        }
    }

    /** The whole picture may show a phone: asks the other detector, and from close by, in turn. */
    private void askAgain(DecodedImage image, PresenceMemory memory) {
        PhoneCase phoneCase = memory.phoneCase();
        for (int asked = 0; asked < MOST_QUESTIONS; asked++) {
            ObjectCandidates phones = settle(memory);
            PhoneLook next = phoneCase.next(memory.looks(), phoneCase.evidence() >= WORTH_A_CLOSE_LOOK);
            if (phones.size() == 0 || next == null || !memory.spend(next)) {
                return;
            }
            look(next, image, next.isClose() ? PresencePlan.round(phoneCase.spot(), picture) : picture);
        }
    }

    /** Looks at the part whose turn it is; looks at a suspicion in between must not take a part's turn away. */
    private void lookAround(DecodedImage image, PresenceMemory memory) {
        Tile part = PresencePlan.lookAround(picture, memory.looksAround() + 1); // With this one.
        if (lookFromClose(PhoneLook.NANODET_AROUND, image, part, memory)) {
            memory.lookedAround();
        }
    }

    /** Looks at a part, and asks the second detector if it may show a phone; false when the look is not to be afforded. */
    private boolean lookFromClose(PhoneLook how, DecodedImage image, Tile part, PresenceMemory memory) {
        if (!memory.spend(how)) {
            return false;
        }
        if (PhoneEvidence.worthAsking(how, look(how, image, part))
                && !isUsual(memory)
                && memory.spend(PhoneLook.CENTERNET_CLOSE)) {
            look(PhoneLook.CENTERNET_CLOSE, image, part);
        }
        return true;
    }

    /** Whether all that may be a phone here is what the second detector has denied before, and not to be asked about this time. */
    private boolean isUsual(PresenceMemory memory) {
        return memory.looks() % LOOKS_BESIDE_UNLIKELY != 0
                && memory.phoneDenials().isUsual(evidence.strongestWord());
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

    private ObjectCandidates look(PhoneLook how, DecodedImage image, Tile tile) {
        ObjectCandidates into = found.get(how);
        into.clear();
        if (how.isNanoDet()) {
            nanoDet.look(image, tile, how.inputSidePx(), into);
        } else {
            centerNet.look(image, tile, how.inputSidePx(), into);
        }
        into.suppress(MAX_IOU, MAX_PERSON_INSIDE);
        evidence.add(how, into, tile);
        return into;
    }

    private static void addPersons(ObjectCandidates from, PresenceSight into) {
        for (int i = 0; i < from.size() && into.persons().size() < MOST_TOLD; i++) {
            if (from.category(i) == NanoDetClasses.PERSON) {
                fill(into.addPerson(), from, i, from.score(i));
            }
        }
    }

    private static void addThings(ObjectCandidates from, PresenceSight into) {
        for (int i = 0; i < from.size() && into.objects().size() < MOST_TOLD; i++) {
            if (from.category(i) != NanoDetClasses.PERSON && from.category(i) != NanoDetClasses.CELL_PHONE) {
                fill(into.addObject(), from, i, ThingScore.of(from, i));
            }
        }
    }

    private static void addPhones(ObjectCandidates from, PresenceSight into) {
        for (int i = 0; i < from.size(); i++) {
            double score = PhoneEvidence.score(from.score(i));
            if (score >= MIN_PHONE_SCORE) {
                fill(into.addObject(), from, i, score);
            }
        }
    }

    private static void fill(DetectionSight detection, ObjectCandidates from, int i, double score) {
        detection.begin(NanoDetClasses.name(from.category(i)), Rounding.thousandths(score));
        detection
                .box()
                .set(
                        Rounding.tenths(from.left(i)),
                        Rounding.tenths(from.top(i)),
                        Rounding.tenths(from.right(i) - (double) from.left(i)),
                        Rounding.tenths(from.bottom(i) - (double) from.top(i)));
    }

    @Override
    public void close() {
        nanoDet.close();
        centerNet.close();
    }
}
