package io.invigil.core.vision;

import java.util.List;

/** Tells where the picture moves: outside the followed faces, and how much a face moves by itself. */
final class MotionWatch {
    private static final double MOVING_BLOCK = 10;
    private static final int MOVING_BLOCKS = 2;
    /** Above what the noise of a webcam does to a block, below what a person in poor light does. */
    private static final double STIRRING_BLOCK = 5;

    /** Shoulders and arms belong to the face above them. */
    private static final double BODY_WIDTHS = 1.6;

    /** Whether blocks change that belong to no followed face or the body below it. */
    boolean movesOutside(DecodedImage image, List<FaceTrack> tracks) {
        return changesOutside(image, tracks, MOVING_BLOCK, MOVING_BLOCKS);
    }

    /** Whether anything at all may be moving there. */
    boolean stirsOutside(DecodedImage image, List<FaceTrack> tracks) {
        return changesOutside(image, tracks, STIRRING_BLOCK, 1);
    }

    private static boolean changesOutside(DecodedImage image, List<FaceTrack> tracks, double change, int blocks) {
        int moving = 0;
        for (int row = 0; row < QualityMeter.GRID; row++) {
            double y = (row + 0.5) * image.heightPx() / QualityMeter.GRID;
            for (int column = 0; column < QualityMeter.GRID; column++) {
                if (image.blockChange()[row * QualityMeter.GRID + column] < change) {
                    continue;
                }
                double x = (column + 0.5) * image.widthPx() / QualityMeter.GRID;
                if (!belongsToAny(x, y, tracks) && ++moving >= blocks) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean belongsToAny(double x, double y, List<FaceTrack> tracks) {
        for (int i = 0; i < tracks.size(); i++) {
            FaceTrack track = tracks.get(i);
            if (track.live
                    && Math.abs(x - track.centerXPx) < BODY_WIDTHS * track.widthPx
                    && y > track.centerYPx - 1.2 * track.heightPx) {
                return true;
            }
        }
        return false;
    }

    /** Mean way of the mesh points beyond the camera's own, in per mille of the face's width. */
    static double motion(FaceShape before, FaceShape now, DecodedImage image) {
        double sum = 0;
        for (int i = 0; i < FaceMesh.POINTS; i++) {
            double dx = now.x(i) - before.x(i) - image.cameraShiftXPx();
            double dy = now.y(i) - before.y(i) - image.cameraShiftYPx();
            sum += Math.sqrt(dx * dx + dy * dy);
        }
        return 1000 * sum / FaceMesh.POINTS / Math.max(1, now.widthPx());
    }
}
