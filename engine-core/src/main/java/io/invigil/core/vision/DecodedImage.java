package io.invigil.core.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * One upright picture: full-size BGR, its halves (each the exact 2x2 mean of the one before, which is cheap and free of
 * aliasing), and a small grey copy. Headers and buffers are kept from frame to frame and made anew when the size changes.
 */
final class DecodedImage implements AutoCloseable {
    /** The longer side of the smallest half is above this and at most twice this. */
    private static final int SMALLEST_LEVEL_PX = 160;

    private static final int MAX_LEVELS = 8;

    private static final int BACKLIT_DARK = 35;
    private static final double BACKLIT_DARK_SHARE = 0.15;
    private static final int BACKLIT_GLARING = 225;
    private static final double BACKLIT_GLARING_SHARE = 0.2;

    private final Mat upright = new Mat();
    private final Mat[] levels = new Mat[MAX_LEVELS];
    private final Mat[] evenViews = new Mat[MAX_LEVELS];
    private final Size[] sizes = new Size[MAX_LEVELS];
    private final Mat smallBgr = new Mat();
    private final Mat smallGrey = new Mat();
    private final Size smallSize = new Size(1, 1);
    private BytePointer smallBytes = new BytePointer();
    private byte[] small = new byte[0];
    private final int[] blockSums = new int[QualityMeter.GRID * QualityMeter.GRID];
    private final int[] blockPixels = new int[QualityMeter.GRID * QualityMeter.GRID];
    private float[] cellLevels = new float[0];
    private float[] cellRoughness = new float[0];
    private final double[] blockChange = new double[QualityMeter.GRID * QualityMeter.GRID];
    private double cameraShiftXPx;
    private double cameraShiftYPx;
    private int levelCount;
    private long address;
    private int width;
    private int height;

    /** The full-size matrix; whoever decodes writes here and then calls {@link #refresh}. */
    Mat upright() {
        return upright;
    }

    int widthPx() {
        return width;
    }

    int heightPx() {
        return height;
    }

    /** A number from 0 to {@code n - 1}, drawn as {@link #draw(Draw)} is and growing with it. */
    int draw(int n, Draw purpose) {
        return (int) (n * draw(purpose));
    }

    /**
     * A number from 0 to less than 1 drawn from the picture's noise: the same for the same picture, another for the pictures of
     * other sessions, and for other purposes. The bits are mixed as at the end of MurmurHash3 (Austin Appleby, public domain).
     */
    double draw(Draw purpose) {
        int bits = Arrays.hashCode(small) + purpose.ordinal();
        bits = (bits ^ bits >>> 16) * 0x85ebca6b;
        bits = (bits ^ bits >>> 13) * 0xc2b2ae35;
        bits ^= bits >>> 16;
        return (bits >>> 1) / 0x1p31;
    }

    /** What is drawn for. */
    enum Draw {
        FACES,
        PRESENCE
    }

    /** Recomputes halves and grey copy after the full-size picture changed. */
    void refresh() {
        if (upright.cols() != width || upright.rows() != height || isMoved()) {
            rebuild();
        }
        for (int i = 1; i < levelCount; i++) {
            resize(evenViews[i] == null ? levels[i - 1] : evenViews[i], levels[i], sizes[i], 0, 0, INTER_AREA);
        }
        // Between 1x and 2x bilinear sampling skips no pixel, and it is far cheaper than a fractional area mean.
        resize(levels[levelCount - 1], smallBgr, smallSize, 0, 0, INTER_LINEAR);
        cvtColor(smallBgr, smallGrey, COLOR_BGR2GRAY);
        smallBytes.position(0).get(small);
    }

    /** Whether a view into the full-size picture would look at memory that is no longer the picture's. */
    private boolean isMoved() {
        return evenViews[1] != null && upright.data().address() != address;
    }

    /** The coarsest half whose pixels are not larger than this many full-size pixels; level 0 is the full picture. */
    int levelFor(double fullPixelsPerSample) {
        int level = 0;
        while (level + 1 < levelCount && (2 << level) <= fullPixelsPerSample) {
            level++;
        }
        return level;
    }

    /** A level; a pixel (x, y) of it is the mean of the full-size pixels from (x, y) << level on. */
    Mat level(int level) {
        return levels[level];
    }

    /** The small grey copy, row after row, unsigned bytes; longer side at most 160. Valid until the next refresh. */
    byte[] smallGrey() {
        return small;
    }

    /** Memory for sums over the blocks of {@link QualityMeter}, for the presence step; its content is anybody's. */
    int[] blockSums() {
        return blockSums;
    }

