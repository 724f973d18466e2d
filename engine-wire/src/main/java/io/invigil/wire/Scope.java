package io.invigil.wire;

/** What a caller may do. */
public enum Scope {
    /** Take part in one session: send frames and events, ask how it stands, end it. */
    CANDIDATE,
    /** Watch sessions and review alerts. */
    PROCTOR,
    /** Create and steer sessions; includes everything. */
    HOST
}
