package io.invigil.core.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A model's input of packed BGR bytes, filled with parts of pictures. They come from the half that is less than twice as fine, of
 * which bilinear sampling skips no pixel and costs far less than a fractional area mean. Writes into memory it does not own; for
 * one thread at a time.
 */
final class TileCanvas implements AutoCloseable {
    private final int widthPx;
    private final int heightPx;
    private final BytePointer pixels;
    private final Mat canvas;
    /** What lies between the bars of the last part, and its place. */
    private Mat inner;

    private Size innerSize;
    private int padXPx;
    private int padYPx;

    /** Over a direct buffer of {@code widthPx * heightPx * 3} bytes, which must outlive this. */
    TileCanvas(ByteBuffer input, int widthPx, int heightPx) {
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        pixels = new BytePointer(input);
        canvas = new Mat(heightPx, widthPx, CV_8UC3, pixels);
    }

    /**
     * Draws a part of a picture.
     *
     * @param image the picture; only read. A coarser half of it is averaged where the part shrinks by two or more
     * @param part must lie within the picture
     * @param fit where the part goes; the rest becomes black
     */
    void draw(DecodedImage image, Tile part, TileFit fit) {
        int level = image.levelFor(1 / Math.max(fit.scaleX(), fit.scaleY()));
        Mat bgr = image.level(level);
        int left = Math.min(part.leftPx() >> level, bgr.cols() - 1);
        int top = Math.min(part.topPx() >> level, bgr.rows() - 1);
        int width = Math.max(1, Math.min(part.widthPx() >> level, bgr.cols() - left));
        int height = Math.max(1, Math.min(part.heightPx() >> level, bgr.rows() - top));
        aim(fit);
        Pointer.memset(pixels, 0, (long) widthPx * heightPx * 3);
        if (width == bgr.cols() && height == bgr.rows()) {
            resize(bgr, inner, innerSize, 0, 0, INTER_LINEAR);
            return;
        }
        try (Rect source = new Rect(left, top, width, height);
                Mat from = new Mat(bgr, source)) {
            resize(from, inner, innerSize, 0, 0, INTER_LINEAR);
        }
    }

    /** Parts of one shape come again and again, so what they are drawn into is kept. */
    private void aim(TileFit fit) {
        if (inner != null
                && padXPx == fit.padXPx()
                && padYPx == fit.padYPx()
                && innerSize.width() == fit.innerWidthPx()
                && innerSize.height() == fit.innerHeightPx()) {
            return;
        }
        closeInner();
        padXPx = fit.padXPx();
        padYPx = fit.padYPx();
        innerSize = new Size(fit.innerWidthPx(), fit.innerHeightPx());
        try (Rect target = new Rect(padXPx, padYPx, fit.innerWidthPx(), fit.innerHeightPx())) {
            inner = new Mat(canvas, target);
        }
    }

    private void closeInner() {
        if (inner != null) {
            inner.close();
            inner = null;
        }
        if (innerSize != null) {
            innerSize.close();
            innerSize = null;
        }
    }

    @Override
    public void close() {
        closeInner();
        canvas.close();
        pixels.close();
    }
}
