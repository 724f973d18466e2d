package io.invigil.core.vision;

/** What quality measurement remembers of one session; touched by the decode step only. */
final class QualityMemory {
    byte[] previous = new byte[0];
    int previousWidth;
    int previousHeight;
    boolean hasPrevious;
    /** How many frames in a row were unchanged, those excused as coding refreshes included. */
    int unchangedRun;
    /** Frames since the last change that was excused as a coding refresh. */
    int sinceRefresh;

    final ViewMemory view = new ViewMemory();
    final RepeatWatch.RepeatMemory repeats = new RepeatWatch.RepeatMemory();
}
