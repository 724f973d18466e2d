package io.invigil.core.vision;

/** Which parts of a picture are worth a closer look. Stateless: a function of what was seen and of the number of looks around. */
final class PresencePlan {
    /** A phone fills this part of the closer look: near enough to be resolved, far enough to show the hand or the head. */
    private static final double SPOT_ZOOM = 9;

    private static final double SMALLEST_TILE_SHARE = 0.5;
    /** Side of a part of the round, as a share of the picture's shorter side, and how much of it two neighbours share. */
    private static final double PART_SHARE = 0.6;

    private static final double OVERLAP = 0.15;

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
     * Where to look for small phones: in turn at the parts of a grid that covers the picture, from the lower right to the upper
     * left, since hands are mostly below.
     *
     * @param looksAround which look around of this session it is, from 1
     */
    static Tile lookAround(Tile picture, long looksAround) {
        int shorter = Math.min(picture.widthPx(), picture.heightPx());
        int side = Math.max(1, (int) (PART_SHARE * shorter));
        int columns = parts(picture.widthPx(), side);
        int rows = parts(picture.heightPx(), side);
        int at = (int) (looksAround % ((long) columns * rows));
        int column = columns - 1 - at % columns;
        int row = rows - 1 - at / columns;
        return new Tile(
                (int) ((long) column * (picture.widthPx() - side) / (columns - 1)),
                (int) ((long) row * (picture.heightPx() - side) / (rows - 1)),
                side,
                side);
    }

    /** How many parts of this side cover a length, neighbours overlapping; at least two. */
    private static int parts(int lengthPx, int sidePx) {
        return Math.max(2, (int) Math.ceil((lengthPx - OVERLAP * sidePx) / (sidePx * (1 - OVERLAP))));
    }
}
