package io.invigil.core.rules;

/**
 * The first distances between a stream's frames that were long: gaps, or the stream's own slowness. Which of both is known as soon
 * as a much shorter one follows.
 */
final class DoubtfulGaps {
    /** After so many distances it is known how slow the stream is. */
    static final int MOST = 3;

    /** Frames arrived in it, but were not analysed. */
    private final long[] arrived = new long[MOST];

    private final long[] startsNs = new long[MOST];
    private final long[] endsNs = new long[MOST];
    private final long[] endIndexes = new long[MOST];
    private int count;

    /** A gap. */
    record Gap(boolean arrived, long startNs, long endNs, long endIndex) {}

    void add(Gap gap) {
        arrived[count] = gap.arrived() ? 1 : 0;
        startsNs[count] = gap.startNs();
        endsNs[count] = gap.endNs();
        endIndexes[count++] = gap.endIndex();
    }

    /** Takes out the oldest that is longer than this, null when there is none. */
    Gap takeLongerThan(long limitNs) {
        for (int i = 0; i < count; i++) {
            if (endsNs[i] - startsNs[i] > limitNs) {
                Gap gap = new Gap(arrived[i] != 0, startsNs[i], endsNs[i], endIndexes[i]);
                remove(i);
                return gap;
            }
        }
        return null;
    }

    private void remove(int at) {
        count--;
        for (int i = at; i < count; i++) {
            arrived[i] = arrived[i + 1];
            startsNs[i] = startsNs[i + 1];
            endsNs[i] = endsNs[i + 1];
            endIndexes[i] = endIndexes[i + 1];
        }
    }

    /** Forgets them: the stream is slow. */
    void clear() {
        count = 0;
    }

    void exchange(StateExchange state) {
        state.all(arrived);
        state.all(startsNs);
        state.all(endsNs);
        state.all(endIndexes);
        count = state.count(count, MOST);
    }
}
