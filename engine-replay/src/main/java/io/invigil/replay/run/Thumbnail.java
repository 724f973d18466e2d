package io.invigil.replay.run;

import io.invigil.api.Frame;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small upright JPEG copies of BGR frames. */
final class Thumbnail {
    private static final int LONGER_SIDE_PX = 560;
    private static final float QUALITY = 0.82f;

    private Thumbnail() {}

    /** A JPEG file of at most 560 pixels on the longer side, turned upright. */
    static byte[] jpeg(Frame frame) throws IOException {
        int width = frame.rotation().swapsSides() ? frame.heightPx() : frame.widthPx();
        int height = frame.rotation().swapsSides() ? frame.widthPx() : frame.heightPx();
        double scale = Math.min(1, (double) LONGER_SIDE_PX / Math.max(width, height));
        int outWidth = Math.max(1, (int) Math.round(width * scale));
        int outHeight = Math.max(1, (int) Math.round(height * scale));
        BufferedImage image = new BufferedImage(outWidth, outHeight, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < outHeight; y++) {
            int top = (int) ((long) y * height / outHeight);
            int bottom = Math.max(top + 1, (int) ((y + 1L) * height / outHeight));
            for (int x = 0; x < outWidth; x++) {
                int left = (int) ((long) x * width / outWidth);
                int right = Math.max(left + 1, (int) ((x + 1L) * width / outWidth));
                image.setRGB(x, y, mean(frame, left, top, right, bottom));
            }
        }
        return encode(image);
    }

    /** A JPEG file of at most 560 pixels on the longer side. */
    static byte[] jpeg(BufferedImage picture) throws IOException {
        double scale = Math.min(1, (double) LONGER_SIDE_PX / Math.max(picture.getWidth(), picture.getHeight()));
        int outWidth = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int outHeight = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        BufferedImage image = new BufferedImage(outWidth, outHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            canvas.drawImage(picture, 0, 0, outWidth, outHeight, null);
        } finally {
            canvas.dispose();
        }
        return encode(image);
    }

    /** Mean colour of a box of the upright picture. */
    private static int mean(Frame frame, int left, int top, int right, int bottom) {
        ByteBuffer data = frame.planes().get(0).data();
        int stride = frame.planes().get(0).strideBytes();
        int width = frame.widthPx();
        int height = frame.heightPx();
        int blue = 0;
        int green = 0;
        int red = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int at = switch (frame.rotation()) {
                    case NONE -> y * stride + x * 3;
                    case CLOCKWISE_90 -> (height - 1 - x) * stride + y * 3;
                    case CLOCKWISE_180 -> (height - 1 - y) * stride + (width - 1 - x) * 3;
                    case CLOCKWISE_270 -> x * stride + (width - 1 - y) * 3;
                };
                blue += data.get(at) & 255;
                green += data.get(at + 1) & 255;
                red += data.get(at + 2) & 255;
            }
        }
        int count = (right - left) * (bottom - top);
        return red / count << 16 | green / count << 8 | blue / count;
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
