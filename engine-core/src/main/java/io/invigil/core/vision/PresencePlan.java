package io.invigil.core.vision;

/** Which parts of a picture are worth a closer look. Stateless: a function of what was seen and of the number of looks. */
final class PresencePlan {
    /** A phone fills this part of the closer look: near enough to be resolved, far enough to show the hand or the head. */
    private static final double SPOT_ZOOM = 9;

    private static final double SMALLEST_TILE_SHARE = 0.5;
    private static final float SURE_PERSON = 0.4f;
    private static final double PERSON_TILE_SHARE = 1.1;
    private static final int LOOKS_BETWEEN = 3;
    private static final int STOPS = 4;

    private PresencePlan() {}

    /** The surroundings of a suspected phone, the first of the candidates. */
    static Tile round(ObjectCandidates phone, Tile picture) {
        double shorter = Math.min(picture.widthPx(), picture.heightPx());
        return Tile.squareRound(
                (phone.left(0) + phone.right(0)) / 2,
                (phone.top(0) + phone.bottom(0)) / 2,
                Math.max(SPOT_ZOOM * phone.longerSide(0), SMALLEST_TILE_SHARE * shorter),
                picture.widthPx(),
                picture.heightPx());
    }

    /**
     * Where to look for small phones: at every third look, if a person is there, in turn at the hands and the ears of the
     * largest person and at the two ends of the picture.
     *
     * @param looks looks of this session so far
     * @return the part, or null when it is not the turn
     */
    static Tile lookAround(ObjectCandidates whole, Tile picture, long looks) {
        int person = looks % LOOKS_BETWEEN == 0 ? largestPerson(whole) : -1;
        if (person < 0) {
            return null;
        }
        int width = picture.widthPx();
        int height = picture.heightPx();
        double side = PERSON_TILE_SHARE
                * Math.min(whole.right(person) - whole.left(person), whole.bottom(person) - whole.top(person));
        double centerX = (whole.left(person) + whole.right(person)) / 2;
        return switch ((int) (looks / LOOKS_BETWEEN % STOPS)) {
            case 0 -> Tile.squareRound(0, 0, Math.min(width, height), width, height);
            case 1 -> Tile.squareRound(centerX, whole.bottom(person) - side / 2, side, width, height);
            case 2 -> Tile.squareRound(width, height, Math.min(width, height), width, height);
            default -> Tile.squareRound(centerX, whole.top(person) + side / 2, side, width, height);
        };
    }

    private static int largestPerson(ObjectCandidates whole) {
        int best = -1;
        for (int i = 0; i < whole.size(); i++) {
            if (whole.category(i) == NanoDetClasses.PERSON
                    && whole.score(i) >= SURE_PERSON
                    && (best < 0 || whole.area(i) > whole.area(best))) {
                best = i;
            }
        }
        return best;
    }
}
