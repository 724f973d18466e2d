package io.invigil.core.vision;

import io.invigil.core.sight.MotionSight;
import io.invigil.core.sight.PictureSight;

/**
 * How much of the room that was seen around the candidate is gone from a picture. Whoever leaves bares more of the room; what
 * comes before the lens, or before the face, hides what was to be seen beside it.
 *
 * <p>The room is learnt while a face is seen (see {@link RoomCells}). A nudge of the camera and a change of its gain are taken
 * out; where the camera was turned, or a cut shows another room, nothing is claimed. One to a session, for one thread at a time.
 */
final class Surroundings {
    /** Looks nearer to each other than this teach nothing. */
    private static final long LEARN_NS = 180_000_000L;
    /** A look counts for no more than this, however long ago the one before was. */
    private static final int MOST_STEP_MS = 1000;

    /** So much room hidden beside the face, as a share of the face's own area, is what hides the face too. */
    private static final double HIDDEN_AREA = 0.15;

    private static final double HIDDEN_SHARE = 0.12;
    /** Less will do where little of the room is to be seen beside a near face, and most of that is hidden. */
    private static final double HIDDEN_AREA_NEAR = 0.025;

    private static final double HIDDEN_SHARE_NEAR = 0.5;
    /** What hides a body too hides so much, or something beside so many rows of the face: hair does not reach as far down. */
    private static final double HIDDEN_SHARE_LARGE = 0.35;

    private static final double HIDDEN_ROWS_LARGE = 0.8;

    private static final int LEAST_BESIDE_CELLS = 12;

    /** A room of which this much is gone is behind something, or all of the picture is something else. */
    private static final double GONE_SHARE = 0.45;

    /** Of a picture: less room than this says little about all of it. */
    private static final double LEAST_ROOM = 0.1;

    /** A cut that takes more of the room away shows another room, of which some looks the same by chance. */
    private static final double ALL_GONE = 0.75;

    /** Less than this is gone where a view that was lost shows the room again. */
    private static final double LOST_SHARE = 0.25;

    /** So little differs for many reasons, and no change of the gain is needed to explain it. */
    private static final double FEW_SHARE = 0.02;

    private final RoomCells cells = new RoomCells();
    private final FacePlace face = new FacePlace();
    private boolean begun;
    private long beginNs;
    private long learntNs;
    private int view;
    private boolean moved;
    /** The view is one that began where the room was not found: how far that one moves says nothing about the room. */
    private boolean lost;

    /** There was a cut since the room was last learnt. */
    private boolean cut;

    private boolean vanished;
    /** The face vanished with a cut. */
    private boolean lostByCut;

    /** How far the room stands from where it was learnt, in pixels of the small copy. */
    private int asidePx;

    private int downPx;

    /** The last comparison found no reason to claim nothing. */
    private boolean compared;
    /** The gain at which the cells were last counted. */
    private float gain = 1;

    private int roomCells;
    private int goneCells;
    private int besideCells;
    private int hiddenCells;
    private int besideRows;
    private int hiddenRows;

    /** The candidate's face is in the picture. */
    void seen(DecodedImage image, PictureSight quality, FacesInFrame.Slot candidate, long nowNs) {
        MotionSight motion = quality.motion();
        cut |= quality.sceneCut();
        lostByCut = false;
        vanished = false;
        if (begun && nowNs - learntNs < LEARN_NS) {
            place(image, candidate);
            return;
        }
        if (isMoved(motion)) {
            moved = true;
            return;
        }
        boolean viewed = motion.view() == view;
        lost |= !viewed;
        boolean another = look(image, motion);
        place(image, candidate);
        if (!begun || another || !viewed && moved) {
            begin(nowNs);
        } else if (cut || !viewed) {
            count();
            if (cut && goneCells > ALL_GONE * roomCells) {
                begin(nowNs);
            }
            // A room that was not found for long may be behind a board beside which the face is still seen.
            lost &= viewed || goneCells > LOST_SHARE * roomCells;
        }
        view = motion.view();
        moved = false;
        cut = false;
        int stepMs = (int) Math.min(MOST_STEP_MS, (nowNs - learntNs) / 1_000_000);
        learntNs = nowNs;
        cells.learn(face, learntMs(), stepMs);
    }

    /** No face is in the picture; call it on every such frame, before anything is asked about it. */
    void unseen(PictureSight quality) {
        MotionSight motion = quality.motion();
        cut |= quality.sceneCut();
        lostByCut |= quality.sceneCut() && !vanished;
        vanished = true;
        if (motion.view() != view) {
            // A camera that was turned, and found where to, shows another part of the room. A room that was not
            // found may be behind something.
            begun &= !moved;
            view = motion.view();
            lost = true;
        }
        moved = isMoved(motion);
    }

    /** Compares a picture with what was learnt; what was found is told until the next comparison. */
    void compare(DecodedImage image, MotionSight motion) {
        roomCells = 0;
        goneCells = 0;
        besideCells = 0;
        hiddenCells = 0;
        besideRows = 0;
        hiddenRows = 0;
        compared = false;
        if (!begun || isMoved(motion)) {
            return;
        }
        if (look(image, motion)) {
            begun = false;
        } else {
            count();
            compared = true;
        }
    }

