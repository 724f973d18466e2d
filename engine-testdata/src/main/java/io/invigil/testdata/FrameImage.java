package io.invigil.testdata;

import java.util.Arrays;

/**
 * One picture of a generated recording.
 *
 * @param width in px
 * @param height in px
 * @param bgr packed rows without padding, blue green red, {@code 3 * width * height} bytes; owned by this object and
 *     not to be written to
 * @param timestampNs media time
 */
public record FrameImage(int width, int height, byte[] bgr, long timestampNs) {
    /** Checks the length of the pixels. */
    public FrameImage {
        if (bgr.length != 3 * width * height) {
            throw new IllegalArgumentException(
                    "bgr length " + bgr.length + " does not fit " + width + "x" + height + ", needs 3 bytes a pixel");
        }
    }

    /**
     * The same pixels at another time; the pixels are shared.
     *
     * @param newTimestampNs media time
     * @return the picture
     */
    public FrameImage at(long newTimestampNs) {
        return new FrameImage(width, height, bgr, newTimestampNs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameImage f
                && f.width == width
                && f.height == height
                && f.timestampNs == timestampNs
                && Arrays.equals(f.bgr, bgr);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(timestampNs) + Arrays.hashCode(bgr);
    }

    @Override
    public String toString() {
        return "FrameImage[" + width + "x" + height + ", timestampNs=" + timestampNs + "]";
    }
}
