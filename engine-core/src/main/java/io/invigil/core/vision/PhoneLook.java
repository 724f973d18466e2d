package io.invigil.core.vision;

/** The four ways to look for a phone. */
enum PhoneLook {
    /** NanoDet on the whole picture: taken at every look. */
    NANODET_WHOLE(NanoDet.SIDE_PX, 0.25),
    /** NanoDet on a part. */
    NANODET_CLOSE(NanoDet.SIDE_PX, 0.25),
    /** CenterNet on the whole picture. */
    CENTERNET_WHOLE(CenterNet.SIDE_PX, 1),
    /** CenterNet on a part. */
    CENTERNET_CLOSE(CenterNet.SIDE_PX, 1);

    static final int COUNT = 4;

    private final int inputSidePx;
    private final double cost;

    PhoneLook(int inputSidePx, double cost) {
        this.inputSidePx = inputSidePx;
        this.cost = cost;
    }

    /** Side of the model's input. */
    int inputSidePx() {
        return inputSidePx;
    }

    /** What a look costs, in runs of CenterNet. */
    double cost() {
        return cost;
    }

    /** True for a look at a part. */
    boolean isClose() {
        return this == NANODET_CLOSE || this == CENTERNET_CLOSE;
    }
}
