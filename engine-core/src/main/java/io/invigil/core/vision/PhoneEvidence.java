package io.invigil.core.vision;

import java.util.Arrays;

/**
 * How sure it is that a phone lies somewhere, from looks by two detectors at the whole picture and from close by.
 *
 * <p>One look's word for a spot is {@code s * s / (s + r)}: the score times its share against the strongest rival class at
 * that spot; what a detector takes for a phone by mistake it nearly always takes for something else as well. A look that
 * covers a spot and finds no phone there says 0. Of one detector the words are averaged, each by how well the look resolves
 * a thing of that size, with a quarter of a look that says 0, so that a single look convinces less than two. The two
 * detectors were trained apart and err on different things: their words are multiplied, as independent witnesses' are
 * (geometric mean), so that neither alone can raise an alarm.
 *
 * <p>Holds buffers; for one thread at a time.
 */
final class PhoneEvidence {
    private static final int MOST_CANDIDATES = 128;

    /** Words from which another look is taken: the whole picture shows a small phone weakly, a part shows it better. */
    private static final double WORTH_ASKING = 0.05;

    private static final double WORTH_ASKING_ON_A_PART = 0.08;

    private static final double PRIOR_LOOKS = 0.25;
    private static final double SAME_SPOT_IOU = 0.2;
    private static final double MAX_IOU = 0.3;
    private static final double LEAST_WORD = 0.01;
    private static final double SMALLEST_RESOLVED_PX = 8;
    private static final double WELL_RESOLVED_PX = 32;
    private static final double LEAST_WEIGHT = 0.25;

    /** Evidence at which phone and no phone are about equally likely, and how steeply that changes. */
    private static final double EVEN_EVIDENCE = 0.15;

    private static final double STEEPNESS = 25;

    private static final PhoneLook[] LOOKS = PhoneLook.values();
    private static final PhoneLook[] NANODET = {
        PhoneLook.NANODET_WHOLE, PhoneLook.NANODET_CLOSE, PhoneLook.NANODET_AROUND
    };
    private static final PhoneLook[] CENTERNET = {PhoneLook.CENTERNET_WHOLE, PhoneLook.CENTERNET_CLOSE};

    private final ObjectCandidates[] found = new ObjectCandidates[PhoneLook.COUNT];
    private final Tile[] tiles = new Tile[PhoneLook.COUNT];
    private final ObjectCandidates phones = new ObjectCandidates(MOST_CANDIDATES);

    /** Forgets all looks of the frame before. */
    void clear() {
        Arrays.fill(tiles, null);
    }

    /** Adds a look; what it found must be suppressed, and stay until {@link #clear()}. */
    void add(PhoneLook look, ObjectCandidates candidates, Tile tile) {
        found[look.ordinal()] = candidates;
        tiles[look.ordinal()] = tile;
    }

    /**
     * The phones of all looks so far, strongest evidence first.
     *
     * @param phoneCase what was heard before about one spot
     * @param lookNumber the session's number of looks
     * @return boxes whose score is the evidence, 0 to 1; reused
     */
    ObjectCandidates weigh(PhoneCase phoneCase, long lookNumber) {
        phones.clear();
        for (PhoneLook look : NANODET) {
            weighSpots(look, phoneCase, lookNumber);
        }
        phones.suppress(MAX_IOU, 1);
        return phones;
    }

    private void weighSpots(PhoneLook look, PhoneCase phoneCase, long lookNumber) {
        if (tiles[look.ordinal()] == null) {
            return;
        }
        ObjectCandidates spots = found[look.ordinal()];
        for (int i = 0; i < spots.size(); i++) {
            if (spots.category(i) == NanoDetClasses.CELL_PHONE) {
                double nanoDet = word(spots, i, NANODET, phoneCase, lookNumber);
                double centerNet = word(spots, i, CENTERNET, phoneCase, lookNumber);
                phones.addFrom(
                        spots, i, (float) Math.sqrt(Math.max(LEAST_WORD, nanoDet) * Math.max(LEAST_WORD, centerNet)));
            }
        }
    }

