package io.invigil.core.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A matrix over a direct buffer's memory, made anew only when buffer or shape change: a matrix per frame would be garbage on
 * both sides of the border. Holds the buffer, so that its memory outlives the view.
 */
final class NativeView implements AutoCloseable {
    private ByteBuffer buffer;
    private BytePointer pointer;
    private Mat mat;

    /** The matrix with this shape over the buffer's bytes from its start, which must be enough. */
    Mat over(ByteBuffer bytes, int rows, int cols, int type) {
        if (bytes != buffer) {
            close();
            pointer = new BytePointer(bytes).position(0);
            buffer = bytes;
        }
        if (mat == null || mat.rows() != rows || mat.cols() != cols || mat.type() != type) {
            closeMat();
            mat = new Mat(rows, cols, type, pointer);
        }
        return mat;
    }

    /** A row of bytes; only its length changes from call to call. */
    Mat bytes(ByteBuffer bytes, int count) {
        if (bytes != buffer || mat == null || mat.rows() != 1 || mat.type() != CV_8UC1) {
            over(bytes, 1, bytes.capacity(), CV_8UC1);
        }
        // The row is one run of memory, so a shorter one needs no new header.
        mat.cols(count);
        return mat;
    }

    private void closeMat() {
        if (mat != null) {
            mat.close();
            mat = null;
        }
    }

    @Override
    public void close() {
        closeMat();
        if (pointer != null) {
            pointer.close();
            pointer = null;
        }
        buffer = null;
    }
}
