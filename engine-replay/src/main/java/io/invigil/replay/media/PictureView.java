package io.invigil.replay.media;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Rotation;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Shows a decoded picture as a {@link Frame}. Limited-range BT.601 YUV 4:2:0, which is what cameras mostly record, is
 * passed on without a copy; every other layout, range or matrix is converted to BGR in one buffer that is reused. A frame
 * is good until the next call. Not thread-safe.
 */
final class PictureView implements AutoCloseable {
    private final PointerPointer<BytePointer> target = new PointerPointer<>(4);
    private final IntPointer targetStride = new IntPointer(4L);
    private final PointerPointer<BytePointer> source = new PointerPointer<>(4);
    private final IntPointer sourceStride = new IntPointer(4L);
    private final boolean mirrored;
    private SwsContext scaler;
    private BytePointer pixels;

    /** A view of pictures that are shown with left and right exchanged, after they are turned, or of others. */
    PictureView(boolean mirrored) {
        this.mirrored = mirrored;
    }

    /** The decoder's picture in the cheapest layout the engine takes; good until the decoder goes on. */
    Frame borrow(AVFrame picture, Rotation rotation, long timestampNs) {
        return isPlainI420(picture) && !mirrored
                ? i420(picture, rotation, timestampNs)
                : bgr(picture, rotation, timestampNs);
    }

    /** The decoder's picture as BGR; good until the next call. */
    Frame bgr(AVFrame picture, Rotation rotation, long timestampNs) {
        int width = picture.width();
        int height = picture.height();
        int stride = (width * 3 + 63) / 64 * 64;
        long size = (long) stride * height;
        if (pixels == null || pixels.capacity() != size) {
            if (pixels != null) {
                pixels.close();
            }
            // The vectorised converters may write a little past the last row.
            pixels = new BytePointer(size + 64).capacity(size);
        }
        scaler = sws_getCachedContext(
                scaler,
                width,
                height,
                picture.format() == AV_PIX_FMT_YUVJ420P ? AV_PIX_FMT_YUV420P : picture.format(),
                width,
                height,
                AV_PIX_FMT_BGR24,
                SWS_BILINEAR | SWS_ACCURATE_RND,
                null,
                null,
                (DoublePointer) null);
        if (scaler == null || scaler.isNull()) {
            throw new IllegalStateException("no conversion to BGR from pixel format " + picture.format());
        }
        IntPointer matrix = sws_getCoefficients(picture.colorspace());
        sws_setColorspaceDetails(scaler, matrix, isFullRange(picture) ? 1 : 0, matrix, 1, 0, 1 << 16, 1 << 16);
        target.put(0, pixels);
        targetStride.put(0, stride);
        readFrom(picture);
        sws_scale(scaler, source, sourceStride, 0, height, target, targetStride);
        ByteBuffer view = pixels.asBuffer();
        return Frame.packed(PixelFormat.BGR, width, height, view, stride, timestampNs)
                .withRotation(mirrored ? Rotation.ofDegrees(180 - rotation.degrees()) : rotation);
    }

    /**
     * Names the picture's rows, from the lowest upwards for a mirrored one: turned by what is left of half a turn it is then the
     * picture turned and mirrored, and costs nothing.
     */
    private void readFrom(AVFrame picture) {
        for (int plane = 0; plane < 4; plane++) {
            BytePointer rows = picture.data(plane);
            int stride = picture.linesize(plane);
            if (mirrored && rows != null && !rows.isNull()) {
                rows = new BytePointer(rows).position((long) stride * (rows(picture, plane) - 1));
                stride = -stride;
            }
            source.put(plane, rows);
            sourceStride.put(plane, stride);
        }
    }

    private static int rows(AVFrame picture, int plane) {
        int halvings =
                plane == 1 || plane == 2 ? av_pix_fmt_desc_get(picture.format()).log2_chroma_h() : 0;
        return picture.height() + (1 << halvings) - 1 >> halvings;
    }

    private static Frame i420(AVFrame picture, Rotation rotation, long timestampNs) {
        return Frame.i420(
                        picture.width(),
                        picture.height(),
                        plane(picture, 0),
                        plane(picture, 1),
                        plane(picture, 2),
                        timestampNs)
                .withRotation(rotation);
    }

    private static Frame.Plane plane(AVFrame picture, int index) {
        int stride = picture.linesize(index);
        int rows = PixelFormat.I420.rows(index, picture.height());
        int rowBytes = PixelFormat.I420.rowBytes(index, picture.width());
        long size = (long) stride * (rows - 1) + rowBytes;
        return new Frame.Plane(picture.data(index).capacity(size).asBuffer(), stride);
    }

    private static boolean isPlainI420(AVFrame picture) {
        if (picture.format() != AV_PIX_FMT_YUV420P || isFullRange(picture)) {
            return false;
        }
        int matrix = picture.colorspace();
        boolean bt601 = matrix == AVCOL_SPC_UNSPECIFIED || matrix == AVCOL_SPC_BT470BG || matrix == AVCOL_SPC_SMPTE170M;
        return bt601 && picture.linesize(0) > 0 && picture.linesize(1) > 0 && picture.linesize(2) > 0;
    }

    private static boolean isFullRange(AVFrame picture) {
        return picture.color_range() == AVCOL_RANGE_JPEG || picture.format() == AV_PIX_FMT_YUVJ420P;
    }

    @Override
    public void close() {
        sws_freeContext(scaler);
        scaler = null;
        if (pixels != null) {
            pixels.close();
            pixels = null;
        }
        target.close();
        targetStride.close();
        source.close();
        sourceStride.close();
    }
}
