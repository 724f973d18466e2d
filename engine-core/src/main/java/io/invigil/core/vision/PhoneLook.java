package io.invigil.core.vision;

/** The ways to look for a phone. */
enum PhoneLook {
    /** NanoDet on the whole picture: taken at every look. */
    NANODET_WHOLE(NanoDet.SIDE_PX, 0.25),
    /** NanoDet on a part where a phone is suspected. */
    NANODET_CLOSE(NanoDet.SIDE_PX, 0.25),
    /** NanoDet on a part that is looked at in its turn: a smaller input, at which a part shows twice what the whole shows. */
    NANODET_AROUND(NanoDet.AROUND_SIDE_PX, 0.15),
    /** CenterNet on the whole picture. */
    CENTERNET_WHOLE(CenterNet.WHOLE_SIDE_PX, 0.4),
    /** CenterNet on a part. */
    CENTERNET_CLOSE(CenterNet.CLOSE_SIDE_PX, 1);

    static final int COUNT = 5;

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

    /** What a look costs, in runs of CenterNet from close by. */
    double cost() {
        return cost;
    }

    /** True for a look at a part. */
    boolean isClose() {
        return this != NANODET_WHOLE && this != CENTERNET_WHOLE;
    }

    /** True for a look by the first detector. */
    boolean isNanoDet() {
        return this != CENTERNET_WHOLE && this != CENTERNET_CLOSE;
    }
}