    /**
     * Whether all of a part of the picture compared last looks as it did while the candidate was seen elsewhere: nothing that
     * has come or gone since is there.
     *
     * @param scale pixels of the small copy to a pixel of the picture
     */
    boolean isRoom(double leftPx, double topPx, double rightPx, double bottomPx, double scale) {
        if (!compared || isAnotherRoom()) {
            return false;
        }
        int fromColumn = cell(leftPx * scale - asidePx, cells.columns);
        int toColumn = cell(rightPx * scale - asidePx, cells.columns);
        int fromRow = cell(topPx * scale - downPx, cells.rows);
        int toRow = cell(bottomPx * scale - downPx, cells.rows);
        int nowMs = learntMs();
        for (int row = fromRow; row <= toRow; row++) {
            for (int column = fromColumn; column <= toColumn; column++) {
                int cell = row * cells.columns + column;
                if (!cells.isRoom(cell, nowMs) || !cells.looksSame(cell, gain)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The cell at this pixel of the small copy, the nearest for one beyond its border. */
    private static int cell(double px, int count) {
        return Math.max(0, Math.min(count - 1, (int) Math.floor(px / RoomCells.CELL_PX)));
    }

    /**
     * Whether the room beside the place of the face, or enough of it, is hidden.
     *
     * @param large by something large enough to hide a body too
     */
    boolean isHiddenBesideFace(boolean large) {
        boolean small = large && hiddenRows < HIDDEN_ROWS_LARGE * besideRows;
        return besideCells >= LEAST_BESIDE_CELLS
                && !isAnotherRoom()
                && (isHidden(HIDDEN_AREA, small ? HIDDEN_SHARE_LARGE : HIDDEN_SHARE)
                        || isHidden(HIDDEN_AREA_NEAR, HIDDEN_SHARE_NEAR));
    }

    private boolean isHidden(double ofFace, double ofBeside) {
        return hiddenCells >= ofFace * face.area() && hiddenCells >= ofBeside * besideCells;
    }

    /** Whether about half of what is known of the room is gone. */
    boolean isMostlyGone() {
        return isKnown() && goneCells >= GONE_SHARE * roomCells && !isAnotherRoom();
    }

    private boolean isKnown() {
        return roomCells > 0 && roomCells >= LEAST_ROOM * cells.columns * cells.rows;
    }

    private boolean isAnotherRoom() {
        return lostByCut && isKnown() && goneCells > ALL_GONE * roomCells;
    }

    private boolean isMoved(MotionSight motion) {
        return !lost && Math.max(Math.abs(motion.shiftX()), Math.abs(motion.shiftY())) >= ViewWatch.MOVED_SHARE;
    }

    private void begin(long nowNs) {
        begun = true;
        lost = false;
        beginNs = nowNs;
        learntNs = nowNs;
        cells.begin();
    }

    private int learntMs() {
        return (int) ((learntNs - beginNs) / 1_000_000);
    }

    /** Looks at a picture, where a camera that was nudged shows the same room a little aside; true when all is new. */
    private boolean look(DecodedImage image, MotionSight motion) {
        int lastAsidePx = asidePx;
        int lastDownPx = downPx;
        int foundAsidePx = lost ? 0 : (int) Math.round(motion.shiftX() * image.smallWidth());
        int foundDownPx = lost ? 0 : (int) Math.round(motion.shiftY() * image.smallHeight());
        if (look(image, foundAsidePx, foundDownPx)) {
            return true;
        }
        // Somebody who goes takes so much of the picture along that the shift found may be off by half of a cell of the
        // view's, which moves every edge of the room out of its cell here.
        lookInstead(image, 0, 0);
        lookInstead(image, lastAsidePx, lastDownPx);
        return false;
    }

    private boolean look(DecodedImage image, int fromAsidePx, int fromDownPx) {
        asidePx = fromAsidePx;
        downPx = fromDownPx;
        return cells.look(image, asidePx, downPx);
    }

    /** Takes the room to stand elsewhere when less of it is gone so. */
    private void lookInstead(DecodedImage image, int otherAsidePx, int otherDownPx) {
        int thisAsidePx = asidePx;
        int thisDownPx = downPx;
        if (!begun || otherAsidePx == thisAsidePx && otherDownPx == thisDownPx) {
            return;
        }
        count();
        int gone = goneCells;
        if (gone <= FEW_SHARE * roomCells) {
            return;
        }
        look(image, otherAsidePx, otherDownPx);
        count();
        if (goneCells >= gone) {
            look(image, thisAsidePx, thisDownPx);
        }
    }

    private void place(DecodedImage image, FacesInFrame.Slot candidate) {
        face.take(
                candidate,
                (double) image.smallWidth() / image.widthPx() / RoomCells.CELL_PX,
                (double) asidePx / RoomCells.CELL_PX,
                (double) downPx / RoomCells.CELL_PX);
    }

    /** Counts the cells of the room, and those gone, at the gain that explains more of them: unchanged, or the room's median. */
    private void count() {
        int unchangedGone = count(1);
        if (unchangedGone > FEW_SHARE * roomCells && count(cells.medianGain(learntMs())) > unchangedGone) {
            count(1);
        }
    }

    private int count(float atGain) {
        gain = atGain;
        roomCells = 0;
        goneCells = 0;
        besideCells = 0;
        hiddenCells = 0;
        besideRows = 0;
        hiddenRows = 0;
        int nowMs = learntMs();
        for (int row = 0; row < cells.rows; row++) {
            int besideBefore = besideCells;
            int hiddenBefore = hiddenCells;
            for (int column = 0; column < cells.columns; column++) {
                int cell = row * cells.columns + column;
                if (!cells.isRoom(cell, nowMs)) {
                    continue;
                }
                int gone = cells.looksSame(cell, gain) ? 0 : 1;
                int beside = face.isBeside(column, row) ? 1 : 0;
                roomCells++;
                goneCells += gone;
                besideCells += beside;
                hiddenCells += gone * beside;
            }
            besideRows += besideCells > besideBefore ? 1 : 0;
            hiddenRows += hiddenCells > hiddenBefore ? 1 : 0;
        }
        return goneCells;
    }
}
