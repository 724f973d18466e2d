package io.invigil.api;

/**
 * What the host tells a session beside frames, in the session's media time. Signals go through the policy onto the same
 * timeline as what the engine sees, and into the observation log, so that judging again takes them into account.
 */
public sealed interface SessionSignal permits HostEvent, Pause, CalibrationTarget {
    /** The media time it speaks of, on the clock of the session's frames. */
    long timestampNs();
}
