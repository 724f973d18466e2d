package io.invigil.api;

/** What {@link ProctoringSession#offer} does when the engine is busy. */
public enum IntakeMode {
    /** Never blocks: the newest waiting frame replaces an older waiting one. For cameras. */
    LIVE,
    /** Waits for room: no frame is given up. For recordings. */
    REPLAY
}
