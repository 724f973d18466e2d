package io.invigil.testdata;

import java.util.SplittableRandom;

/** The small motions of somebody who sits still: sway, a wandering head, blinks. A function of seed and time. */
final class IdleMotion {
    private static final double BLINK_SECONDS = 0.24;
    private final double[] phase = new double[10];
    private final double[] blinks;

    IdleMotion(long seed, double durationSeconds) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < phase.length; i++) {
            phase[i] = random.nextDouble() * 2 * StrictMath.PI;
        }
        double[] times = new double[(int) (durationSeconds / 2) + 2];
        int n = 0;
        for (double t = 1 + random.nextDouble(); t < durationSeconds; t += 2.6 + 2.8 * random.nextDouble()) {
            times[n++] = t;
        }
        blinks = java.util.Arrays.copyOf(times, n);
    }

    private double wave(int i, double t, double seconds) {
        return StrictMath.sin(2 * StrictMath.PI * t / seconds + phase[i]);
    }

    /**
     * Adds the idle motion. As far as the eyes hold on to the lens they turn back what the head does.
     *
     * @param hold 1 the eyes rest on the lens, 0 they go with the head
     */
    HeadState apply(HeadState still, PoseAngles turned, double eyesYawDeg, double eyesPitchDeg, double hold, double t) {
        PoseAngles angles = turned.plus(new PoseAngles(
                1.3 * wave(0, t, 5.3) + 0.6 * wave(1, t, 1.9),
                0.9 * wave(2, t, 4.1) + 0.4 * wave(3, t, 1.5),
                0.9 * wave(4, t, 6.7)));
        HeadState moved = still.shifted(0.35 * wave(5, t, 4.7) + 0.08 * wave(6, t, 1.1), 0.18 * wave(7, t, 3.3));
        double distance = moved.distanceCm() + 0.4 * wave(8, t, 7.1);
        Vec3 toLens = new Vec3(-moved.xCm(), -moved.yCm() - 2, distance);
        Vec3 inHead = Rotation.of(angles).inverse().apply(toLens);
        return new HeadState(
                moved.xCm(),
                moved.yCm(),
                distance,
                angles,
                eyesYawDeg + hold * inHead.yawDeg(),
                eyesPitchDeg + hold * inHead.pitchDeg(),
                lids(t),
                still.mouthOpen());
    }

    private double lids(double t) {
        for (double b : blinks) {
            double d = Math.abs(t - b - BLINK_SECONDS / 2) / (BLINK_SECONDS / 2);
            if (d < 1) {
                return HeadMesh.smooth((d - 0.3) / 0.7);
            }
        }
        return 1;
    }
}
