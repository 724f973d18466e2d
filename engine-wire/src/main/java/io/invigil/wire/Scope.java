package io.invigil.wire;

/** What a caller may do. */
public enum Scope {
    /** Take part in one session: send frames and events, ask how it stands, end it. */
    CANDIDATE,
    /** Watch sessions, reading of each what its candidate may read and more, and review alerts. */
    PROCTOR,
    /** Create and steer sessions; includes everything. */
    HOST
}
