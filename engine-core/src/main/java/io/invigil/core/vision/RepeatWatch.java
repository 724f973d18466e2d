package io.invigil.core.vision;

import java.util.Arrays;

/**
 * Finds pictures that were shown before, to the last grain of noise, with others between. A live camera never does that: its
 * noise is new in every frame. Compares a few pixels of the small grey copy with those of the last {@link #REACH_NS}. A match
 * counts only when the pictures round the earlier one differ, so a picture in which nothing moves repeats nothing. For one
 * thread at a time.
 */
final class RepeatWatch {
    /** Pixels compared, in even steps over the picture. */
    static final int SAMPLES = 256;
    /** How far back pictures are remembered, and how many at most. */
    static final long REACH_NS = 90_000_000_000L;

    static final int CAPACITY = 512;
    /** A repetition after less than this may be a camera that delivers a frame twice. */
    static final long LEAST_NS = 1_500_000_000L;

    private static final long STEP_NS = 150_000_000L;
    /** The sum of differences over all samples of the same picture, which may have been coded afresh. */
    private static final int SAME = 6;
    /** The sum from which on two pictures clearly differ. */
    private static final int DIFFERENT = 90;

    private final byte[] samples = new byte[SAMPLES];

    /** How long ago this picture was shown, or 0. Remembers it. */
    long look(byte[] grey, long nowNs, boolean usable, RepeatMemory memory) {
        if (!usable || grey.length < SAMPLES) {
            return 0;
        }
        for (int i = 0; i < SAMPLES; i++) {
            // A step that is no divisor of common widths, so that the samples lie in no straight line.
            samples[i] = grey[(int) ((long) i * grey.length / SAMPLES)];
        }
        long repeatsAfterNs = 0;
        for (int age = 1; age <= memory.size && repeatsAfterNs == 0; age++) {
            int slot = memory.slot(age);
            long agoNs = nowNs - memory.timesNs[slot];
            if (agoNs > REACH_NS) {
                break;
            }
            if (agoNs >= LEAST_NS
                    && difference(samples, memory.samples[slot], SAME) <= SAME
                    && standsOut(age, memory)) {
                repeatsAfterNs = agoNs;
            }
        }
        if (memory.size == 0 || nowNs - memory.timesNs[memory.slot(1)] >= STEP_NS) {
            memory.add(nowNs, samples);
        }
        return repeatsAfterNs;
    }

    /** Whether what was shown shortly before and shortly after a remembered picture was clearly another one. */
    private boolean standsOut(int age, RepeatMemory memory) {
        return age + 1 <= memory.size
                && age > 1
                && difference(samples, memory.samples[memory.slot(age + 1)], DIFFERENT) >= DIFFERENT
                && difference(samples, memory.samples[memory.slot(age - 1)], DIFFERENT) >= DIFFERENT;
    }

    /** The sum of differences; counting stops when it exceeds the limit. */
    private static int difference(byte[] a, byte[] b, int limit) {
        int sum = 0;
        for (int i = 0; i < SAMPLES && sum <= limit; i++) {
            sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        }
        return sum;
    }

    /** The pictures of one session; touched by the decode step only. */
    static final class RepeatMemory {
        private static final int FIRST_CAPACITY = 32;

        long[] timesNs = new long[FIRST_CAPACITY];
        byte[][] samples = new byte[FIRST_CAPACITY][];
        int size;
        int next;

        /** Where the picture lies that is the so-many-th newest, from 1. */
        int slot(int age) {
            return Math.floorMod(next - age, CAPACITY);
        }

        void add(long timestampNs, byte[] picture) {
            if (next == samples.length) {
                timesNs = Arrays.copyOf(timesNs, 2 * next);
                samples = Arrays.copyOf(samples, 2 * next);
            }
            if (samples[next] == null) {
                samples[next] = new byte[SAMPLES];
            }
            System.arraycopy(picture, 0, samples[next], 0, SAMPLES);
            timesNs[next] = timestampNs;
            next = (next + 1) % CAPACITY;
            size = Math.min(CAPACITY, size + 1);
        }

        void clear() {
            size = 0;
            next = 0;
            Arrays.fill(samples, null);
        }
    }
}
