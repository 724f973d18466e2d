package io.invigil.testdata;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws scenes as a webcam would deliver them. The same scene and noise seed give the same bytes. Reuses its buffers:
 * not thread-safe, one renderer to a thread; the pictures returned are the caller's own.
 */
public final class SceneRenderer {
    private static final int NOISE_SIZE = 1 << 16;
    private final CameraModel camera;
    private final int[] room;
    private final Canvas canvas;
    private final Map<Portrait, ActorPainter> actors = new EnumMap<>(Portrait.class);
    private final Texture phone = PhoneSprite.draw();
    private final float[] quad = new float[20];
    /** Standard normal deviates, in 1/256. */
    private final short[] noise = new short[NOISE_SIZE + 4096];

    private final double noiseLevels;

    /**
     * @param camera the camera
     * @param noiseLevels standard deviation of the sensor's noise in levels of 0..255; 0 for none
     */
    public SceneRenderer(CameraModel camera, double noiseLevels) {
        if (camera.width() < 64 || camera.height() < 64 || camera.width() > 4096 || camera.height() > 4096) {
            throw new IllegalArgumentException(
                    "size " + camera.width() + "x" + camera.height() + " must lie in 64..4096 both ways");
        }
        if (!(noiseLevels >= 0 && noiseLevels <= 40)) {
            throw new IllegalArgumentException("noiseLevels " + noiseLevels + " must lie in 0..40");
        }
        this.camera = camera;
        this.noiseLevels = noiseLevels;
        room = Backdrop.room(camera.width(), camera.height());
        canvas = new Canvas(camera.width(), camera.height());
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < noise.length; i++) {
            // Twelve uniform numbers are near enough to a normal one, and need no logarithm.
            double sum = -6;
            for (int k = 0; k < 12; k++) {
                sum += random.nextDouble();
            }
            noise[i] = (short) Math.round(256 * sum);
        }
    }

    /**
     * Draws a scene.
     *
     * @param scene what is seen
     * @param timestampNs media time given to the picture
     * @param noiseSeed seed of the sensor's noise
     * @return a new picture
     */
    public FrameImage render(Scene scene, long timestampNs, long noiseSeed) {
        double sigma = noiseLevels;
        switch (scene.view()) {
            case CAP -> {
                java.util.Arrays.fill(canvas.rgb, 0x040404);
                sigma = Math.max(sigma, 2.2);
            }
            case FINGER -> finger(timestampNs);
            case CLEAR -> {
                System.arraycopy(room, 0, canvas.rgb, 0, room.length);
                for (Scene.Person person : scene.people()) {
                    actor(person.portrait()).paint(canvas, person.head(), camera);
                }
                scene.phone().ifPresent(this::paint);
                sigma = scene.light() < 0.5 ? Math.max(sigma, noiseLevels * 1.4) : sigma;
            }
        }
        double light = scene.view() == Scene.View.CLEAR ? scene.light() : 1;
        return new FrameImage(camera.width(), camera.height(), develop(light, sigma, noiseSeed), timestampNs);
    }

    /**
     * Where the landmarks of a face lie in the picture.
     *
     * @param portrait who
     * @param head in what state
     * @return column and row in px of the 468 points of the face mesh, then of the two iris centres (image left, right)
     */
    public double[][] landmarks(Portrait portrait, HeadState head) {
        return actor(portrait).landmarks(head, camera);
    }

    private ActorPainter actor(Portrait portrait) {
        return actors.computeIfAbsent(portrait, ActorPainter::new);
    }

    private void finger(long timestampNs) {
        double pulse = 1 + 0.04 * StrictMath.sin(timestampNs * 1e-9 * 7.5);
        int w = camera.width();
        int h = camera.height();
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double dx = (x - 0.72 * w) / w;
                double dy = (y - 0.2 * h) / h;
                double glow = pulse / (1 + 2.2 * (dx * dx + dy * dy));
                canvas.rgb[y * w + x] = (int) (72 * glow) << 16 | (int) (15 * glow) << 8 | (int) (11 * glow);
            }
        }
    }

    private void paint(Scene.Phone p) {
        double scale = p.height() * camera.height() / PhoneSprite.BODY_HEIGHT;
        double c = StrictMath.cos(StrictMath.toRadians(p.tiltDeg())) * scale;
        double s = StrictMath.sin(StrictMath.toRadians(p.tiltDeg())) * scale;
        double midX = PhoneSprite.BODY_X + PhoneSprite.BODY_WIDTH / 2;
        double midY = PhoneSprite.BODY_Y + PhoneSprite.BODY_HEIGHT / 2;
        for (int i = 0; i < 4; i++) {
            double u = (i & 1) * PhoneSprite.WIDTH;
            double v = (i >> 1) * PhoneSprite.HEIGHT;
            quad[5 * i] = (float) (p.centreX() * camera.width() + (u - midX) * c - (v - midY) * s);
            quad[5 * i + 1] = (float) (p.centreY() * camera.height() + (u - midX) * s + (v - midY) * c);
            quad[5 * i + 2] = 1;
            quad[5 * i + 3] = (float) u;
            quad[5 * i + 4] = (float) v;
        }
        canvas.clearDepth();
        int level = Texture.level(1 / scale);
        canvas.triangle(quad, 0, 1, 2, phone, level);
        canvas.triangle(quad, 1, 3, 2, phone, level);
    }

    private byte[] develop(double light, double sigma, long noiseSeed) {
        int w = camera.width();
        byte[] bgr = new byte[3 * canvas.rgb.length];
        int gain = (int) Math.round(light * 256);
        int strength = (int) Math.round(sigma * 16);
        SplittableRandom rows = new SplittableRandom(noiseSeed);
        int at = 0;
        for (int y = 0; y < camera.height(); y++) {
            int from = 0;
            for (int x = 0; x < w; x++) {
                if ((x & 1023) == 0) {
                    from = rows.nextInt(NOISE_SIZE) - x;
                }
                int c = canvas.rgb[y * w + x];
                int n = from + x;
                bgr[at++] = level((c & 255) * gain, noise[n] * strength);
                bgr[at++] = level((c >> 8 & 255) * gain, noise[n + 1024] * strength);
                bgr[at++] = level((c >> 16 & 255) * gain, noise[n + 2048] * strength);
            }
        }
        return bgr;
    }

    private static byte level(int scaled, int noise) {
        int v = (scaled + (noise >> 4) + 128) >> 8;
        return (byte) Math.max(0, Math.min(255, v));
    }
}
