package io.invigil.replay.eval;

/** What the labels say at one moment about an alert of some kind there. */
enum Claim {
    /** It would be right. */
    RIGHT,
    /** It would be false. */
    WRONG,
    /** They do not say. */
    UNKNOWN
}
