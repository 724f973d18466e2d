package io.invigil.bench;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** The ways a picture can come in. Pictures are packed BGR with even sides. */
enum Coding {
    /** Quality 80, 4:2:0. */
    JPEG,
    /** As OpenCV writes it. */
    PNG,
    /** Lossy, as OpenCV writes it. */
    WEBP,
    /** Packed. */
    BGR,
    /** Packed. */
    RGBA,
    /** Three planes. */
    I420,
    /** Two planes. */
    NV12;

    /** The picture in this coding. */
    byte[] bytes(BufferedImage picture) {
        byte[] bgr = TestFrames.bytes(picture);
        return switch (this) {
            case JPEG -> TestFrames.jpeg(picture);
            case PNG, WEBP -> file('.' + name().toLowerCase(Locale.ROOT), bgr, picture);
            case BGR -> bgr.clone();
            case RGBA -> rgba(bgr);
            case I420, NV12 -> yuv(bgr, picture.getWidth(), picture.getHeight());
        };
    }

    /** A frame of such bytes; they are only read. */
    Frame frame(byte[] bytes, int widthPx, int heightPx, long timestampNs) {
        int luma = widthPx * heightPx;
        return switch (this) {
            case JPEG, PNG, WEBP -> Frame.encoded(bytes, timestampNs);
            case BGR ->
                Frame.packed(PixelFormat.BGR, widthPx, heightPx, ByteBuffer.wrap(bytes), 3 * widthPx, timestampNs);
            case RGBA ->
                Frame.packed(PixelFormat.RGBA, widthPx, heightPx, ByteBuffer.wrap(bytes), 4 * widthPx, timestampNs);
            case I420 ->
                Frame.i420(
                        widthPx,
                        heightPx,
                        plane(bytes, 0, luma, widthPx),
                        plane(bytes, luma, luma / 4, widthPx / 2),
                        plane(bytes, luma * 5 / 4, luma / 4, widthPx / 2),
                        timestampNs);
            case NV12 ->
                Frame.nv12(
                        widthPx,
                        heightPx,
                        plane(bytes, 0, luma, widthPx),
                        plane(bytes, luma, luma / 2, widthPx),
                        timestampNs);
        };
    }

    private static Frame.Plane plane(byte[] bytes, int from, int length, int strideBytes) {
        return new Frame.Plane(ByteBuffer.wrap(bytes, from, length).slice(), strideBytes);
    }

    private static byte[] file(String extension, byte[] bgr, BufferedImage picture) {
        try (BytePointer pixels = new BytePointer(bgr);
                Mat mat = new Mat(picture.getHeight(), picture.getWidth(), CV_8UC3, pixels);
                BytePointer file = new BytePointer()) {
            if (!imencode(extension, mat, file)) {
                throw new IllegalStateException("OpenCV writes no " + extension);
            }
            byte[] bytes = new byte[(int) file.limit()];
            file.get(bytes);
            return bytes;
        }
    }

    private static byte[] rgba(byte[] bgr) {
        byte[] rgba = new byte[bgr.length / 3 * 4];
        for (int i = 0, o = 0; i < bgr.length; i += 3, o += 4) {
            rgba[o] = bgr[i + 2];
            rgba[o + 1] = bgr[i + 1];
            rgba[o + 2] = bgr[i];
            rgba[o + 3] = (byte) 255;
        }
        return rgba;
    }

    /** BT.601 in the range of video; chroma is that of each block's first pixel. */
    private byte[] yuv(byte[] bgr, int width, int height) {
        byte[] planes = new byte[width * height * 3 / 2];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = 3 * (y * width + x);
                int blue = bgr[i] & 0xFF;
                int green = bgr[i + 1] & 0xFF;
                int red = bgr[i + 2] & 0xFF;
                planes[y * width + x] = level(16 + 0.257 * red + 0.504 * green + 0.098 * blue);
                if (x % 2 == 0 && y % 2 == 0) {
                    byte u = level(128 - 0.148 * red - 0.291 * green + 0.439 * blue);
                    byte v = level(128 + 0.439 * red - 0.368 * green - 0.071 * blue);
                    int block = y / 2 * (width / 2) + x / 2;
                    int chroma = width * height;
                    planes[this == NV12 ? chroma + 2 * block : chroma + block] = u;
                    planes[this == NV12 ? chroma + 2 * block + 1 : chroma * 5 / 4 + block] = v;
                }
            }
        }
        return planes;
    }

    private static byte level(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
