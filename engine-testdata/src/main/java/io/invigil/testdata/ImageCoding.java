package io.invigil.testdata;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Codes generated pictures as JPEG or PNG with the coders of the JDK. Stateless. */
public final class ImageCoding {
    private ImageCoding() {}

    /**
     * Codes as baseline JPEG (the JDK's coder halves the chroma resolution).
     *
     * @param image the picture
     * @param quality above 0 to 1
     * @return the file's bytes
     */
    public static byte[] jpeg(FrameImage image, double quality) {
        if (!(quality > 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality " + quality + " must lie above 0 and up to 1");
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality((float) quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(buffered(image), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot code a JPEG in memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /**
     * Codes as PNG, without loss.
     *
     * @param image the picture
     * @return the file's bytes
     */
    public static byte[] png(FrameImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 18);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(buffered(image), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot code a PNG in memory", e);
        }
        return bytes.toByteArray();
    }

    private static BufferedImage buffered(FrameImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        buffered.getRaster().setDataElements(0, 0, image.width(), image.height(), rgb(image.bgr()));
        return buffered;
    }

    /** setDataElements takes bands in order red, green, blue. */
    private static byte[] rgb(byte[] bgr) {
        byte[] rgb = new byte[bgr.length];
        for (int i = 0; i < bgr.length; i += 3) {
            rgb[i] = bgr[i + 2];
            rgb[i + 1] = bgr[i + 1];
            rgb[i + 2] = bgr[i];
        }
        return rgb;
    }
}
