package io.invigil.bench.lanes;

/** A ring slot of the experiment. */
final class Slot {
    /** Which session the frame belongs to. */
    int session;
    /** When it should have been sent, by the monotonic clock. */
    long intendedNs;
}
