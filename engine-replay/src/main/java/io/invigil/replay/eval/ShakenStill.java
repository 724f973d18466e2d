package io.invigil.replay.eval;

import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A still as a camera in an unsteady hand would show it: each frame is cut a little beside the one before, so that it does not
 * count as frozen. The same frames in every run. Not thread-safe.
 */
final class ShakenStill {
    private static final int LONGEST_SIDE_PX = 1280;
    private static final int STEPS = 5;
    private static final int SIDE_STRIDE = 2;
    private static final int DOWN_STRIDE = 3;
    private static final double SHAKE_SHARE = 0.004;
    private static final int CHANNELS = 3;

    private final BufferedImage picture;
    private final int stepPx;
    private int shown;

    private ShakenStill(BufferedImage picture) {
        this.picture = picture;
        stepPx = Math.max(1, (int) Math.round(SHAKE_SHARE * Math.min(picture.getWidth(), picture.getHeight())));
    }

    /**
     * Reads a picture file; large ones are shown smaller, at most 1280 pixels on the longer side.
     *
     * @throws IOException when it is not a picture that can be read
     */
    static ShakenStill read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException("it is not a picture that can be read");
        }
        double scale = Math.min(1, (double) LONGEST_SIDE_PX / Math.max(image.getWidth(), image.getHeight()));
        int width = (int) Math.max(2 * STEPS, Math.round(image.getWidth() * scale));
        int height = (int) Math.max(2 * STEPS, Math.round(image.getHeight() * scale));
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = picture.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            canvas.drawImage(image, 0, 0, width, height, null);
        } finally {
            canvas.dispose();
        }
        return new ShakenStill(picture);
    }

    /** The next frame; its pixels belong to it alone. */
    Frame next(long timestampNs) {
        int margin = (STEPS - 1) * stepPx;
        int width = picture.getWidth() - margin;
        int height = picture.getHeight() - margin;
        int left = shown * SIDE_STRIDE % STEPS * stepPx;
        int top = shown * DOWN_STRIDE % STEPS * stepPx;
        shown++;
        int[] row = new int[width];
        byte[] bgr = new byte[width * height * CHANNELS];
        int at = 0;
        for (int y = 0; y < height; y++) {
            picture.getRGB(left, top + y, width, 1, row, 0, width);
            for (int rgb : row) {
                bgr[at++] = (byte) rgb;
                bgr[at++] = (byte) (rgb >> 8);
                bgr[at++] = (byte) (rgb >> 16);
            }
        }
        return Frame.packed(PixelFormat.BGR, width, height, ByteBuffer.wrap(bgr), width * CHANNELS, timestampNs);
    }
}
