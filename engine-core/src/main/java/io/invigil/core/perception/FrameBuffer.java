package io.invigil.core.perception;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Rotation;
import java.nio.ByteBuffer;

/**
 * The engine's own copy of a frame's bytes, reused from frame to frame. Raw pixels are stored without padding, plane after
 * plane; encoded bytes as they came. Not thread-safe; handed from thread to thread by the ring.
 */
public final class FrameBuffer {
    private static final int GROWTH_BYTES = 4 * 1024;

    /** A picture of the largest size takes less, whatever its format; more is no picture. */
    private static final int MAX_ENCODED_BYTES = 64 * 1024 * 1024;

    /** What warps pictures counts their columns and rows in 15 bits. */
    private static final int MAX_SIDE_PX = 32_766;

    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private PixelFormat format = PixelFormat.ENCODED;
    private Rotation rotation = Rotation.NONE;
    private int widthPx;
    private int heightPx;
    private long timestampNs;
    private long takenNs;

    /**
     * Checks a frame's description against its data.
     *
     * @throws EngineException with {@link ErrorCode#FRAME_GEOMETRY}, {@link ErrorCode#FRAME_DECODE} (no bytes) or
     *     {@link ErrorCode#FRAME_TOO_LARGE}, naming the value and what is allowed
     */
    public static void check(Frame frame, long maxPixels) {
        PixelFormat format = frame.format();
        if (frame.planes().size() != format.planes()) {
            throw geometry("planes", frame.planes().size(), format.planes() + " for " + format);
        }
        if (format == PixelFormat.ENCODED) {
            int size = frame.planes().get(0).data().remaining();
            if (size > MAX_ENCODED_BYTES) {
                throw new EngineException(
                        ErrorCode.FRAME_TOO_LARGE,
                        "the encoded frame has " + size + " bytes, must have at most " + MAX_ENCODED_BYTES);
            }
            if (size == 0) {
                throw new EngineException(
                        ErrorCode.FRAME_DECODE, "the encoded frame has 0 bytes, must have at least 1");
            }
            return;
        }
        if (frame.widthPx() < 1 || frame.heightPx() < 1) {
            throw geometry("size", frame.widthPx() + "x" + frame.heightPx(), "at least 1x1");
        }
        requireSize(frame.widthPx(), frame.heightPx(), maxPixels);
        for (int i = 0; i < format.planes(); i++) {
            Frame.Plane plane = frame.planes().get(i);
            int rowBytes = format.rowBytes(i, frame.widthPx());
            if (plane.strideBytes() < rowBytes) {
                throw geometry("stride of plane " + i, plane.strideBytes(), "at least " + rowBytes);
            }
            long needed = (long) plane.strideBytes() * (format.rows(i, frame.heightPx()) - 1) + rowBytes;
            if (plane.data().remaining() < needed) {
                throw geometry("bytes in plane " + i, plane.data().remaining(), "at least " + needed);
            }
        }
    }

    /**
     * Checks a picture's size, as stored, against what is taken.
     *
     * @throws EngineException with {@link ErrorCode#FRAME_TOO_LARGE}, naming the value and what is allowed
     */
    public static void requireSize(int widthPx, int heightPx, long maxPixels) {
        long pixels = (long) widthPx * heightPx;
        if (pixels > maxPixels) {
            throw new EngineException(
                    ErrorCode.FRAME_TOO_LARGE,
                    "the frame has " + pixels + " pixels, must be at most maxPixels, " + maxPixels);
        }
        if (Math.max(widthPx, heightPx) > MAX_SIDE_PX) {
            throw new EngineException(
                    ErrorCode.FRAME_TOO_LARGE,
                    "the frame is " + widthPx + "x" + heightPx + ", must be at most " + MAX_SIDE_PX + " on a side");
        }
    }

    private static EngineException geometry(String name, Object value, String allowed) {
        return new EngineException(ErrorCode.FRAME_GEOMETRY, name + " is " + value + ", must be " + allowed);
    }

    /** When the bytes were taken, on the monotonic clock; for measurement only. */
    public long takenNs() {
        return takenNs;
    }

    /** Copies a checked frame in. Neither position nor limit of its buffers moves. */
    public void copyFrom(Frame frame) {
        format = frame.format();
        rotation = frame.rotation();
        widthPx = frame.widthPx();
        heightPx = frame.heightPx();
        timestampNs = frame.timestampNs();
        takenNs = System.nanoTime();
        bytes.clear();
        if (format == PixelFormat.ENCODED) {
            ByteBuffer source = frame.planes().get(0).data();
            ensureCapacity(source.remaining());
            bytes.put(0, source, source.position(), source.remaining());
            bytes.limit(source.remaining());
            return;
        }
        int total = 0;
        for (int i = 0; i < format.planes(); i++) {
            total += format.rowBytes(i, widthPx) * format.rows(i, heightPx);
        }
        ensureCapacity(total);
        int offset = 0;
        for (int i = 0; i < format.planes(); i++) {
            offset = copyPlane(frame.planes().get(i), format.rowBytes(i, widthPx), format.rows(i, heightPx), offset);
        }
        bytes.limit(total);
    }

    private int copyPlane(Frame.Plane plane, int rowBytes, int rows, int offset) {
        ByteBuffer source = plane.data();
        if (plane.strideBytes() == rowBytes) {
            bytes.put(offset, source, source.position(), rowBytes * rows);
            return offset + rowBytes * rows;
        }
        for (int row = 0; row < rows; row++) {
            bytes.put(offset, source, source.position() + row * plane.strideBytes(), rowBytes);
            offset += rowBytes;
        }
        return offset;
    }

    private void ensureCapacity(int size) {
        if (bytes.capacity() < size) {
            bytes = ByteBuffer.allocateDirect((size + GROWTH_BYTES - 1) / GROWTH_BYTES * GROWTH_BYTES);
        }
        bytes.clear();
    }

    /** The bytes from 0 to the limit: the encoded file, or the planes one after another without padding. Direct. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** How the pixels are laid out. */
    public PixelFormat format() {
        return format;
    }

    /** The turn that makes the picture upright. */
    public Rotation rotation() {
        return rotation;
    }

    /** Width as stored; 0 for encoded frames. */
    public int widthPx() {
        return widthPx;
    }

    /** Height as stored; 0 for encoded frames. */
    public int heightPx() {
        return heightPx;
    }

    /** Media time. */
    public long timestampNs() {
        return timestampNs;
    }
}
