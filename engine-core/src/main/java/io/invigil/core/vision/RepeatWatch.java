package io.invigil.core.vision;

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
            if (agoNs >= LEAST_NS && difference(memory, slot, SAME) <= SAME && standsOut(age, memory)) {
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
                && difference(memory, memory.slot(age + 1), DIFFERENT) >= DIFFERENT
                && difference(memory, memory.slot(age - 1), DIFFERENT) >= DIFFERENT;
    }

    /** The sum of differences to a remembered picture; counting stops when it exceeds the limit. */
    private int difference(RepeatMemory memory, int slot, int limit) {
        byte[] remembered = memory.samples;
        int from = slot * SAMPLES;
        int sum = 0;
        for (int i = 0; i < SAMPLES && sum <= limit; i++) {
            sum += Math.abs((samples[i] & 0xFF) - (remembered[from + i] & 0xFF));
        }
        return sum;
    }

    /**
     * The pictures of one session, the oldest overwritten once it is out of reach, so that a session takes the memory that its
     * frame rate needs: some 35 kB at 1 frame a second, four times that at 5. Touched by the decode step only.
     */
    static final class RepeatMemory {
        private static final int FIRST_CAPACITY = 8;

        long[] timesNs = new long[FIRST_CAPACITY];
        /** {@link #SAMPLES} bytes a picture. */
        byte[] samples = new byte[FIRST_CAPACITY * SAMPLES];

        int size;
        private int next;

        /** Where the picture lies that is the so-many-th newest, from 1. */
        int slot(int age) {
            return Math.floorMod(next - age, timesNs.length);
        }

        void add(long timestampNs, byte[] picture) {
            // Of those out of reach the newest still tells what was shown before the oldest within it.
            while (size > 1 && timestampNs - timesNs[slot(size - 1)] > REACH_NS) {
                size--;
            }
            if (size == timesNs.length && size < CAPACITY) {
                grow();
            }
            System.arraycopy(picture, 0, samples, next * SAMPLES, SAMPLES);
            timesNs[next] = timestampNs;
            next = (next + 1) % timesNs.length;
            size = Math.min(CAPACITY, size + 1);
        }

        private void grow() {
            int oldest = slot(size);
            long[] newTimesNs = new long[2 * size];
            byte[] newSamples = new byte[2 * size * SAMPLES];
            for (int i = 0; i < size; i++) {
                int from = (oldest + i) % size;
                newTimesNs[i] = timesNs[from];
                System.arraycopy(samples, from * SAMPLES, newSamples, i * SAMPLES, SAMPLES);
            }
            timesNs = newTimesNs;
            samples = newSamples;
            next = size;
        }
    }
}
