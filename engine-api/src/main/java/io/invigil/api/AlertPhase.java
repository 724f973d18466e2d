package io.invigil.api;

/** Where an alert is in its life. Every alert is opened once, may be updated, and is closed once. */
public enum AlertPhase {
    /** The rule's hold time has just passed; {@link Alert#startNs()} lies before this moment. */
    OPENED,
    /** Something a reader sees has changed: the confidence, a detail, or the end, when the condition is over for now. */
    UPDATED,
    /** The alert has ended; {@link Alert#endNs()} is final. */
    CLOSED
}
