package io.invigil.core.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGBA2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_NV12;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.PixelFormat;
import io.invigil.api.Rotation;
import io.invigil.core.perception.FrameBuffer;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Range;

/**
 * Turns a frame's bytes into an upright BGR picture. Keeps its buffers from frame to frame; for one thread at a time.
 *
 * <p>An orientation tag inside an encoded file is obeyed when the frame states no rotation of its own.
 */
final class FrameDecoder implements AutoCloseable {
    private final long maxPixels;
    private final ImageHeader header = new ImageHeader();
    private final NativeView source = new NativeView();
    private final NativeView evenSource = new NativeView();
    private final Mat unturned = new Mat();
    private final Mat even = new Mat();
    private ByteBuffer evenPlanes = ByteBuffer.allocateDirect(0);

    FrameDecoder(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    /**
     * Decodes into a matrix, which is reallocated only when the size changes.
     *
     * @throws EngineException with {@link ErrorCode#FRAME_DECODE} or {@link ErrorCode#FRAME_TOO_LARGE}
     */
    void decode(FrameBuffer frame, Mat upright) {
        Rotation rotation = frame.rotation();
        Mat target = rotation == Rotation.NONE ? upright : unturned;
        if (frame.format() == PixelFormat.ENCODED) {
            decodeFile(frame.bytes(), rotation == Rotation.NONE, target);
        } else {
            convert(frame, target);
        }
        switch (rotation) {
            case CLOCKWISE_90 -> rotate(target, upright, ROTATE_90_CLOCKWISE);
            case CLOCKWISE_180 -> rotate(target, upright, ROTATE_180);
            case CLOCKWISE_270 -> rotate(target, upright, ROTATE_90_COUNTERCLOCKWISE);
            default -> {}
        }
    }

    private void decodeFile(ByteBuffer file, boolean obeyOrientation, Mat target) {
        header.read(file);
        header.requireAtMost(maxPixels);
        int flags = obeyOrientation ? IMREAD_COLOR : IMREAD_COLOR | IMREAD_IGNORE_ORIENTATION;
        Mat decoded;
        try {
            decoded = imdecode(source.bytes(file, file.limit()), flags, target);
        } catch (RuntimeException e) {
            throw new EngineException(ErrorCode.FRAME_DECODE, "the " + header.kind() + " could not be decoded", e);
        }
        boolean empty = decoded.empty();
        boolean asClaimed = empty
                || decoded.cols() == header.widthPx() && decoded.rows() == header.heightPx()
                || decoded.rows() == header.widthPx() && decoded.cols() == header.heightPx();
        decoded.close();
        if (empty || !asClaimed) {
            throw new EngineException(ErrorCode.FRAME_DECODE, "the " + header.kind() + " could not be decoded");
        }
    }

    private void convert(FrameBuffer frame, Mat target) {
        int width = frame.widthPx();
        int height = frame.heightPx();
        ByteBuffer pixels = frame.bytes();
        switch (frame.format()) {
            case BGR -> source.over(pixels, height, width, CV_8UC3).copyTo(target);
            case RGB -> cvtColor(source.over(pixels, height, width, CV_8UC3), target, COLOR_RGB2BGR);
            case RGBA -> cvtColor(source.over(pixels, height, width, CV_8UC4), target, COLOR_RGBA2BGR);
            case BGRA -> cvtColor(source.over(pixels, height, width, CV_8UC4), target, COLOR_BGRA2BGR);
            case GRAY -> cvtColor(source.over(pixels, height, width, CV_8UC1), target, COLOR_GRAY2BGR);
            case I420 -> convertYuv(pixels, width, height, COLOR_YUV2BGR_I420, target);
            case NV12 -> convertYuv(pixels, width, height, COLOR_YUV2BGR_NV12, target);
            default -> throw new IllegalArgumentException("no raw format: " + frame.format());
        }
    }

    private void convertYuv(ByteBuffer planes, int width, int height, int code, Mat target) {
        if (width % 2 == 0 && height % 2 == 0) {
            cvtColor(source.over(planes, height / 2 * 3, width, CV_8UC1), target, code);
            return;
        }
        // The converter takes even sizes only, so the last row and column of luma are repeated and cut off again.
        int evenWidth = width + width % 2;
        int evenHeight = height + height % 2;
        copyWithEvenLuma(planes, width, height, evenWidth, evenHeight);
        cvtColor(evenSource.over(evenPlanes, evenHeight / 2 * 3, evenWidth, CV_8UC1), even, code);
        try (Range rows = new Range(0, height);
                Range cols = new Range(0, width);
                Mat inside = even.apply(rows, cols)) {
            inside.copyTo(target);
        }
    }

    private void copyWithEvenLuma(ByteBuffer planes, int width, int height, int evenWidth, int evenHeight) {
        int size = evenWidth * evenHeight / 2 * 3;
        if (evenPlanes.capacity() != size) {
            evenPlanes = ByteBuffer.allocateDirect(size);
        }
        for (int y = 0; y < evenHeight; y++) {
            int from = Math.min(y, height - 1) * width;
            evenPlanes.put(y * evenWidth, planes, from, width);
            if (evenWidth > width) {
                evenPlanes.put(y * evenWidth + width, planes.get(from + width - 1));
            }
        }
        evenPlanes.put(evenWidth * evenHeight, planes, width * height, evenWidth * evenHeight / 2);
    }

    @Override
    public void close() {
        source.close();
        evenSource.close();
        unturned.close();
        even.close();
    }
}
