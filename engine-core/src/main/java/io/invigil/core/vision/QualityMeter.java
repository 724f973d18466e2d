package io.invigil.core.vision;

import io.invigil.api.CameraState;
import io.invigil.core.sight.PictureSight;
import java.util.Arrays;

/**
 * Measures what the camera delivers on a grey copy of at most 160 pixels, where the mean of many camera pixels stands in one:
 * sensor noise and coding errors shrink, and a small movement of a person still shows. For one thread at a time.
 */
final class QualityMeter {
    static final int GRID = 16;

    /** Below these a frame equals the one before: live cameras, even on empty rooms, stay above at least one of them. */
    private static final double UNCHANGED_MEAN = 0.03;

    private static final double UNCHANGED_PEAK = 0.28;
    /** A coder's key frame redraws a frozen picture once in a while with small errors everywhere and no shift of any block. */
    private static final double REFRESH_MEAN = 0.9;

    private static final double REFRESH_PEAK = 1.6;
    private static final double REFRESH_SHIFT = 0.8;
    private static final int REFRESH_APART_FRAMES = 4;

    private static final double SCENE_CUT_CORRELATION = 0.45;
    private static final double SCENE_CUT_CONTRAST = 8;
    /** Someone walking past a plain wall changes less than half of the picture. */
    private static final int SCENE_CUT_BLOCKS = GRID * GRID / 2;

    private static final double CHANGED_BLOCK = 8;

    private final double[] blockShift = new double[GRID * GRID];
    private final int[] blockPixels = new int[GRID * GRID];
    private final int[] histogram = new int[256];
    private final EdgeWidth edgeWidth = new EdgeWidth();
    private final CameraShift cameraShift = new CameraShift();
    private final CameraJudge judge = new CameraJudge();
    private final ViewWatch viewWatch = new ViewWatch();
    private final RepeatWatch repeatWatch = new RepeatWatch();
    private final ChangedCells changedCells = new ChangedCells();

    private double change;
    private double peakChange;
    private double peakShift;
    private double correlation;
    private int changedBlocks;

    /** Measures a picture against the session's last one, and remembers it. */
    void measure(DecodedImage image, long nowNs, QualityMemory memory, PictureSight into) {
        byte[] grey = image.smallGrey();
        int width = image.smallWidth();
        int height = image.smallHeight();
        double[] blockChange = image.blockChange();
        Arrays.fill(histogram, 0);
        for (byte value : grey) {
            histogram[value & 0xFF]++;
        }
        double brightness = 0;
        double squares = 0;
        for (int v = 0; v < 256; v++) {
            brightness += (double) v * histogram[v];
            squares += (double) v * v * histogram[v];
        }
        brightness /= grey.length;
        double contrast = Math.sqrt(Math.max(0, squares / grey.length - brightness * brightness));
        double detail = detail(grey, width, height);
        double steepness = edgeWidth.steepness(grey, width, height);
        boolean comparable = memory.hasPrevious && memory.previousWidth == width && memory.previousHeight == height;
        if (comparable) {
            compare(grey, memory.previous, width, height, blockChange);
            cameraShift.estimate(grey, memory.previous, width, height);
            image.cameraShift(cameraShift.x() * image.widthPx() / width, cameraShift.y() * image.heightPx() / height);
        } else {
            Arrays.fill(blockChange, 0);
            image.cameraShift(0, 0);
            change = 0;
            peakChange = 0;
            peakShift = 0;
            correlation = 1;
            changedBlocks = 0;
        }
        CameraState state = judge.state(
                histogram,
                grey.length,
                brightness,
                contrast,
                edgeWidth.strongest(),
                contrast < CameraJudge.COVERED_CONTRAST ? image.redness() : 1,
                steepness);
        boolean sceneCut = memory.hasPrevious
                && (!comparable
                        || contrast > SCENE_CUT_CONTRAST
                                && correlation < SCENE_CUT_CORRELATION
                                && changedBlocks > SCENE_CUT_BLOCKS);
        boolean unchanged = comparable && unchanged(memory, contrast);
        boolean sighted = state == CameraState.OK || state == CameraState.BLURRED;
        viewWatch.look(grey, width, height, nowNs, sighted, memory.view);
        long repeatsAfterNs = repeatWatch.look(grey, nowNs, sighted && !unchanged, memory.repeats);
        remember(grey, width, height, memory);
        into.set(
                state,
                Rounding.hundredths(brightness),
                Rounding.hundredths(contrast),
                Rounding.thousandths(detail / Math.max(1, contrast)));
        into.setChange(Rounding.thousandths(change), Rounding.thousandths(peakChange), unchanged, sceneCut);
        into.motion()
                .set(
                        memory.view.number,
                        Rounding.thousandths(memory.view.shiftX),
                        Rounding.thousandths(memory.view.shiftY),
                        repeatsAfterNs);
        if (comparable) {
            changedCells.write(blockChange, Math.hypot(cameraShift.x(), cameraShift.y()), into.motion());
        }
    }

