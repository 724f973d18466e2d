package io.invigil.testdata;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/** A phone in a hand, drawn by program: a dark slab with a lit screen of icons, held from behind by four fingers. */
final class PhoneSprite {
    static final int WIDTH = 480;
    static final int HEIGHT = 1400;
    /** Body of the phone inside the sprite, px; the arm hangs below it. */
    static final double BODY_X = 70;

    static final double BODY_Y = 20;
    static final double BODY_WIDTH = 220;
    static final double BODY_HEIGHT = 440;

    private PhoneSprite() {}

    static Texture draw() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        palm(g);
        body(g);
        screen(g);
        fingers(g);
        g.dispose();
        return Texture.of(image);
    }

    private static void palm(Graphics2D g) {
        g.setPaint(new GradientPaint(140, 0, new Color(30, 30, 34), 420, 0, new Color(52, 52, 58)));
        Path2D sleeve = new Path2D.Double();
        sleeve.moveTo(112, 560);
        sleeve.quadTo(196, 530, 286, 556);
        sleeve.lineTo(480, 1400);
        sleeve.lineTo(180, 1400);
        sleeve.closePath();
        g.fill(sleeve);
        g.setPaint(new GradientPaint(90, 330, new Color(206, 150, 122), 320, 560, new Color(150, 98, 76)));
        g.fill(new RoundRectangle2D.Double(84, 320, 226, 210, 110, 110));
        g.fill(new RoundRectangle2D.Double(118, 400, 164, 160, 60, 60));
    }

    private static void body(Graphics2D g) {
        g.setColor(new Color(34, 35, 38));
        g.fill(new RoundRectangle2D.Double(BODY_X, BODY_Y, BODY_WIDTH, BODY_HEIGHT, 46, 46));
        g.setPaint(new GradientPaint(
                (float) BODY_X, 0, new Color(120, 122, 128), (float) (BODY_X + BODY_WIDTH), 0, new Color(52, 53, 58)));
        g.draw(new RoundRectangle2D.Double(BODY_X + 1, BODY_Y + 1, BODY_WIDTH - 2, BODY_HEIGHT - 2, 45, 45));
        g.draw(new RoundRectangle2D.Double(BODY_X + 2, BODY_Y + 2, BODY_WIDTH - 4, BODY_HEIGHT - 4, 44, 44));
    }

    private static void screen(Graphics2D g) {
        double x = BODY_X + 10;
        double y = BODY_Y + 12;
        double w = BODY_WIDTH - 20;
        double h = BODY_HEIGHT - 24;
        g.setPaint(new GradientPaint(
                (float) x,
                (float) y,
                new Color(64, 110, 190),
                (float) (x + w),
                (float) (y + h),
                new Color(150, 190, 226)));
        g.fill(new RoundRectangle2D.Double(x, y, w, h, 34, 34));
        g.setColor(new Color(20, 21, 24));
        g.fill(new RoundRectangle2D.Double(x + w / 2 - 30, y + 6, 60, 13, 13, 13));
        Color[] icons = {
            new Color(240, 240, 244), new Color(88, 200, 108), new Color(250, 190, 60), new Color(232, 84, 72),
            new Color(70, 76, 92), new Color(120, 92, 220), new Color(250, 250, 250), new Color(54, 170, 220)
        };
        int n = 0;
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 4; column++) {
                double top = row == 5 ? y + h - 54 : y + 40 + row * 56;
                g.setColor(icons[(n * 5 + row) % icons.length]);
                g.fill(new RoundRectangle2D.Double(x + 13 + column * 46, top, 34, 34, 12, 12));
                n++;
            }
        }
        g.setPaint(new GradientPaint(
                (float) x,
                (float) y,
                new Color(255, 255, 255, 70),
                (float) (x + 0.6 * w),
                (float) (y + 0.4 * h),
                new Color(255, 255, 255, 0)));
        g.fill(new RoundRectangle2D.Double(x, y, w, h, 34, 34));
    }

    private static void fingers(Graphics2D g) {
        for (int i = 0; i < 4; i++) {
            finger(g, 300, 262 + i * 52, 74, -14 + 3 * i);
        }
        finger(g, 62, 330, 118, -62);
    }

    /** A rounded finger tip pointing left from its root, turned by some degrees. */
    private static void finger(Graphics2D g, double x, double y, double length, double degrees) {
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        g.rotate(StrictMath.toRadians(degrees));
        g.setPaint(new GradientPaint(0, -22, new Color(228, 176, 148), 0, 24, new Color(158, 102, 80)));
        g.fill(new RoundRectangle2D.Double(-length / 2, -21, length, 42, 42, 42));
        g.setColor(new Color(238, 204, 184));
        g.fill(new Ellipse2D.Double(-length / 2 + 4, -9, 20, 18));
        g.setTransform(before);
    }
}
