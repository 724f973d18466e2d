package io.invigil.core.rules;

/** Where on the media time line a judgement is made; filled anew for each frame. */
final class Moment {
    private long frameIndex;
    private long timestampNs;
    private boolean afterGap;

    /**
     * Goes to a frame.
     *
     * @param newFrameIndex which offered frame it is
     * @param newTimestampNs its media time
     * @param isAfterGap true when so much time lies between this frame and the one before that nothing may be concluded across it
     */
    Moment at(long newFrameIndex, long newTimestampNs, boolean isAfterGap) {
        frameIndex = newFrameIndex;
        timestampNs = newTimestampNs;
        afterGap = isAfterGap;
        return this;
    }

    /** Which offered frame it is. */
    long frameIndex() {
        return frameIndex;
    }

    /** Its media time. */
    long timestampNs() {
        return timestampNs;
    }

    /** True when nothing may be concluded across the time since the frame before. */
    boolean afterGap() {
        return afterGap;
    }
}
