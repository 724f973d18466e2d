package io.invigil.core.vision;

import java.util.Arrays;

/**
 * How steep the strongest edges of a small grey picture are: the change over 2 pixels relative to the change over 8, each at
 * the strength that 1 in 200 places exceeds. About 1 for sharp edges, 0.25 for ramps wider than 8 pixels. Strong edges stand
 * far above sensor noise, which fools measures of mean detail. For one thread at a time.
 */
final class EdgeWidth {
    private static final int NEAR = 1;
    private static final int FAR = 4;
    private static final int ONE_IN = 200;

    private final int[] near = new int[256];
    private final int[] far = new int[256];
    private int strongest;

    /** The steepness, 0 to about 1; 1 for pictures too small to tell. */
    double steepness(byte[] grey, int width, int height) {
        Arrays.fill(near, 0);
        Arrays.fill(far, 0);
        int places = 0;
        for (int y = FAR; y < height - FAR; y++) {
            for (int x = FAR; x < width - FAR; x++) {
                int i = y * width + x;
                near[difference(grey, i - NEAR, i + NEAR)]++;
                near[difference(grey, i - NEAR * width, i + NEAR * width)]++;
                far[difference(grey, i - FAR, i + FAR)]++;
                far[difference(grey, i - FAR * width, i + FAR * width)]++;
                places += 2;
            }
        }
        int strongFar = exceededByFew(far, places);
        strongest = exceededByFew(near, places);
        return strongFar == 0 ? 1 : (double) strongest / strongFar;
    }

    /** The change over 2 pixels that 1 in 200 places exceeds, in the picture measured last, 0 to 255. */
    int strongest() {
        return strongest;
    }

    private static int difference(byte[] grey, int a, int b) {
        return Math.abs((grey[a] & 0xFF) - (grey[b] & 0xFF));
    }

    private static int exceededByFew(int[] counts, int places) {
        int above = 0;
        for (int v = 255; v > 0; v--) {
            above += counts[v];
            if (above * ONE_IN >= places) {
                return v;
            }
        }
        return 0;
    }
}
