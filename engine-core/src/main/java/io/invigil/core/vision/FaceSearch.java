package io.invigil.core.vision;

import io.invigil.core.sight.PictureSight;

/** The squares the detector looks at: the whole picture, the picture from afar, tiles, and a close look at one place. */
final class FaceSearch {
    /** Detections below this are not looked at. */
    static final double MIN_SCORE = 0.35;
    /** A mesh flag below this is no face. */
    static final double WORTH_A_LOOK = 0.3;
    /** Mesh flag times close-look score from which on something may be a face and is looked at again on the next frame. */
    static final double POSSIBLE = 0.42;

    /** A close look's square over the face: sizes at which true faces score best and other things seldom both times. */
    private static final double[] CLOSE_LOOK_SCALES = {3.5, 2.5};

    private static final double CLOSE_LOOK_MIN_SCORE = 0.1;
    private static final double SAME_PLACE_IOU = 0.25;
    private static final double STILL_CHANGE = 1.0;
    private static final double STILL_PEAK = 6.0;
    private static final int TILES_WHEN_LOST = 3;
    /** Frames this far apart are too few for a search to be spread over them: the answer would be seconds late. */
    private static final long SELDOM_NS = 450_000_000L;

    private final FaceDetector detector;
    private final SearchTiles tiles = new SearchTiles();
    private final Detections found = new Detections();
    private final Detections close = new Detections();
    private final Detections place = new Detections();

    FaceSearch(FaceDetector detector) {
        this.detector = detector;
    }

    private int widthPx;
    private int heightPx;

    void cover(int newWidthPx, int newHeightPx) {
        widthPx = newWidthPx;
        heightPx = newHeightPx;
        tiles.cover(newWidthPx, newHeightPx);
    }

    /** Everything between a 15th of the picture and nearly all of it. */
    Detections whole(DecodedImage image) {
        found.clear();
        detector.detect(image, widthPx / 2.0, heightPx / 2.0, Math.max(widthPx, heightPx), MIN_SCORE, found);
        return found;
    }

    /** The picture at half size, for faces that fill it or reach beyond it. */
    Detections fromAfar(DecodedImage image) {
        return shrunk(image, 2);
    }

    /** The picture at a third of its size, where even the middle of a face may look like one. */
    Detections fromFurther(DecodedImage image) {
        return shrunk(image, 3);
    }

    private Detections shrunk(DecodedImage image, int divisor) {
        found.clear();
        double side = divisor * Math.max(widthPx, heightPx);
        detector.detect(image, widthPx / 2.0, heightPx / 2.0, side, MIN_SCORE, found);
        return found;
    }

    /** The session's next tiles in turn. */
    Detections tiles(DecodedImage image, FaceMemory memory, int count) {
        found.clear();
        for (int i = 0; i < count; i++) {
            tiles.select(memory.nextTile % tiles.count());
            memory.nextTile = (memory.nextTile + 1) % tiles.count();
            detector.detect(image, tiles.centerXPx(), tiles.centerYPx(), tiles.sidePx(), MIN_SCORE, found);
        }
        return found;
    }

    /**
     * All larger tiles at once on a session's first frame, and where frames come seldom on the first without a face; then some
     * in turn, fewer when all were done and nothing moves.
     *
     * @param gapNs how long ago the frame before was
     */
    int tilesForEmptyPicture(PictureSight quality, long gapNs, FaceMemory memory) {
        // A busy engine, whose searches are stretched, lacks the time for it.
        boolean seldom = gapNs >= SELDOM_NS && !memory.cadence.isStretched();
        if (!memory.started || quality.sceneCut() || seldom && memory.tilesSinceFace == 0) {
            memory.nextTile = 0;
            return tiles.coarseCount();
        }
        boolean still = quality.change() < STILL_CHANGE && quality.peakChange() < STILL_PEAK;
        return still && memory.tilesSinceFace >= tiles.count() ? 1 : TILES_WHEN_LOST;
    }

    /** Whether enough tiles were searched since a face was last seen to say that there is none. */
    boolean coversPicture(FaceMemory memory) {
        return memory.tilesSinceFace >= tiles.coarseCount();
    }

    /** Looks after which every tile has had its turn, when every other look is at a tile. */
    int looksForEveryTile() {
        return 2 * tiles.count();
    }

    /** The mean score of a detection when looked at again at the best size and somewhat larger. */
    double closeLook(DecodedImage image, Detections detections, int row) {
        place.clear();
        place.addFrom(detections, row);
        return meanCloseLook(image);
    }

    /** The mean score of a track's place when looked at closely. */
    double meanCloseLook(DecodedImage image, FaceTrack track) {
        aim(track);
        return meanCloseLook(image);
    }

    private double meanCloseLook(DecodedImage image) {
        double sum = 0;
        for (double scale : CLOSE_LOOK_SCALES) {
            int best = closeLook(image, scale);
            sum += best < 0 ? 0 : close.get(best, Detections.SCORE);
        }
        return sum / CLOSE_LOOK_SCALES.length;
    }

    /** Looks closely where a track was last; returns the row in {@link #closeDetections} or -1. */
    int closeLook(DecodedImage image, FaceTrack track) {
        aim(track);
        return closeLook(image, CLOSE_LOOK_SCALES[0]);
    }

    private void aim(FaceTrack track) {
        place.clear();
        int row = place.add();
        place.set(row, Detections.CENTER_X, track.centerXPx);
        place.set(row, Detections.CENTER_Y, track.centerYPx);
        place.set(row, Detections.WIDTH, track.widthPx);
        place.set(row, Detections.HEIGHT, track.heightPx);
    }

    Detections closeDetections() {
        return close;
    }

    private int closeLook(DecodedImage image, double scale) {
        close.clear();
        double size = Math.max(place.get(0, Detections.WIDTH), place.get(0, Detections.HEIGHT));
        detector.detect(
                image,
                place.get(0, Detections.CENTER_X),
                place.get(0, Detections.CENTER_Y),
                scale * size,
                CLOSE_LOOK_MIN_SCORE,
                close);
        int best = -1;
        for (int i = 0; i < close.count(); i++) {
            if (close.iou(i, place, 0) > SAME_PLACE_IOU
                    && (best < 0 || close.get(i, Detections.SCORE) > close.get(best, Detections.SCORE))) {
                best = i;
            }
        }
        return best;
    }
}
