package io.invigil.server.record;

import io.invigil.api.AlertType;
import io.invigil.api.Severity;
import java.util.Objects;
import java.util.Optional;

/**
 * Which alerts of a session are asked for.
 *
 * @param limit the most, 1 or more
 * @param afterSequence those after this place; 0 for all
 * @param changedSinceNs those told of at this media time or later; {@link Long#MIN_VALUE} for all
 * @param kind those of this kind
 * @param severity those of this severity
 */
public record AlertFilter(
        int limit, long afterSequence, long changedSinceNs, Optional<AlertType> kind, Optional<Severity> severity) {
    /** All alerts. */
    public static final AlertFilter ALL =
            new AlertFilter(Integer.MAX_VALUE, 0, Long.MIN_VALUE, Optional.empty(), Optional.empty());

    /** Checks that everything is there. */
    public AlertFilter {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(severity, "severity");
    }

    /** Whether an alert is asked for, the limit aside. */
    public boolean matches(AlertRecord alert) {
        return alert.sequence() > afterSequence
                && alert.changedNs() >= changedSinceNs
                && kind.map(wanted -> wanted == alert.alert().type()).orElse(true)
                && severity.map(wanted -> wanted == alert.alert().severity()).orElse(true);
    }
}
