package io.invigil.report.log;

import io.invigil.api.Accommodation;
import io.invigil.api.Policy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The first line of an observation log: under what it was written.
 *
 * @param policy what the session was judged by, without accommodations
 * @param accommodations what the candidate was granted on top
 * @param modelHashes name to SHA-256 of each model, sorted
 */
public record JournalHead(Policy policy, List<Accommodation> accommodations, Map<String, String> modelHashes) {
    /** Copies the collections. */
    public JournalHead {
        Objects.requireNonNull(policy, "policy");
        accommodations = List.copyOf(accommodations);
        modelHashes = Collections.unmodifiableMap(new TreeMap<>(modelHashes));
    }

    /** What was looked for, and judged by. */
    public Policy effectivePolicy() {
        return policy.withAccommodations(accommodations);
    }
}
