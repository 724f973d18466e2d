package io.invigil.wire;

import java.util.Objects;

/**
 * What was granted to a candidate: a kind of alert silenced at its source, or judged more patiently.
 *
 * @param kind the kind's wire name
 * @param relief {@code silence} or {@code relax}
 * @param factor how much longer the condition must hold for {@code relax}, 1 to 10; 1 for {@code silence}
 * @param grantedBy who granted it
 * @param grantedAt when, ISO 8601 with a zone
 * @param reason why, without medical detail
 */
public record AccommodationView(
        String kind, String relief, double factor, String grantedBy, String grantedAt, String reason) {
    /** Checks that everything is there. */
    public AccommodationView {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(relief, "relief");
        factor = Finite.rounded(factor);
        Objects.requireNonNull(grantedBy, "grantedBy");
        Objects.requireNonNull(grantedAt, "grantedAt");
        Objects.requireNonNull(reason, "reason");
    }

    /** Without who and why: this may be logged. */
    @Override
    public String toString() {
        return "AccommodationView[" + kind + ", " + relief + "]";
    }
}
