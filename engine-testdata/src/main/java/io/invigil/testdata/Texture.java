package io.invigil.testdata;

import java.awt.image.BufferedImage;

/**
 * Pixels with premultiplied alpha (0xAARRGGBB) and their halved copies. Sampling outside is transparent, except below
 * the last row, which repeats it: a body goes on under the picture's edge.
 */
final class Texture {
    private static final int LEVELS = 4;
    private final int[][] pixels = new int[LEVELS][];
    private final int[] widths = new int[LEVELS];
    private final int[] heights = new int[LEVELS];

    Texture(int width, int height, int[] premultiplied) {
        pixels[0] = premultiplied;
        widths[0] = width;
        heights[0] = height;
        for (int i = 1; i < LEVELS; i++) {
            widths[i] = (widths[i - 1] + 1) / 2;
            heights[i] = (heights[i - 1] + 1) / 2;
            pixels[i] = new int[widths[i] * heights[i]];
        }
        refresh(0, 0, width, height);
    }

    static Texture of(BufferedImage image) {
        BufferedImage pre = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB_PRE);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                pre.setRGB(x, y, image.getRGB(x, y));
            }
        }
        int[] data = new int[image.getWidth() * image.getHeight()];
        pre.getRaster().getDataElements(0, 0, image.getWidth(), image.getHeight(), data);
        return new Texture(image.getWidth(), image.getHeight(), data);
    }

    int width() {
        return widths[0];
    }

    int height() {
        return heights[0];
    }

    int get(int x, int y) {
        return pixels[0][y * widths[0] + x];
    }

    void set(int x, int y, int value) {
        pixels[0][y * widths[0] + x] = value;
    }

    Texture copy() {
        return new Texture(widths[0], heights[0], pixels[0].clone());
    }

    /** Makes the halved copies anew within a rectangle of the full picture. */
    void refresh(int left, int top, int right, int bottom) {
        for (int l = 1; l < LEVELS; l++) {
            int w = widths[l - 1];
            int h = heights[l - 1];
            for (int y = top >> l; y <= Math.min(heights[l] - 1, bottom >> l); y++) {
                for (int x = left >> l; x <= Math.min(widths[l] - 1, right >> l); x++) {
                    int x1 = Math.min(w - 1, 2 * x + 1);
                    int y1 = Math.min(h - 1, 2 * y + 1);
                    int[] p = pixels[l - 1];
                    pixels[l][y * widths[l] + x] =
                            mean(p[2 * y * w + 2 * x], p[2 * y * w + x1], p[y1 * w + 2 * x], p[y1 * w + x1]);
                }
            }
        }
    }

    private static int mean(int a, int b, int c, int d) {
        int r = 0;
        for (int s = 0; s < 32; s += 8) {
            r |= ((((a >>> s) & 255) + ((b >>> s) & 255) + ((c >>> s) & 255) + ((d >>> s) & 255) + 2) >> 2) << s;
        }
        return r;
    }

    /** Level whose pixels are nearest to one output pixel when an output pixel covers this many texture pixels. */
    static int level(double texelsPerPixel) {
        int level = 0;
        for (double t = texelsPerPixel; t > 1.5 && level < LEVELS - 1; t /= 2) {
            level++;
        }
        return level;
    }

    /** Bilinear sample; u and v in px of the full picture, pixel centres at .5. */
    int sample(float u, float v, int level) {
        int w = widths[level];
        int h = heights[level];
        float scale = 1f / (1 << level);
        float x = u * scale - 0.5f;
        float y = Math.min(v * scale - 0.5f, h - 1.001f);
        if (x < -1 || y < -1 || x >= w) {
            return 0;
        }
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        int fx = (int) ((x - x0) * 256);
        int fy = (int) ((y - y0) * 256);
        int a = texel(x0, y0, w, h, level);
        int b = texel(x0 + 1, y0, w, h, level);
        int c = texel(x0, y0 + 1, w, h, level);
        int d = texel(x0 + 1, y0 + 1, w, h, level);
        return mix(mix(a, b, fx), mix(c, d, fx), fy);
    }

    private int texel(int x, int y, int w, int h, int level) {
        return x < 0 || y < 0 || x >= w || y >= h ? 0 : pixels[level][y * w + x];
    }

    /** Two channels at a time; share of b in 1/256. */
    static int mix(int a, int b, int share) {
        int keep = 256 - share;
        int low = ((a & 0xff00ff) * keep + (b & 0xff00ff) * share) >>> 8 & 0xff00ff;
        int high = ((a >>> 8 & 0xff00ff) * keep + (b >>> 8 & 0xff00ff) * share) & 0xff00ff00;
        return low | high;
    }
}