    /** As {@link #blockSums}, a second time. */
    int[] blockPixels() {
        return blockPixels;
    }

    /** Memory for what the last step works out of the small copy's cells in this frame, at least so many; its content is anybody's. */
    float[] cellLevels(int cells) {
        if (cellLevels.length < cells) {
            cellLevels = new float[cells];
        }
        return cellLevels;
    }

    /** As {@link #cellLevels}, a second time. */
    float[] cellRoughness(int cells) {
        if (cellRoughness.length < cells) {
            cellRoughness = new float[cells];
        }
        return cellRoughness;
    }

    /** Mean absolute change of each block since the session's last frame, as {@link QualityMeter} measured it. */
    double[] blockChange() {
        return blockChange;
    }

    /** How far the whole picture moved to the right since the session's last frame. */
    double cameraShiftXPx() {
        return cameraShiftXPx;
    }

    /** How far the whole picture moved down since the session's last frame. */
    double cameraShiftYPx() {
        return cameraShiftYPx;
    }

    void cameraShift(double xPx, double yPx) {
        cameraShiftXPx = xPx;
        cameraShiftYPx = yPx;
    }

    /** Whether much of the picture is deep shadow while much of it is glaring: what stands before the light is a silhouette. */
    boolean backlit() {
        int dark = 0;
        int glaring = 0;
        for (byte value : small) {
            int v = value & 0xFF;
            dark += v < BACKLIT_DARK ? 1 : 0;
            glaring += v > BACKLIT_GLARING ? 1 : 0;
        }
        return dark > BACKLIT_DARK_SHARE * small.length && glaring > BACKLIT_GLARING_SHARE * small.length;
    }

    /** Mean red over the mean of green and blue, of the small copy; above 1 for reddish pictures. */
    double redness() {
        try (Scalar means = mean(smallBgr)) {
            return (means.get(2) + 1) / ((means.get(0) + means.get(1)) / 2 + 1);
        }
    }

    int smallWidth() {
        return smallSize.width();
    }

    int smallHeight() {
        return smallSize.height();
    }

    private void rebuild() {
        closeLevels();
        // The size comes last: where an allocation fails the next frame has to start over, not to use what is half
        // made.
        width = 0;
        height = 0;
        levels[0] = upright;
        levelCount = 1;
        int levelWidth = upright.cols();
        int levelHeight = upright.rows();
        while (levelCount < MAX_LEVELS
                && Math.max(levelWidth, levelHeight) > 2 * SMALLEST_LEVEL_PX
                && Math.min(levelWidth, levelHeight) >= 4) {
            int i = levelCount;
            levelWidth /= 2;
            levelHeight /= 2;
            evenViews[i] = evenView(levels[i - 1], 2 * levelWidth, 2 * levelHeight);
            sizes[i] = new Size(levelWidth, levelHeight);
            levels[i] = new Mat(levelHeight, levelWidth, CV_8UC3);
            levelCount++;
        }
        double scale = Math.min(1.0, (double) SMALLEST_LEVEL_PX / Math.max(levelWidth, levelHeight));
        smallSize.width(Math.max(1, (int) (levelWidth * scale))).height(Math.max(1, (int) (levelHeight * scale)));
        smallGrey.create(smallSize.height(), smallSize.width(), CV_8UC1);
        small = new byte[smallSize.width() * smallSize.height()];
        smallBytes.close();
        smallBytes = smallGrey.data().capacity(small.length);
        address = upright.data().address();
        width = upright.cols();
        height = upright.rows();
    }

    /** A level less its last row or column; null where there is none too many. */
    private static Mat evenView(Mat level, int evenWidth, int evenHeight) {
        if (level.cols() == evenWidth && level.rows() == evenHeight) {
            return null;
        }
        try (Rect even = new Rect(0, 0, evenWidth, evenHeight)) {
            return new Mat(level, even);
        }
    }

    private void closeLevels() {
        for (int i = 1; i < MAX_LEVELS; i++) { // All of them: the last may be half made.
            close(evenViews[i]);
            close(sizes[i]);
            close(levels[i]);
            evenViews[i] = null;
            sizes[i] = null;
            levels[i] = null;
        }
        levelCount = 0;
    }

    private static void close(Pointer made) {
        if (made != null) {
            made.close();
        }
    }

    @Override
    public void close() {
        closeLevels();
        smallSize.close();
        smallBytes.close();
        smallBgr.close();
        smallGrey.close();
        upright.close();
        width = 0;
        height = 0;
    }
}
