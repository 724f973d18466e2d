package io.invigil.api;

/** How the pixels of a {@link Frame} are laid out. */
public enum PixelFormat {
    /** A whole JPEG, PNG or WebP file in one plane; size and colours come from the file, of an animated one the first picture. */
    ENCODED(1, 0),
    /** 3 bytes a pixel: blue, green, red. One plane. */
    BGR(1, 3),
    /** 3 bytes a pixel: red, green, blue. One plane. */
    RGB(1, 3),
    /** 4 bytes a pixel: red, green, blue, alpha; alpha is ignored. One plane. */
    RGBA(1, 4),
    /**
     * 4 bytes a pixel: blue, green, red, alpha; alpha is ignored. One plane. What screens are captured in, and what the integers of
     * Java's {@code TYPE_INT_RGB} and {@code TYPE_INT_ARGB} are in a little-endian buffer.
     */
    BGRA(1, 4),
    /** 1 byte a pixel: luma. One plane. */
    GRAY(1, 1),
    /** Planar YUV 4:2:0, limited range: Y, then U and V of half width and height, rounded up. Three planes. */
    I420(3, 1),
    /** Semi-planar YUV 4:2:0, limited range: Y, then interleaved U and V of half width and height. Two planes. */
    NV12(2, 1);

    private final int planes;
    private final int bytesPerPixel;

    PixelFormat(int planes, int bytesPerPixel) {
        this.planes = planes;
        this.bytesPerPixel = bytesPerPixel;
    }

    /** How many planes a frame of this format has. */
    public int planes() {
        return planes;
    }

    /** Bytes a pixel takes in the first plane; 0 for {@link #ENCODED}. */
    public int bytesPerPixel() {
        return bytesPerPixel;
    }

    /** How many bytes of a row of this plane carry pixels, for a picture of this width. */
    public int rowBytes(int plane, int widthPx) {
        int chromaWidth = (widthPx + 1) / 2;
        return switch (this) {
            case ENCODED -> 0;
            case I420 -> plane == 0 ? widthPx : chromaWidth;
            case NV12 -> plane == 0 ? widthPx : 2 * chromaWidth;
            default -> widthPx * bytesPerPixel;
        };
    }

    /** How many rows this plane has, for a picture of this height. */
    public int rows(int plane, int heightPx) {
        return plane == 0 ? heightPx : (heightPx + 1) / 2;
    }
}
