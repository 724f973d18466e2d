package io.invigil.core.vision;

import java.util.Arrays;

/**
 * Whether a picture still shows what another one of the session showed, by their small grey copies. An even change of
 * brightness is none. One to a session, for one thread at a time; holds a copy of the grey picture, no natives.
 */
final class PictureChange {
    private static final int GRID = QualityMeter.GRID;

    /** Mean absolute change of a block, in grey values, from which it shows something else, and how many such blocks count. */
    private static final double CHANGED_BLOCK = 7;

    private static final int CHANGED_BLOCKS = 2;

    private byte[] kept = new byte[0];
    private int keptWidth;
    private int keptHeight;

    /**
     * Compares the small grey copy of a picture with the one kept last.
     *
     * @param image only read, but for its memory for sums
     * @return true as well when none is kept or the sizes differ
     */
    boolean isChanged(DecodedImage image) {
        byte[] grey = image.smallGrey();
        int width = image.smallWidth();
        int height = image.smallHeight();
        if (width != keptWidth || height != keptHeight) {
            return true;
        }
        int shift = 0;
        for (int i = 0; i < grey.length; i++) {
            shift += (grey[i] & 0xFF) - (kept[i] & 0xFF);
        }
        int even = Math.round((float) shift / grey.length);
        int[] sums = image.blockSums();
        int[] pixels = image.blockPixels();
        Arrays.fill(sums, 0);
        Arrays.fill(pixels, 0);
        for (int y = 0; y < height; y++) {
            int blockRow = y * GRID / height * GRID;
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                int block = blockRow + x * GRID / width;
                sums[block] += Math.abs((grey[i] & 0xFF) - (kept[i] & 0xFF) - even);
                pixels[block]++;
            }
        }
        int changed = 0;
        for (int i = 0; i < sums.length; i++) {
            changed += sums[i] > CHANGED_BLOCK * pixels[i] ? 1 : 0;
        }
        return changed >= CHANGED_BLOCKS;
    }

    /** Keeps a copy of a picture's small grey copy to compare the next ones with. */
    void keep(DecodedImage image) {
        byte[] grey = image.smallGrey();
        if (kept.length != grey.length) {
            kept = new byte[grey.length];
        }
        System.arraycopy(grey, 0, kept, 0, grey.length);
        keptWidth = image.smallWidth();
        keptHeight = image.smallHeight();
    }
}
