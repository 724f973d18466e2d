package io.invigil.report.log;

import io.invigil.api.Attention;
import io.invigil.api.Observation;
import java.util.Objects;

/**
 * One line of an observation log.
 *
 * @param observation what was seen in a frame
 * @param attention where the candidate looked in it, as judged when the line was written
 */
public record LoggedObservation(Observation observation, Attention attention) implements JournalEntry {
    /** Checks that nothing is null. */
    public LoggedObservation {
        Objects.requireNonNull(observation, "observation");
        Objects.requireNonNull(attention, "attention");
    }
}
