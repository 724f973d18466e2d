package io.invigil.core.vision;

/** The four ways to look for a phone. */
enum PhoneLook {
    /** NanoDet on the whole picture: taken at every look. */
    NANODET_WHOLE(NanoDet.SIDE_PX),
    /** NanoDet on a part. */
    NANODET_CLOSE(NanoDet.SIDE_PX),
    /** CenterNet on the whole picture. */
    CENTERNET_WHOLE(CenterNet.SIDE_PX),
    /** CenterNet on a part. */
    CENTERNET_CLOSE(CenterNet.SIDE_PX);

    static final int COUNT = 4;

    private final int inputSidePx;

    PhoneLook(int inputSidePx) {
        this.inputSidePx = inputSidePx;
    }

    /** Side of the model's input. */
    int inputSidePx() {
        return inputSidePx;
    }

    /** True for a look at a part. */
    boolean isClose() {
        return this == NANODET_CLOSE || this == CENTERNET_CLOSE;
    }
}
