package io.invigil.core.vision;

/** What {@link ViewWatch} remembers of one session; touched by the decode step only. */
final class ViewMemory {
    static final long NEVER = Long.MIN_VALUE;

    float[] reference = new float[0];
    int columns;
    long referenceNs = NEVER;
    long lastLookNs = NEVER;
    /** Since when the background has stood steadily elsewhere. */
    long settledSinceNs = NEVER;
    /** It was not found when last looked for, and how long that has been so; what was not looked at does not count. */
    boolean lost;

    long lostNs;
    /** Nothing could be told by the last look. */
    boolean blind;

    int number = 1;
    double shiftX;
    double shiftY;
}
