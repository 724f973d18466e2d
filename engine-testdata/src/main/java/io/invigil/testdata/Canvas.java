package io.invigil.testdata;

import java.util.Arrays;

/** An opaque picture (0xRRGGBB) with a depth buffer into which textured triangles are drawn. Not thread-safe. */
final class Canvas {
    final int width;
    final int height;
    final int[] rgb;
    /** One over the distance; larger is nearer, 0 is empty. */
    private final float[] nearness;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        rgb = new int[width * height];
        nearness = new float[width * height];
    }

    void clearDepth() {
        Arrays.fill(nearness, 0);
    }

    /**
     * Draws one triangle, either side out. Vertex arrays hold x, y in px, nearness, u, v for each vertex.
     *
     * @param a first vertex number
     * @param b second vertex number
     * @param c third vertex number
     */
    void triangle(float[] vertices, int a, int b, int c, Texture texture, int level) {
        int ia = a * 5;
        int ib = b * 5;
        int ic = c * 5;
        float ax = vertices[ia];
        float ay = vertices[ia + 1];
        float bx = vertices[ib];
        float by = vertices[ib + 1];
        float cx = vertices[ic];
        float cy = vertices[ic + 1];
        float area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
        if (Math.abs(area) < 1e-6f) {
            return;
        }
        int top = Math.max(0, (int) Math.floor(Math.min(ay, Math.min(by, cy)) - 0.5f));
        int bottom = Math.min(height - 1, (int) Math.ceil(Math.max(ay, Math.max(by, cy))));
        int left = Math.max(0, (int) Math.floor(Math.min(ax, Math.min(bx, cx)) - 0.5f));
        int right = Math.min(width - 1, (int) Math.ceil(Math.max(ax, Math.max(bx, cx))));
        float inverse = 1 / area;
        float stepB = (cy - ay) * inverse;
        float stepC = -(by - ay) * inverse;
        // A hair of slack, so that rounding leaves no pinholes between neighbours.
        float slack = -1e-4f;
        for (int y = top; y <= bottom; y++) {
            float py = y + 0.5f;
            float px = left + 0.5f;
            float rowB = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) * inverse;
            float rowC = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) * inverse;
            int from =
                    Math.max(first(rowB, stepB), Math.max(first(rowC, stepC), first(1 - rowB - rowC, -stepB - stepC)));
            int to = Math.min(
                    right - left,
                    Math.min(last(rowB, stepB), Math.min(last(rowC, stepC), last(1 - rowB - rowC, -stepB - stepC))));
            for (int i = from; i <= to; i++) {
                int x = left + i;
                float wb = rowB + i * stepB;
                float wc = rowC + i * stepC;
                float wa = 1 - wb - wc;
                if (wa >= slack && wb >= slack && wc >= slack) {
                    float near = wa * vertices[ia + 2] + wb * vertices[ib + 2] + wc * vertices[ic + 2];
                    int at = y * width + x;
                    if (near > nearness[at]) {
                        float u = wa * vertices[ia + 3] + wb * vertices[ib + 3] + wc * vertices[ic + 3];
                        float v = wa * vertices[ia + 4] + wb * vertices[ib + 4] + wc * vertices[ic + 4];
                        int colour = texture.sample(u, v, level);
                        if (colour >>> 24 >= 128) {
                            nearness[at] = near;
                        }
                        rgb[at] = over(rgb[at], colour);
                    }
                }
            }
        }
    }

    /** First step at which a weight may be inside, with one to spare; the exact test follows. */
    private static int first(float weight, float step) {
        return step > 0 && weight < 0 ? Math.max(0, (int) Math.min(1e6f, -weight / step) - 1) : 0;
    }

    /** Last step at which a weight may be inside, with one to spare. */
    private static int last(float weight, float step) {
        if (step >= 0) {
            return Integer.MAX_VALUE;
        }
        return weight < 0 ? 1 : (int) Math.min(1e6f, weight / -step) + 2;
    }

    /** A premultiplied colour over an opaque one. */
    static int over(int below, int premultiplied) {
        int alpha = premultiplied >>> 24;
        if (alpha == 0) {
            return below;
        }
        if (alpha == 255) {
            return premultiplied & 0xffffff;
        }
        int keep = 256 - alpha - (alpha >> 7);
        int rb = (premultiplied & 0xff00ff) + (((below & 0xff00ff) * keep >>> 8) & 0xff00ff);
        int g = (premultiplied & 0xff00) + (((below & 0xff00) * keep >>> 8) & 0xff00);
        return rb & 0xff00ff | g & 0xff00;
    }
}
