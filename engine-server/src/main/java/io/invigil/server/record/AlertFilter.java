package io.invigil.server.record;

import io.invigil.api.AlertType;
import io.invigil.api.Severity;
import java.util.Objects;
import java.util.Optional;

/**
 * Which alerts of a session are asked for.
 *
 * @param limit the most, 1 or more: the newest of those that match
 * @param beforeSequence those before this place; {@link Long#MAX_VALUE} for all
 * @param changedSinceNs those told of at this media time or later; {@link Long#MIN_VALUE} for all
 * @param kind those of this kind
 * @param severity those of this severity
 */
public record AlertFilter(
        int limit, long beforeSequence, long changedSinceNs, Optional<AlertType> kind, Optional<Severity> severity) {
    /** All alerts. */
    public static final AlertFilter ALL =
            new AlertFilter(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Optional.empty(), Optional.empty());

    /** The newest alerts of all. */
    public static AlertFilter newest(int limit) {
        return new AlertFilter(limit, Long.MAX_VALUE, Long.MIN_VALUE, Optional.empty(), Optional.empty());
    }

    /** Checks that everything is there. */
    public AlertFilter {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(severity, "severity");
    }

    /** Whether an alert is asked for, the limit aside. */
    public boolean matches(AlertRecord alert) {
        return alert.sequence() < beforeSequence
                && alert.changedNs() >= changedSinceNs
                && kind.map(wanted -> wanted == alert.alert().type()).orElse(true)
                && severity.map(wanted -> wanted == alert.alert().severity()).orElse(true);
    }
}
