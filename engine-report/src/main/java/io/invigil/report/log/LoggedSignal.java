package io.invigil.report.log;

import io.invigil.api.SessionSignal;
import java.util.Objects;

/**
 * What the host told the session.
 *
 * @param signal the signal
 */
public record LoggedSignal(SessionSignal signal) implements JournalEntry {
    /** Checks that the signal is there. */
    public LoggedSignal {
        Objects.requireNonNull(signal, "signal");
    }
}
