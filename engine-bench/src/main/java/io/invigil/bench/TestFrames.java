package io.invigil.bench;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures of one person before a still camera, made at set-up from a committed portrait: the same picture with new sensor
 * noise in every frame. Stateless.
 */
final class TestFrames {
    private static final String PORTRAIT = "/io/invigil/testdata/faces/astronaut.png";
    private static final long SEED = 20261124;
    /** Standard deviation in each channel, in steps of 255. */
    private static final double NOISE = 1.5;
    /** A power of two. */
    private static final int NOISE_TABLE_SIZE = 1 << 16;

    private static final double NEAR_ZOOM = 1.7;

    private static final float JPEG_QUALITY = 0.8f;

    private TestFrames() {}

    /** The portrait as high as the picture, on a plain wall. */
    static BufferedImage scene(int widthPx, int heightPx) {
        BufferedImage scene = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = scene.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.setPaint(new GradientPaint(0, 0, new Color(150, 155, 165), widthPx, heightPx, new Color(95, 90, 85)));
        canvas.fillRect(0, 0, widthPx, heightPx);
        canvas.drawImage(portrait(), (widthPx - heightPx) / 2, 0, heightPx, heightPx, null);
        canvas.dispose();
        return scene;
    }

    /** JPEG files of the scene at quality 0.8, each with its own noise. */
    static List<byte[]> stillCamera(int widthPx, int heightPx, int count) {
        return stillCamera(scene(widthPx, heightPx), count);
    }

    /** As {@link #stillCamera}, with so many portraits side by side, each of them smaller. */
    static List<byte[]> people(int widthPx, int heightPx, int people, int count) {
        BufferedImage scene = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = scene.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.setColor(new Color(120, 122, 125));
        canvas.fillRect(0, 0, widthPx, heightPx);
        int side = Math.min(heightPx, widthPx / Math.max(1, people));
        for (int i = 0; i < people; i++) {
            canvas.drawImage(portrait(), i * widthPx / people, (heightPx - side) / 2, side, side, null);
        }
        canvas.dispose();
        return stillCamera(scene, count);
    }

    /** As {@link #stillCamera}, but the face near the camera, about two fifths of the picture's height. */
    static List<byte[]> nearFace(int widthPx, int heightPx, int count) {
        BufferedImage scene = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = scene.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int side = (int) (NEAR_ZOOM * heightPx);
        canvas.setColor(new Color(120, 122, 125));
        canvas.fillRect(0, 0, widthPx, heightPx);
        canvas.drawImage(portrait(), (widthPx - side) / 2, 0, side, side, null);
        canvas.dispose();
        return stillCamera(scene, count);
    }

    /** JPEG files of a room with a window and nobody in it, each with its own noise. */
    static List<byte[]> emptyRoom(int widthPx, int heightPx, int count) {
        BufferedImage room = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = room.createGraphics();
        canvas.setPaint(new GradientPaint(0, 0, new Color(160, 154, 146), widthPx, heightPx, new Color(118, 110, 102)));
        canvas.fillRect(0, 0, widthPx, heightPx);
        canvas.setColor(new Color(205, 212, 220));
        canvas.fillRect(widthPx * 2 / 3, heightPx / 9, widthPx / 4, heightPx / 2);
        canvas.setColor(new Color(96, 84, 70));
        canvas.fillRect(0, heightPx * 5 / 6, widthPx, heightPx / 6);
        canvas.dispose();
        return stillCamera(room, count);
    }

    private static List<byte[]> stillCamera(BufferedImage scene, int count) {
        return noisy(scene, count).stream().map(TestFrames::jpeg).toList();
    }

    /** The scene so many times, each with its own noise. */
    static List<BufferedImage> noisy(BufferedImage scene, int count) {
        Random random = new Random(SEED);
        byte[] noise = noiseTable(random);
        List<BufferedImage> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(noisy(scene, noise, random));
        }
        return pictures;
    }

    /** Packed BGR bytes of the portrait, which is square, scaled to a model's input. */
    static byte[] portraitBgr(int widthPx, int heightPx) {
        BufferedImage scaled = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = scaled.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(portrait(), 0, 0, widthPx, heightPx, null);
        canvas.dispose();
        return bytes(scaled).clone();
    }

    /** As {@link #portraitBgr}, but the head alone, upright and a little larger than the face. */
    static byte[] faceBgr(int widthPx, int heightPx) {
        BufferedImage portrait = portrait();
        double unit = portrait.getWidth() / 512.0;
        BufferedImage scaled = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = scaled.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(
                portrait,
                0,
                0,
                widthPx,
                heightPx,
                (int) (150 * unit),
                (int) (46 * unit),
                (int) (300 * unit),
                (int) (196 * unit),
                null);
        canvas.dispose();
        return bytes(scaled).clone();
    }

    private static BufferedImage portrait() {
        try (InputStream file = TestFrames.class.getResourceAsStream(PORTRAIT)) {
            if (file == null) {
                throw new IllegalStateException(PORTRAIT + " is not on the class path");
            }
            return ImageIO.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each row begins at another place of the table: as good as fresh noise for this purpose, and much quicker. */
    private static BufferedImage noisy(BufferedImage scene, byte[] table, Random random) {
        BufferedImage noisy = new BufferedImage(scene.getWidth(), scene.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] from = bytes(scene);
        byte[] to = bytes(noisy);
        int rowBytes = 3 * scene.getWidth();
        for (int row = 0; row < scene.getHeight(); row++) {
            int start = random.nextInt(table.length);
            for (int i = row * rowBytes, n = 0; n < rowBytes; i++, n++) {
                int value = (from[i] & 0xFF) + table[start + n & table.length - 1];
                to[i] = (byte) Math.max(0, Math.min(255, value));
            }
        }
        return noisy;
    }

    private static byte[] noiseTable(Random random) {
        byte[] table = new byte[NOISE_TABLE_SIZE];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) Math.round(NOISE * random.nextGaussian());
        }
        return table;
    }

    /** The picture's own bytes. */
    static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** A file of quality 80, 4:2:0. */
    static byte[] jpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 18);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
