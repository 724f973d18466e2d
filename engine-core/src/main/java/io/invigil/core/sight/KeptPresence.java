package io.invigil.core.sight;

import io.invigil.api.PresenceObservation;

/**
 * The last value made of what was seen of bodies and objects, one to a session: most frames carry on what an earlier one
 * showed, and then the value, or its lists, are used again. For one thread at a time.
 */
public final class KeptPresence {
    private PresenceObservation last = PresenceObservation.NONE;

    /** None was made yet. */
    public KeptPresence() {}

    PresenceObservation valueOf(PresenceSight seen) {
        last = seen.toPresenceObservation(last);
        return last;
    }
}
