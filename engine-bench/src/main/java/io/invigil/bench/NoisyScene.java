package io.invigil.bench;

import io.invigil.api.Frame;

/** The benchmarks' picture, for those in other packages. */
public final class NoisyScene {
    private NoisyScene() {}

    /** One person before a still camera, a JPEG at time 0. */
    public static Frame frame(int widthPx, int heightPx) {
        return Frame.encoded(TestFrames.stillCamera(widthPx, heightPx, 1).get(0), 0);
    }
}