    /** Tells the case of a spot what the looks of this frame said about it. */
    void tell(PhoneCase phoneCase, long lookNumber) {
        for (PhoneLook look : LOOKS) {
            ObjectCandidates spot = phoneCase.spot();
            if (look != PhoneLook.NANODET_WHOLE && speaksOf(look, spot, 0)) {
                phoneCase.hear(look, wordAt(look, spot, 0), weight(look, spot, 0), lookNumber);
            }
        }
    }

    /** One detector's word, from its looks at this frame and those remembered. */
    private double word(ObjectCandidates spots, int i, PhoneLook[] looks, PhoneCase phoneCase, long lookNumber) {
        boolean known = phoneCase.isAt(spots, i);
        double words = 0;
        double weights = PRIOR_LOOKS;
        for (PhoneLook look : looks) {
            if (speaksOf(look, spots, i)) {
                double weight = weight(look, spots, i);
                words += weight * wordAt(look, spots, i);
                weights += weight;
            } else if (known) {
                double weight = phoneCase.weight(look, lookNumber);
                words += weight * phoneCase.word(look);
                weights += weight;
            }
        }
        return words / weights;
    }

    private boolean speaksOf(PhoneLook look, ObjectCandidates spots, int i) {
        Tile tile = tiles[look.ordinal()];
        return tile != null && (tile.holds(spots, i) || wordAt(look, spots, i) > 0);
    }

    private double wordAt(PhoneLook look, ObjectCandidates spots, int spot) {
        ObjectCandidates candidates = found[look.ordinal()];
        double best = 0;
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.category(i) == NanoDetClasses.CELL_PHONE
                    && ObjectCandidates.iou(candidates, i, spots, spot) >= SAME_SPOT_IOU) {
                best = Math.max(best, word(candidates, i));
            }
        }
        return best;
    }

    private double weight(PhoneLook look, ObjectCandidates spots, int i) {
        Tile tile = tiles[look.ordinal()];
        double sidePx = spots.longerSide(i) * look.inputSidePx() / Math.max(tile.widthPx(), tile.heightPx());
        double resolved = (sidePx - SMALLEST_RESOLVED_PX) / (WELL_RESOLVED_PX - SMALLEST_RESOLVED_PX);
        return Math.max(LEAST_WEIGHT, Math.min(1, resolved));
    }

    /** Whether the second detector was asked at this frame. */
    boolean isAnswered() {
        return tiles[PhoneLook.CENTERNET_WHOLE.ordinal()] != null || tiles[PhoneLook.CENTERNET_CLOSE.ordinal()] != null;
    }

    /** The first detector's strongest word for a phone in all its looks at this frame, 0 to 1. */
    double strongestWord() {
        double strongest = 0;
        for (PhoneLook look : NANODET) {
            if (tiles[look.ordinal()] != null) {
                strongest = Math.max(strongest, strongestWord(found[look.ordinal()]));
            }
        }
        return strongest;
    }

    /** True when what a look found names a phone that is worth asking about. */
    static boolean worthAsking(PhoneLook look, ObjectCandidates candidates) {
        return strongestWord(candidates) >= (look == PhoneLook.NANODET_WHOLE ? WORTH_ASKING : WORTH_ASKING_ON_A_PART);
    }

    private static double strongestWord(ObjectCandidates candidates) {
        double strongest = 0;
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.category(i) == NanoDetClasses.CELL_PHONE) {
                strongest = Math.max(strongest, word(candidates, i));
            }
        }
        return strongest;
    }

    /** One look's word for one candidate, 0 to 1. */
    static double word(ObjectCandidates candidates, int i) {
        double score = candidates.score(i);
        return score <= 0 ? 0 : score * score / (score + candidates.rival(i));
    }

    /** Evidence as a score from 0 to 1 that is 0.5 where phone and no phone are about equally likely. */
    static double score(double evidence) {
        return 1 / (1 + StrictMath.exp(-STEEPNESS * (evidence - EVEN_EVIDENCE)));
    }
}
