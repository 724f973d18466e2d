package io.invigil.core.vision;

/**
 * How sure it is that a phone lies somewhere, from all looks taken at one moment by two detectors.
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
    /** A word below this is noise. */
    static final double WORTH_ASKING = 0.03;

    /** Evidence below this is not worth a closer look. */
    static final double WORTH_A_LOOK = 0.05;

    private static final int MOST_CANDIDATES = 128;
    private static final int MOST_LOOKS = 2;
    private static final double PRIOR_LOOKS = 0.25;
    private static final double SAME_SPOT_IOU = 0.2;
    private static final double MAX_IOU = 0.3;
    private static final double LEAST_WORD = 0.01;
    private static final double SMALLEST_RESOLVED_PX = 8;
    private static final double WELL_RESOLVED_PX = 32;
    private static final double LEAST_WEIGHT = 0.25;

    /** Evidence at which phone and no phone are about equally likely, and how steeply that changes. */
    private static final double EVEN_EVIDENCE = 0.12;

    private static final double STEEPNESS = 40;

    /** The looks of one detector. */
    private static final class Witness {
        private final int inputSidePx;
        private final ObjectCandidates[] looks = new ObjectCandidates[MOST_LOOKS];
        private final Tile[] tiles = new Tile[MOST_LOOKS];
        private int count;

        Witness(int inputSidePx) {
            this.inputSidePx = inputSidePx;
        }

        void add(ObjectCandidates look, Tile tile) {
            looks[count] = look;
            tiles[count++] = tile;
        }

        double word(ObjectCandidates spots, int spot) {
            double words = 0;
            double weights = PRIOR_LOOKS;
            for (int i = 0; i < count; i++) {
                double said = wordAt(looks[i], spots, spot);
                if (said > 0 || tiles[i].holds(spots, spot)) {
                    double weight = weight(spots, spot, tiles[i]);
                    words += weight * said;
                    weights += weight;
                }
            }
            return words / weights;
        }

        private double weight(ObjectCandidates spots, int spot, Tile tile) {
            double sidePx = spots.longerSide(spot) * inputSidePx / Math.max(tile.widthPx(), tile.heightPx());
            double resolved = (sidePx - SMALLEST_RESOLVED_PX) / (WELL_RESOLVED_PX - SMALLEST_RESOLVED_PX);
            return Math.max(LEAST_WEIGHT, Math.min(1, resolved));
        }
    }

    private final Witness nanoDet = new Witness(NanoDet.SIDE_PX);
    private final Witness centerNet = new Witness(CenterNet.SIDE_PX);
    private final ObjectCandidates phones = new ObjectCandidates(MOST_CANDIDATES);

    /** Forgets all looks. */
    void clear() {
        nanoDet.count = 0;
        centerNet.count = 0;
        phones.clear();
    }

    /** Adds a look by NanoDet, suppressed; it is kept until {@link #clear()}. At most two. */
    void addNanoDet(ObjectCandidates look, Tile tile) {
        nanoDet.add(look, tile);
    }

    /** Adds a look by CenterNet, suppressed; it is kept until {@link #clear()}. At most two. */
    void addCenterNet(ObjectCandidates look, Tile tile) {
        centerNet.add(look, tile);
    }

    /** The phones of all looks so far, strongest evidence first; the score is the evidence, 0 to 1. Reused. */
    ObjectCandidates weigh() {
        phones.clear();
        for (int look = 0; look < nanoDet.count; look++) {
            ObjectCandidates spots = nanoDet.looks[look];
            for (int i = 0; i < spots.size(); i++) {
                if (spots.category(i) == NanoDetClasses.CELL_PHONE) {
                    double first = Math.max(LEAST_WORD, nanoDet.word(spots, i));
                    double second = Math.max(LEAST_WORD, centerNet.word(spots, i));
                    phones.addFrom(spots, i, (float) Math.sqrt(first * second));
                }
            }
        }
        phones.suppress(MAX_IOU, 1);
        return phones;
    }

    /** True when the look names a spot that is worth asking about. */
    static boolean worthAsking(ObjectCandidates look) {
        for (int i = 0; i < look.size(); i++) {
            if (look.category(i) == NanoDetClasses.CELL_PHONE && word(look, i) >= WORTH_ASKING) {
                return true;
            }
        }
        return false;
    }

    /** One look's word for one candidate, 0 to 1. */
    static double word(ObjectCandidates look, int i) {
        double score = look.score(i);
        return score <= 0 ? 0 : score * score / (score + look.rival(i));
    }

    private static double wordAt(ObjectCandidates look, ObjectCandidates spots, int spot) {
        double best = 0;
        for (int i = 0; i < look.size(); i++) {
            if (look.category(i) == NanoDetClasses.CELL_PHONE
                    && ObjectCandidates.iou(look, i, spots, spot) >= SAME_SPOT_IOU) {
                best = Math.max(best, word(look, i));
            }
        }
        return best;
    }

    /** Evidence as a score from 0 to 1 that is 0.5 where phone and no phone are about equally likely. */
    static double score(double evidence) {
        return 1 / (1 + StrictMath.exp(-STEEPNESS * (evidence - EVEN_EVIDENCE)));
    }
}
