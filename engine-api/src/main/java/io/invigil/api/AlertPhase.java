package io.invigil.api;

/** Where an alert is in its life. Every alert is opened once, may be updated, and is closed once. */
public enum AlertPhase {
    /** The rule's hold time has just passed; {@link Alert#startNs()} lies before this moment. */
    OPENED,
    /** The alert goes on and something a reader sees has changed: its confidence, detail or evidence. */
    UPDATED,
    /** The alert has ended; {@link Alert#endNs()} is final. */
    CLOSED
}
