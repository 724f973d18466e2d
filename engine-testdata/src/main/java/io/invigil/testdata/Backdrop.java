package io.invigil.testdata;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/** A plain room drawn by program: wall, window, shelf with jars, a plant; slightly out of focus, no faces, no books. */
final class Backdrop {
    private Backdrop() {}

    /** Opaque pixels 0xRRGGBB, row by row. */
    static int[] room(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(width / 640.0, height / 480.0);
        g.setPaint(new GradientPaint(0, 0, new Color(206, 202, 190), 640, 330, new Color(158, 155, 148)));
        g.fill(new Rectangle2D.Double(0, 0, 640, 480));
        g.setPaint(new GradientPaint(0, 400, new Color(120, 108, 94), 0, 480, new Color(88, 78, 68)));
        g.fill(new Rectangle2D.Double(0, 404, 640, 76));
        g.setColor(new Color(222, 220, 214));
        g.fill(new Rectangle2D.Double(0, 394, 640, 10));
        window(g);
        shelf(g);
        plant(g);
        g.dispose();
        int[] pixels = new int[width * height];
        image.getRGB(0, 0, width, height, pixels, 0, width);
        int radius = Math.max(1, width / 320);
        int[] other = new int[pixels.length];
        for (int pass = 0; pass < 2; pass++) {
            blurRows(pixels, other, width, height, radius);
            blurRows(other, pixels, height, width, radius);
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= 0xffffff;
        }
        return pixels;
    }

    private static void window(Graphics2D g) {
        g.setColor(new Color(236, 234, 228));
        g.fill(new Rectangle2D.Double(28, 40, 138, 200));
        g.setPaint(new GradientPaint(0, 46, new Color(196, 216, 236), 0, 234, new Color(226, 230, 220)));
        g.fill(new Rectangle2D.Double(36, 48, 58, 184));
        g.fill(new Rectangle2D.Double(100, 48, 58, 184));
        g.setColor(new Color(150, 172, 140));
        g.fill(new Rectangle2D.Double(36, 200, 58, 32));
        g.fill(new Rectangle2D.Double(100, 206, 58, 26));
        g.setPaint(new GradientPaint(0, 0, new Color(172, 160, 142), 30, 0, new Color(190, 178, 160), true));
        g.fill(new Rectangle2D.Double(0, 26, 30, 270));
        g.setColor(new Color(238, 236, 230));
        g.fill(new Rectangle2D.Double(20, 238, 154, 9));
    }

    private static void shelf(Graphics2D g) {
        g.setColor(new Color(128, 98, 70));
        g.fill(new Rectangle2D.Double(470, 150, 170, 11));
        g.setColor(new Color(104, 78, 56));
        g.fill(new Rectangle2D.Double(470, 158, 170, 4));
        Color[] glaze = {
            new Color(92, 118, 128), new Color(176, 146, 112), new Color(140, 92, 82), new Color(200, 196, 184)
        };
        double[] wide = {34, 26, 40, 28};
        double[] high = {44, 62, 36, 50};
        double x = 484;
        for (int i = 0; i < glaze.length; i++) {
            double top = 150 - high[i];
            g.setPaint(new GradientPaint((float) x, 0, glaze[i], (float) (x + wide[i]), 0, glaze[i].darker(), false));
            g.fill(new RoundRectangle2D.Double(x, top, wide[i], high[i], 14, 16));
            g.setColor(glaze[i].darker().darker());
            g.fill(new Ellipse2D.Double(x + 4, top, wide[i] - 8, 7));
            x += wide[i] + 8;
        }
    }

    private static void plant(Graphics2D g) {
        g.setStroke(new BasicStroke(3));
        for (int i = 0; i < 9; i++) {
            double lean = (i - 4) * 13;
            double tipX = 592 + lean * 1.4;
            double tipY = 300 - 8 * (4 - Math.abs(i - 4)) - (i % 2) * 14;
            Path2D leaf = new Path2D.Double();
            leaf.moveTo(590, 372);
            leaf.quadTo(590 + lean * 0.4, 330, tipX, tipY);
            leaf.quadTo(598 + lean * 0.7, 336, 590, 372);
            g.setColor(new Color(58 + 7 * (i % 3), 96 + 9 * (i % 4), 60));
            g.fill(leaf);
            g.draw(leaf);
        }
        g.setPaint(new GradientPaint(560, 0, new Color(178, 112, 84), 622, 0, new Color(120, 74, 56)));
        g.fill(new Rectangle2D.Double(564, 366, 54, 40));
    }

    /** Means over a window along rows, written transposed, so that two calls blur both ways. */
    private static void blurRows(int[] from, int[] to, int width, int height, int radius) {
        int n = 2 * radius + 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int r = 0;
                int g = 0;
                int b = 0;
                for (int d = -radius; d <= radius; d++) {
                    int c = from[y * width + Math.max(0, Math.min(width - 1, x + d))];
                    r += c >> 16 & 255;
                    g += c >> 8 & 255;
                    b += c & 255;
                }
                to[x * height + y] = r / n << 16 | g / n << 8 | b / n;
            }
        }
    }
}
