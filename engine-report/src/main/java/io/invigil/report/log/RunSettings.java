package io.invigil.report.log;

import io.invigil.api.Accommodation;
import io.invigil.api.Policy;
import io.invigil.api.ThreadingMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a recording was analysed.
 *
 * @param policy what it was judged by, without accommodations
 * @param accommodations what the candidate was granted on top
 * @param fps frames analysed in a second of media time; 0 for all
 * @param lanes lanes of the engine
 * @param threading which threads ran the stages
 * @param version this program's version
 * @param modelHashes name to SHA-256 of each model, sorted
 * @param analysedAt when the analysis began: date and time in UTC, as ISO 8601 has it
 */
public record RunSettings(
        Policy policy,
        List<Accommodation> accommodations,
        double fps,
        int lanes,
        ThreadingMode threading,
        String version,
        Map<String, String> modelHashes,
        String analysedAt) {
    /** Copies the collections. */
    public RunSettings {
        Objects.requireNonNull(policy, "policy");
        accommodations = List.copyOf(accommodations);
        Objects.requireNonNull(threading, "threading");
        Objects.requireNonNull(version, "version");
        modelHashes = Collections.unmodifiableMap(new TreeMap<>(modelHashes));
        Objects.requireNonNull(analysedAt, "analysedAt");
    }

    /** Settings of a candidate without accommodations. */
    public RunSettings(
            Policy policy,
            double fps,
            int lanes,
            ThreadingMode threading,
            String version,
            Map<String, String> modelHashes,
            String analysedAt) {
        this(policy, List.of(), fps, lanes, threading, version, modelHashes, analysedAt);
    }

    /** What was looked for and judged by: the policy with the accommodations. */
    public Policy effectivePolicy() {
        return policy.withAccommodations(accommodations);
    }
}
