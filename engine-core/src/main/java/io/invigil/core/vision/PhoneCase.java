package io.invigil.core.vision;

import java.util.Arrays;

/**
 * The spot of one session that most likely shows a phone, and what the looks of the last moments said about it: the looks
 * take turns, so that a case costs one or two runs a look beyond the whole picture's. For one thread at a time.
 */
final class PhoneCase {
    /** For how many looks a word is remembered. */
    private static final int MEMORY_LOOKS = 3;

    private static final double SAME_SPOT_IOU = 0.3;
    private static final double DENIED_EVIDENCE = 0.05;
    /** Evidence below which the second detector's word speaks against a phone, and after how many such words in a row it is heard out. */
    private static final double UNLIKELY_EVIDENCE = 0.08;

    private static final int ENOUGH_WORDS = 4;
    private static final PhoneLook[] TURNS = {
        PhoneLook.CENTERNET_WHOLE, PhoneLook.NANODET_CLOSE, PhoneLook.CENTERNET_CLOSE
    };

    private final double[] words = new double[PhoneLook.COUNT];
    private final double[] weights = new double[PhoneLook.COUNT];
    private final long[] heardAt = new long[PhoneLook.COUNT];
    private final ObjectCandidates spot = new ObjectCandidates(1);
    private double evidence;
    private long seenAt;
    private int wordsAgainst;

    PhoneCase() {
        close();
    }

    /** Forgets the case. */
    void close() {
        spot.clear();
        evidence = 0;
        wordsAgainst = 0;
        Arrays.fill(heardAt, Long.MIN_VALUE / 2);
    }

    /** Goes on with this spot: the same case if it lies about where the last one did, else a new one. */
    void follow(ObjectCandidates spots, int i, long look) {
        if (!isAt(spots, i)) {
            close();
        }
        spot.clear();
        spot.addFrom(spots, i, spots.score(i));
        evidence = spots.score(i);
        seenAt = look;
    }

    /** No spot was seen at this look; the place is remembered for some looks. */
    void miss(long look) {
        evidence = 0;
        if (spot.size() > 0 && look - seenAt >= MEMORY_LOOKS) {
            close();
        }
    }

    /** True when this spot is the case's. */
    boolean isAt(ObjectCandidates spots, int i) {
        return spot.size() > 0 && ObjectCandidates.iou(spot, 0, spots, i) >= SAME_SPOT_IOU;
    }

    /** The case's place, one candidate; empty when there is no case. */
    ObjectCandidates spot() {
        return spot;
    }

    /** The evidence at the last look, 0 to 1. */
    double evidence() {
        return evidence;
    }

    /** Remembers what a look said about the case. */
    void hear(PhoneLook from, double word, double weight, long look) {
        words[from.ordinal()] = word;
        weights[from.ordinal()] = weight;
        heardAt[from.ordinal()] = look;
    }

    /** True when the second detector was asked lately and little is left of the suspicion. */
    boolean isDenied(long look) {
        return evidence < DENIED_EVIDENCE
                && weight(PhoneLook.CENTERNET_WHOLE, look) + weight(PhoneLook.CENTERNET_CLOSE, look) > 0;
    }

    /** Takes note of what came out of a look, once all of it was heard. */
    void conclude(long look) {
        if (evidence >= UNLIKELY_EVIDENCE) {
            wordsAgainst = 0;
        } else if (heardAt[PhoneLook.CENTERNET_WHOLE.ordinal()] == look
                || heardAt[PhoneLook.CENTERNET_CLOSE.ordinal()] == look) {
            wordsAgainst++;
        }
    }

    /** True when the second detector spoke against a phone look after look: most likely a thing of the room that looks like one. */
    boolean isUnlikely() {
        return wordsAgainst >= ENOUGH_WORDS;
    }

    /** What a look of the last moments said. */
    double word(PhoneLook from) {
        return words[from.ordinal()];
    }

    /** What its word weighs; 0 when there was no such look lately. */
    double weight(PhoneLook from, long look) {
        return look - heardAt[from.ordinal()] <= MEMORY_LOOKS ? weights[from.ordinal()] : 0;
    }

    /**
     * Whose turn is next: the look whose word is the oldest.
     *
     * @param closeToo whether the spot is worth looks from close by; without them the whole picture is looked at again only
     *     when its word is forgotten
     * @return the look, or null when none is called for
     */
    PhoneLook next(long look, boolean closeToo) {
        if (!closeToo) {
            return weight(PhoneLook.CENTERNET_WHOLE, look) > 0 ? null : PhoneLook.CENTERNET_WHOLE;
        }
        PhoneLook oldest = TURNS[0];
        for (PhoneLook turn : TURNS) {
            if (heardAt[turn.ordinal()] < heardAt[oldest.ordinal()]) {
                oldest = turn;
            }
        }
        return heardAt[oldest.ordinal()] == look ? null : oldest;
    }
}
