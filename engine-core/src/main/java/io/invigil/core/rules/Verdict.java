package io.invigil.core.rules;

/** What one frame says about a rule's condition. */
enum Verdict {
    /** The condition holds. */
    ON,
    /** The condition does not hold. */
    OFF,
    /** The frame proves neither. */
    UNKNOWN
}
