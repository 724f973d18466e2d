package io.invigil.api;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A borrowed view of one camera picture: encoded bytes, or raw pixels with strides, in heap or direct buffers.
 *
 * <p>The engine reads a frame only inside {@link ProctoringSession#offer}: when that call returns, the buffers are the
 * caller's again. It reads from each buffer's position to its limit and moves neither. A frame's description is checked
 * against its data by {@code offer}, which counts and reports a frame that does not fit; building a frame never throws for
 * it.
 *
 * <p>An encoded picture that is whole but damaged inside is analysed as far as it can be decoded. The native decoders may then
 * write a line to the standard error of the process, which cannot be kept from here.
 *
 * @param format how the pixels are laid out
 * @param widthPx width as stored, before rotation; 0 for {@link PixelFormat#ENCODED}
 * @param heightPx height as stored, before rotation; 0 for {@link PixelFormat#ENCODED}
 * @param planes one entry for each plane of the format
 * @param rotation the turn that makes the picture upright; with any but {@link Rotation#NONE} an encoded picture's own
 *     orientation tag (EXIF) is ignored
 * @param timestampNs media time in nanoseconds; any origin, strictly increasing in a session; only a frame that found no room
 *     ({@link OfferResult#REJECTED_BACKPRESSURE}) may come again. Thirty in a row less than a millisecond apart are warned of in
 *     the log, as of another unit
 */
public record Frame(
        PixelFormat format, int widthPx, int heightPx, List<Plane> planes, Rotation rotation, long timestampNs) {
    /** Copies the list of planes (not their bytes). */
    public Frame {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(planes, "planes");
        for (int i = 0; i < planes.size(); i++) { // No iterator: this is done on every frame.
            Objects.requireNonNull(planes.get(i), "a plane");
        }
        planes = List.copyOf(planes);
        Objects.requireNonNull(rotation, "rotation");
    }

    /**
     * One plane of a frame.
     *
     * @param data the bytes from position to limit
     * @param strideBytes distance from one row to the next; 0 for {@link PixelFormat#ENCODED}
     */
    public record Plane(ByteBuffer data, int strideBytes) {
        /** Checks that the buffer is there. */
        public Plane {
            Objects.requireNonNull(data, "data");
        }
    }

    /** A whole JPEG, PNG or WebP file. */
    public static Frame encoded(ByteBuffer file, long timestampNs) {
        return new Frame(
                PixelFormat.ENCODED,
                0,
                0,
                List.of(new Plane(Objects.requireNonNull(file, "file"), 0)),
                Rotation.NONE,
                timestampNs);
    }

    /** A whole JPEG, PNG or WebP file. */
    public static Frame encoded(byte[] file, long timestampNs) {
        return encoded(ByteBuffer.wrap(Objects.requireNonNull(file, "file")), timestampNs);
    }

    /** Packed pixels (BGR, RGB, RGBA, BGRA or GRAY) in one buffer. */
    public static Frame packed(
            PixelFormat format, int widthPx, int heightPx, ByteBuffer pixels, int strideBytes, long timestampNs) {
        return new Frame(
                format,
                widthPx,
                heightPx,
                List.of(new Plane(Objects.requireNonNull(pixels, "pixels"), strideBytes)),
                Rotation.NONE,
                timestampNs);
    }

    /** Planar YUV 4:2:0 pixels in three buffers. */
    public static Frame i420(int widthPx, int heightPx, Plane y, Plane u, Plane v, long timestampNs) {
        return new Frame(
                PixelFormat.I420,
                widthPx,
                heightPx,
                List.of(Objects.requireNonNull(y, "y"), Objects.requireNonNull(u, "u"), Objects.requireNonNull(v, "v")),
                Rotation.NONE,
                timestampNs);
    }

    /** Semi-planar YUV 4:2:0 pixels in two buffers. */
    public static Frame nv12(int widthPx, int heightPx, Plane y, Plane uv, long timestampNs) {
        return new Frame(
                PixelFormat.NV12,
                widthPx,
                heightPx,
                List.of(Objects.requireNonNull(y, "y"), Objects.requireNonNull(uv, "uv")),
                Rotation.NONE,
                timestampNs);
    }

    /** The same frame with another rotation. */
    public Frame withRotation(Rotation newRotation) {
        return new Frame(format, widthPx, heightPx, planes, newRotation, timestampNs);
    }

    /** Says what it is without its bytes. */
    @Override
    public String toString() {
        return "Frame[" + format + " " + widthPx + "x" + heightPx + " at " + timestampNs + " ns]";
    }
}