    private static double detail(byte[] grey, int width, int height) {
        if (width < 3 || height < 3) {
            return 0;
        }
        long sum = 0;
        for (int y = 1; y < height - 1; y++) {
            int row = y * width;
            for (int x = 1; x < width - 1; x++) {
                int i = row + x;
                sum += Math.abs(4 * (grey[i] & 0xFF)
                        - (grey[i - 1] & 0xFF)
                        - (grey[i + 1] & 0xFF)
                        - (grey[i - width] & 0xFF)
                        - (grey[i + width] & 0xFF));
            }
        }
        return (double) sum / ((width - 2) * (height - 2));
    }

    private void compare(byte[] now, byte[] before, int width, int height, double[] blockChange) {
        Arrays.fill(blockChange, 0);
        Arrays.fill(blockShift, 0);
        Arrays.fill(blockPixels, 0);
        double sumNow = 0;
        double sumBefore = 0;
        double sumNowNow = 0;
        double sumBeforeBefore = 0;
        double sumProduct = 0;
        for (int y = 0; y < height; y++) {
            int blockRow = y * GRID / height * GRID;
            for (int x = 0; x < width; x++) {
                int a = now[y * width + x] & 0xFF;
                int b = before[y * width + x] & 0xFF;
                int block = blockRow + x * GRID / width;
                blockChange[block] += Math.abs(a - b);
                blockShift[block] += a - b;
                blockPixels[block]++;
                sumNow += a;
                sumBefore += b;
                sumNowNow += a * a;
                sumBeforeBefore += b * b;
                sumProduct += a * b;
            }
        }
        change = 0;
        peakChange = 0;
        peakShift = 0;
        changedBlocks = 0;
        for (int i = 0; i < GRID * GRID; i++) {
            change += blockChange[i];
            if (blockPixels[i] > 0) {
                blockChange[i] /= blockPixels[i];
                peakChange = Math.max(peakChange, blockChange[i]);
                changedBlocks += blockChange[i] > CHANGED_BLOCK ? 1 : 0;
                peakShift = Math.max(peakShift, Math.abs(blockShift[i] / blockPixels[i]));
            }
        }
        double n = now.length;
        change /= n;
        double varianceNow = sumNowNow - sumNow * sumNow / n;
        double varianceBefore = sumBeforeBefore - sumBefore * sumBefore / n;
        double floor = SCENE_CUT_CONTRAST * SCENE_CUT_CONTRAST * n;
        // Without structure in both pictures a correlation says nothing.
        correlation = varianceNow < floor || varianceBefore < floor
                ? 1
                : (sumProduct - sumNow * sumBefore / n) / Math.sqrt(varianceNow * varianceBefore);
    }

    private boolean unchanged(QualityMemory memory, double contrast) {
        memory.sinceRefresh++;
        boolean same = contrast > CameraJudge.NO_STRUCTURE && change < UNCHANGED_MEAN && peakChange < UNCHANGED_PEAK;
        boolean refresh = !same
                && memory.unchangedRun >= REFRESH_APART_FRAMES
                && memory.sinceRefresh >= REFRESH_APART_FRAMES
                && change < REFRESH_MEAN
                && peakChange < REFRESH_PEAK
                && peakShift < REFRESH_SHIFT;
        if (refresh) {
            memory.sinceRefresh = 0;
        }
        memory.unchangedRun = same || refresh ? memory.unchangedRun + 1 : 0;
        return same || refresh;
    }

    private static void remember(byte[] grey, int width, int height, QualityMemory memory) {
        if (memory.previous.length != grey.length) {
            memory.previous = new byte[grey.length];
        }
        System.arraycopy(grey, 0, memory.previous, 0, grey.length);
        memory.previousWidth = width;
        memory.previousHeight = height;
        memory.hasPrevious = true;
    }
}
